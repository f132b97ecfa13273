"""The checks, measured: `python tests/bench/checks.py [--show CHECK]… [--glossary] [PREFIX…]`.

PREFIX.fr and PREFIX.en are French and its translation by people, a segment a line; without any, newstest2012 and
flores-dev of ../shared/eval/translation beside the repository are used. Each line is an article of its own. Printed are

- false alarms: with how many human translations each check finds an error, and with how many no more than a warning,
  when the lines are taken for what they are: sentences of articles that nobody has seen. The last line has the errors
  if each line is taken for a whole article, where no quotation can go on. People make mistakes, too: --show CHECK lists
  what a check found, to be looked at. With --glossary, the built-in glossaries are demanded of the translators, who
  didn't have them;
- how long each check takes;
- seeded faults: human translations with one fault put in by rule, with a fixed seed: how many of them the check that is
  for them finds, how many it calls an error, and how many some check finds.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from dragoman.article.model import Block, Kind
from dragoman.check.finding import Finding, Severity
from dragoman.check.pair import Pair
from dragoman.check.registry import CHECKS, check
from dragoman.check.settings import Settings
from dragoman.localise.quotes import quotation_marks
from dragoman.protect.annotate import annotate
from dragoman.protect.span import SpanKind, places

ROOT = Path(__file__).resolve().parents[2]
SETS = ROOT.parent / "shared" / "eval" / "translation"
SEED = 20120507
MOST = 300  # faults of a kind


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("prefixes", nargs="*", type=Path)
    parser.add_argument("--show", action="append", default=[], choices=[*CHECKS], metavar="CHECK")
    parser.add_argument("--glossary", action="store_true")
    options = parser.parse_args()
    prefixes = options.prefixes or [SETS / "newstest2012", SETS / "flores-dev"]
    if not prefixes[0].with_suffix(".fr").exists():
        sys.exit(f"skipped: there is no {prefixes[0].with_suffix('.fr')}")
    everything = []
    for prefix in prefixes:
        begin = time.process_time()
        pairs = list(read(prefix, glossary=options.glossary))
        each = (time.process_time() - begin) / len(pairs)
        print(f"{prefix.name}: {len(pairs)} segments; finding their spans takes {each * 1000:.2f} ms each")
        false_alarms(pairs, options.show)
        everything += pairs
    seeded(everything)


def read(prefix: Path, *, glossary: bool) -> Iterator[Pair]:
    matcher = None
    if glossary:
        from dragoman.glossary import match
        from dragoman.glossary.resolve import resolve

        matcher = match.compile(resolve([]).entries)
    texts = (prefix.with_suffix(end).read_text("utf-8").splitlines() for end in (".fr", ".en"))
    for source, target in zip(*texts, strict=True):
        size = len(source)
        block = Block(Kind.PARAGRAPH, 0, size, source, tuple(range(size)), tuple(range(1, size + 1)))
        marks = annotate([block]).segment(0, 0, size, matcher, "en-US")
        matches = tuple(matcher.find(source)) if matcher else ()
        yield Pair(source, target, spans=marks.spans, marks=marks.quotes, inside=marks.inside, matches=matches)


def false_alarms(pairs: Sequence[Pair], show: Sequence[str]) -> None:
    print(f"  {'check':18}{'errors':>8}{'share':>8}{'warnings':>10}{'share':>8}{'time':>12}")
    wrong: set[int] = set()
    wrong_articles: set[int] = set()
    loose = [replace(pair, marks=None) for pair in pairs]
    whole = 0.0
    for name, each in CHECKS.items():
        begin = time.process_time()
        found = [(number, tuple(each.findings(pair, Settings()))) for number, pair in enumerate(pairs, 1)]
        spent = (time.process_time() - begin) / len(pairs) * 1000
        whole += spent
        wrong_articles |= {number for number, findings in found if has_error(findings)}
        found = [(number, tuple(each.findings(pair, Settings()))) for number, pair in enumerate(loose, 1)]
        bad = {number for number, findings in found if has_error(findings)}
        mild = {number for number, findings in found if findings} - bad
        wrong |= bad
        share, mild_share = len(bad) / len(pairs), len(mild) / len(pairs)
        print(f"  {name:18}{len(bad):8}{share:8.2%}{len(mild):10}{mild_share:8.2%}{spent:9.3f} ms")
        if name in show:
            for number, findings in found:
                for finding in findings:
                    what = f"{finding.severity}: {finding.message}"
                    print(f"    {number}: {what}{words(pairs[number - 1], finding)}")
    print(f"  {'all together':18}{len(wrong):8}{len(wrong) / len(pairs):8.2%}{'':18}{whole:9.3f} ms")
    print(f"  {'each an article':18}{len(wrong_articles):8}{len(wrong_articles) / len(pairs):8.2%}\n")


def has_error(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def words(pair: Pair, finding: Finding) -> str:
    places = ((pair.source, finding.source), (pair.target, finding.target))
    return "".join(f" | {text[place[0] : place[1]]}" for text, place in places if place)


# ---- Faults --------------------------------------------------------------------------------------------------------

Make = Callable[[random.Random, Pair, Sequence[Pair]], Pair | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault, and the checks that are for it."""

    name: str
    checks: tuple[str, ...]
    make: Make


def seeded(pairs: Sequence[Pair]) -> None:
    print(f"{'fault':32}{'seeded':>8}{'found':>8}{'as error':>10}{'any check':>11}  by")
    for fault in FAULTS:
        chance = random.Random(SEED)
        order = [*pairs]
        chance.shuffle(order)
        made = hit = error = noticed = 0
        for pair in order:
            if made == MOST:
                break
            before = {finding.check for finding in check(pair)}
            if before & {*fault.checks}:
                continue
            bad = fault.make(chance, pair, pairs)
            if bad is None or (bad.target == pair.target and bad.source == pair.source):
                continue
            made += 1
            found = check(bad)
            names = {finding.check for finding in found}
            hit += bool(names & {*fault.checks})
            error += has_error(finding for finding in found if finding.check in fault.checks)
            noticed += bool(names - before)
        if made:
            by = ", ".join(fault.checks)
            print(f"{fault.name:32}{made:8}{hit / made:8.1%}{error / made:10.1%}{noticed / made:11.1%}  {by}")
        else:
            print(f"{fault.name:32}{0:8}")


def changed(pair: Pair, start: int, end: int, text: str) -> Pair:
    return replace(pair, target=pair.target[:start] + text + pair.target[end:])


def one(chance: random.Random, pattern: str, pair: Pair, flags: int = 0) -> re.Match[str] | None:
    found = list(re.finditer(pattern, pair.target, flags))
    return chance.choice(found) if found else None


def kept(chance: random.Random, pair: Pair, kind: SpanKind) -> tuple[int, int] | None:
    """Return where a span of a kind stands in the translation, if only once."""
    found = [places(span, pair.target) for span in pair.spans if span.kind is kind]
    once = [where[0] for where in found if len(where) == 1]
    return chance.choice(once) if once else None


def name_lost(chance, pair, _):
    place = kept(chance, pair, SpanKind.ENTITY)
    return changed(pair, *place, "he") if place else None


def name_misspelt(chance, pair, _):
    place = kept(chance, pair, SpanKind.ENTITY)
    if not place or place[1] - place[0] < 4:
        return None
    at = chance.randrange(place[0] + 1, place[1] - 1)
    letter = "x" if pair.target[at].lower() != "x" else "o"
    return changed(pair, at, at + 1, letter) if pair.target[at].isalpha() else None


def digit_changed(chance, pair, _):
    found = one(chance, r"(?<![\w.,])\d+(?:[.,]\d+)*", pair)
    if not found:
        return None
    at = chance.choice([i for i in range(*found.span()) if pair.target[i].isdigit()])
    digit = str((int(pair.target[at]) + chance.randint(1, 8)) % 9 + 1)
    return changed(pair, at, at + 1, digit) if digit != pair.target[at] else None


def scale_changed(chance, pair, _):
    found = one(chance, r"(?<=\d )(?:million|billion)\b", pair)
    return changed(pair, *found.span(), "million" if found[0] == "billion" else "billion") if found else None


def figure_lost(chance, pair, _):
    found = one(chance, r"(?<![\w.,€$£-])\d{2,}(?:[.,]\d+)* (?=[a-z])", pair)
    return changed(pair, *found.span(), "some ") if found else None


def month_changed(chance, pair, _):
    months = "January February April June July September October November December".split()
    found = one(chance, rf"\b(?:{'|'.join(months)})\b", pair)
    return changed(pair, *found.span(), chance.choice([m for m in months if m != found[0]])) if found else None


def mark_lost(role: str) -> Make:
    def make(chance, pair, _):
        marks = [mark for mark in quotation_marks(pair.target) if mark.role == role]
        if not marks or not pair.marks:
            return None
        mark = chance.choice(marks)
        return changed(pair, mark.start, mark.end, "")

    return make


def marks_lost(_, pair, __):
    if not pair.marks or len(pair.source) < 40:
        return None
    target = pair.target
    for mark in reversed(quotation_marks(target)):
        target = target[: mark.start] + target[mark.end :]
    return replace(pair, target=target)


def cut(share: float) -> Make:
    def make(_, pair, __):
        split = pair.target.split()
        return replace(pair, target=" ".join(split[: int(len(split) * share)]) + ".") if len(split) > 9 else None

    return make


def broken_off(chance, pair, _):
    split = pair.target.split()
    return (
        replace(pair, target=" ".join(split[: chance.randint(len(split) // 2, len(split) - 4)]))
        if len(split) > 9
        else None
    )


def clause_lost(chance, pair, _):
    commas = [found.start() for found in re.finditer(r",(?= )", pair.target)]
    inner = [(a, b) for a, b in pairwise(commas) if b - a >= 30]
    return changed(pair, *chance.choice(inner), "") if inner else None


def gone_on(chance, pair, pairs):
    return replace(pair, target=f"{pair.target} {chance.choice(pairs).target} {chance.choice(pairs).target}")


def word_doubled(chance, pair, _):
    found = one(chance, r"(?<![\w'’-])[a-z]{2,}(?![\w'’-])", pair)
    return changed(pair, found.end(), found.end(), " " + found[0]) if found else None


def looped(chance, pair, _):
    split = pair.target.split(" ")
    if len(split) < 6:
        return None
    at = chance.randrange(len(split) - 3)
    run = split[at : at + 3]
    return replace(pair, target=" ".join([*split[:at], *run, *run, *run, *split[at + 3 :]]))


def source_left(_, pair, __):
    return replace(pair, target=pair.source) if len(pair.source.split()) > 5 else None


def words_left(chance, pair, _):
    found = list(re.finditer(r"(?<= )(?:[a-zéèàùêâîôç'’]+ ){4}", pair.source))
    place = one(chance, r"(?<= )(?:[a-z]+ ){4}", pair)
    return changed(pair, *place.span(), chance.choice(found)[0]) if found and place else None


def other_language(chance, pair, pairs):
    other = chance.choice(pairs).source
    return replace(pair, target=other) if len(other.split()) > 7 else None


def code_lost(chance, pair, _):
    code = chance.choice(["https://www.exemple.fr/a?b=1", "redaction@exemple.fr", "#reforme", "@mairie", "{nom}"])
    return replace(pair, source=f"{pair.source} ({code})", target=f"{pair.target} ()", spans=())


def code_changed(chance, pair, _):
    code = chance.choice(["https://www.exemple.fr/santé", "contact@exemple.fr", "#élections", "@presse", "%(nombre)d"])
    other = {"h": "https://www.example.fr/health", "c": "contact@example.fr", "#": "#elections", "@": "@press"}
    wrong = other.get(code[0], "%(number)d")
    return replace(pair, source=f"{pair.source} ({code})", target=f"{pair.target} ({wrong})", spans=())


def emphasis_lost(chance, pair, _):
    words = list(re.finditer(r"\w{5,}", pair.source))
    if not words:
        return None
    word = chance.choice(words)
    before, after = chance.choice([("**", "**"), ("<b>", "</b>"), ("`", "`")])
    source = f"{pair.source[: word.start()]}{before}{word[0]}{after}{pair.source[word.end() :]}"
    return replace(pair, source=source, spans=(), marks=None)


def article_wrong(chance, pair, _):
    found = one(chance, r"(?<![\w'’.&/-])an?(?= \w)", pair)
    return changed(pair, *found.span(), "a" if found[0] == "an" else "an") if found else None


def lower_first(_, pair, __):
    first = re.match(r"[A-Z](?=[a-z]+ )", pair.target)
    return changed(pair, 0, 1, pair.target[0].lower()) if first and pair.source[:1].isupper() else None


def lower_people(chance, pair, _):
    found = one(chance, r"\b(?:Monday|Friday|American|European|German|French|Russian|January|October)\b", pair)
    return changed(pair, *found.span(), found[0].lower()) if found else None


def final_lost(_, pair, __):
    return replace(pair, target=pair.target[:-1]) if pair.target[-1] in ".?!" and pair.source[-1] in ".?!" else None


def question_lost(_, pair, __):
    return (
        replace(pair, target=pair.target[:-1] + ".") if pair.target.endswith("?") and pair.source[-1] == "?" else None
    )


def bracket_lost(chance, pair, _):
    found = one(chance, r"[()]", pair)
    return changed(pair, *found.span(), "") if found else None


def space_before(chance, pair, _):
    found = one(chance, r"(?<=[a-z])[,;:?!](?= |$)", pair)
    return changed(pair, found.start(), found.start(), " ") if found else None


def space_lost(chance, pair, _):
    found = one(chance, r"(?<=[a-z],) (?=[a-z])", pair)
    return changed(pair, *found.span(), "") if found else None


def spelt_otherwise(chance, pair, _):
    from dragoman.glossary.spelling import varieties

    found = list(varieties(pair.target))
    if not found:
        return None
    at, word, variety, other = chance.choice(found)
    return replace(changed(pair, at, at + len(word), other), locale=str(variety))


def term_lost(chance, pair, _):
    place = kept(chance, pair, SpanKind.TERM)
    return changed(pair, *place, "thing") if place else None


FAULTS = (
    Fault("a name lost", ("entities",), name_lost),
    Fault("a letter of a name changed", ("entities",), name_misspelt),
    Fault("a digit changed", ("figures",), digit_changed),
    Fault("million for billion", ("figures",), scale_changed),
    Fault("a number lost", ("figures",), figure_lost),
    Fault("another month", ("figures",), month_changed),
    Fault("a closing mark lost", ("quotations",), mark_lost("close")),
    Fault("an opening mark lost", ("quotations",), mark_lost("open")),
    Fault("all marks lost", ("quotations",), marks_lost),
    Fault("a term lost (--glossary)", ("terms",), term_lost),
    Fault("a code lost", ("codes",), code_lost),
    Fault("a code changed", ("codes",), code_changed),
    Fault("formatting marks lost", ("markup",), emphasis_lost),
    Fault("cut at half, with a full stop", ("omission", "length"), cut(0.5)),
    Fault("cut at a third, with a full stop", ("omission", "length"), cut(0.34)),
    Fault("broken off in the second half", ("omission", "punctuation"), broken_off),
    Fault("a clause lost between commas", ("omission", "length", "left-out"), clause_lost),
    Fault("two sentences invented", ("addition", "length"), gone_on),
    Fault("three words three times", ("repetition",), looped),
    Fault("the source left", ("copied",), source_left),
    Fault("four French words left", ("untranslated",), words_left),
    Fault("another French sentence", ("language",), other_language),
    Fault("a word doubled", ("doubled-words",), word_doubled),
    Fault("a for an, an for a", ("article",), article_wrong),
    Fault("a small first letter", ("capitalisation",), lower_first),
    Fault("monday, french", ("capitalisation",), lower_people),
    Fault("the final mark lost", ("punctuation",), final_lost),
    Fault("? became .", ("punctuation",), question_lost),
    Fault("a bracket lost", ("brackets",), bracket_lost),
    Fault("a space before a mark", ("spacing",), space_before),
    Fault("no space after a comma", ("spacing",), space_lost),
    Fault("the other variety", ("spelling",), spelt_otherwise),
)


if __name__ == "__main__":
    main()
