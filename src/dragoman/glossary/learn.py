"""Finds candidate pairs of a term and its English form in a bilingual corpus.

The French candidates are those of `extract`; the English ones are all sequences of words without a function word at
the edges. How strongly two occur together is measured by the log-likelihood ratio of Dunning (*Accurate methods for the
statistics of surprise and coincidence*, 1993), over sentence pairs; equal ratios are ordered by Dice's coefficient.
Competitive linking (Melamed, *Models of translational equivalence among words*, 2000) then gives each term the best
phrase that no stronger pair has taken; a term of several words may get a longer phrase around it.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import DragomanError
from dragoman.glossary import table as tables
from dragoman.glossary.english import plural
from dragoman.glossary.entry import Entry, normal
from dragoman.glossary.extract import CONTEXTS, Candidate, context_columns, noun_phrases, rank, sentence
from dragoman.glossary.match import Matcher
from dragoman.language import other_language

# What an English phrase may be long, in words.
_LONGEST = 5
# Pairs below are chance: the 0.1 % point of the chi-square distribution with one degree of freedom.
_SIGNIFICANT = 10.83
# A pair that takes part in less than this share of what either side occurs in is no translation of it.
_MIN_DICE = 0.5
# A term of several words gets, in place of the best phrase (prime), one around it (prime minister) that is no longer
# than the term, if that is in at least this share of the sentences.
_SAME_TERM = 0.75
_MEMORIES = (".tmx", ".xlf", ".xliff")

_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’.&][^\W_]+)*|\S")
_POSSESSIVE = re.compile(r"['’]s$")
_FUNCTION_WORDS = frozenset(
    "a about above after again against all almost also although always am among an and another any anyone anything"
    " are around as at away back be became because become been before being below between both but by can cannot could"
    " did do does doing done down during each either else even ever every everyone everything few for from further get"
    " gets getting give given go goes going gone got had has have having he her here hers herself him himself his how"
    " however i if in into is it its itself just last least less let like made make makes making many may me might"
    " mine more most mr mrs ms much must my myself near need neither never next no nobody none nor not nothing now of"
    " off often on once one only onto or other others our ours out over own per perhaps put quite rather really said"
    " same say says see seen several shall she should since so some someone something soon still such take taken takes"
    " than that the their theirs them themselves then there these they thing this those though through thus to today"
    " together too took toward towards two under until up upon us use used very via was way we well went were what"
    " when where whether which while who whom whose why will with within without would yet you your yours"
    " yourself".split()
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A candidate term with its phrase; `together` is the number of sentence pairs that have both."""

    candidate: Candidate
    target: str
    together: int
    score: float  # log-likelihood ratio, -2 log λ
    dice: float
    contexts: tuple[tuple[str, str], ...]  # some of the sentence pairs that have both


def read_corpus(files: Sequence[Path]) -> list[tuple[str, str]]:
    """Return the sentence pairs in files, those with an empty side left out.

    Args:
        files: TMX, XLIFF, or TSV (French, tab, English), and pairs of text files, first French, then English, with a
            sentence in each line.

    Raises:
        DragomanError: One can't be read, or two text files have different numbers of lines, or are not French first.

    """
    pairs: list[tuple[str, str]] = []
    texts = list(files)
    while texts:
        file = texts.pop(0)
        suffix = file.suffix.lower()
        if suffix in _MEMORIES:
            found = _read_memory(file)
        elif suffix == ".tsv":
            found = list(_read_tsv(file))
        elif texts and texts[0].suffix.lower() not in (*_MEMORIES, ".tsv"):
            found = _read_lines(file, texts.pop(0))
        else:
            raise DragomanError(f"{file}: its English is missing; name it right behind it: {file} FILE.en")
        if not found:
            raise DragomanError(f"{file}: has no pair of French and English")
        language = other_language("\n".join(french for french, _ in found[:200]))
        if language:
            raise DragomanError(f"{file}: the French side is in {language}; French comes first")
        pairs += found
    return [(french, english) for french, english in pairs if french.strip() and english.strip()]


def learn(pairs: Sequence[tuple[str, str]], covered: Matcher, *, min_together: int = 3) -> list[Pair]:
    """Return a phrase for each candidate term that has one, the strongest pair first.

    Args:
        pairs: Sentences with their translations.
        covered: The terms that are not looked for.
        min_together: In how many sentence pairs the two must occur together at least.

    """
    sources = noun_phrases([("", [sentence(french) for french, _ in pairs])], covered)
    candidates = {candidate.key: candidate for candidate in rank(sources, min_together)}
    of_source = [{phrase.key for phrase in phrases} & candidates.keys() for _, _, phrases in sources]
    of_target, forms = _phrases_of([english for _, english in pairs], min_together)
    source_counts = Counter(key for keys in of_source for key in keys)
    target_counts = Counter(key for keys in of_target for key in keys)
    together: Counter[tuple[tuple[str, ...], str]] = Counter()
    for keys, phrases in zip(of_source, of_target, strict=True):
        together.update((key, phrase) for key in keys for phrase in phrases)
    scored: dict[tuple[tuple[str, ...], str], tuple[float, float]] = {}
    for (key, phrase), both in together.items():
        dice = 2 * both / (source_counts[key] + target_counts[phrase])
        if both >= min_together and dice >= _MIN_DICE:
            score = _log_likelihood(both, source_counts[key], target_counts[phrase], len(pairs))
            if score >= _SIGNIFICANT:
                scored[key, phrase] = score, dice
    phrases_of_key: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, phrase in scored:
        phrases_of_key[key].append(phrase)

    def strength(link: tuple[tuple[str, ...], str]) -> tuple[object, ...]:
        score, dice = scored[link]
        # Of phrases that always occur together, the longest is the whole term.
        return -score, -dice, -len(link[0]), -link[1].count(" "), link

    chosen: dict[tuple[str, ...], str] = {}
    taken: set[str] = set()
    for key, phrase in sorted(scored, key=strength):
        if key in chosen or phrase in taken:
            continue
        if len(key) > 1:
            wanted = _SAME_TERM * together[key, phrase]
            longer = [
                other
                for other in phrases_of_key[key]
                if f" {phrase} " in f" {other} "
                and other not in taken
                and other.count(" ") < candidates[key].words
                and together[key, other] >= wanted
            ]
            phrase = max(longer, key=lambda other: (other.count(" "), together[key, other]), default=phrase)
        chosen[key] = phrase
        taken.add(phrase)
    places: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for pair, keys, phrases in zip(pairs, of_source, of_target, strict=True):
        for key in keys & chosen.keys():
            if chosen[key] in phrases:
                places[key].append(pair)
    learned = []
    for key, phrase in chosen.items():
        score, dice = scored[key, phrase]
        target = _form(forms[phrase], name=candidates[key].term[0].isupper())
        contexts = tuple(dict.fromkeys(places[key]))[:CONTEXTS]
        learned.append(Pair(candidates[key], target, len(places[key]), score, dice, contexts))
    return sorted(learned, key=lambda pair: -pair.score)


def entries(pairs: Iterable[Pair]) -> list[Entry]:
    """Return the pairs as entries for review, with three of the sentence pairs in which each was found."""
    return [
        Entry(
            pair.candidate.term,
            pair.target,
            status="proposed",
            extra=(
                ("log-likelihood", f"{pair.score:.1f}"),
                ("dice", f"{pair.dice:.2f}"),
                ("together", str(pair.together)),
                ("frequency", str(pair.candidate.frequency)),
                ("name", "yes" if pair.candidate.name else ""),
                *context_columns([french for french, _ in pair.contexts]),
                *context_columns([english for _, english in pair.contexts], "english"),
            ),
        )
        for pair in pairs
    ]


def _log_likelihood(both: int, first: int, second: int, total: int) -> float:
    """Return Dunning's -2 log λ for the counts of two events and of both, among `total`; 0 if they avoid each other."""
    if both * total <= first * second:
        return 0.0
    cells = (both, first - both, second - both, total - first - second + both)
    rows, columns = (first, total - first), (second, total - second)

    def sum_of(counts: Iterable[int]) -> float:
        return sum(count * math.log(count) for count in counts if count)

    return 2 * (sum_of(cells) - sum_of(rows) - sum_of(columns) + total * math.log(total))


def _phrases_of(lines: Sequence[str], min_count: int) -> tuple[list[set[str]], dict[str, Counter[str]]]:
    """Return the keys of the phrases in each English sentence, and the forms of each key with their counts.

    Only keys that occur in enough sentences are kept. A key is in small letters, its last word without the plural's s.
    """
    spans = [list(_word_ranges(line)) for line in lines]
    counts = Counter(key for found in spans for key in {key for _, _, key in found})
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    kept: list[set[str]] = []
    for line, found in zip(lines, spans, strict=True):
        kept.append({key for _, _, key in found if counts[key] >= min_count})
        for start, end, key in found:
            if counts[key] >= min_count:
                text = _POSSESSIVE.sub("", normal(line[start:end]))
                initial = not line[:start].strip(" \"'“‘(«-–")
                forms[key][text] += 1 if initial else 2
    return kept, forms


def _word_ranges(line: str) -> Iterator[tuple[int, int, str]]:
    """Yield the phrases of an English sentence as half-open ranges of characters, with their keys."""
    words = []
    for match in _WORD.finditer(line):
        word = _POSSESSIVE.sub("", match[0]).lower()
        words.append((match.start(), match.end(), word if any(map(str.isalpha, word)) else ""))
    for first, (start, _, word) in enumerate(words):
        if word in _FUNCTION_WORDS:
            continue
        inner: list[str] = []
        for at in range(first, min(first + _LONGEST, len(words))):
            _, end, last = words[at]
            if not last:
                break
            if last not in _FUNCTION_WORDS and not last.endswith(("n't", "n’t")):
                yield start, end, " ".join([*inner, _singular(last)])
            inner.append(last)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def _form(counts: Counter[str], *, name: bool) -> str:
    """Return the most frequent form; unless it is for a name, a singular one, and one in small letters, if seen."""
    forms = list(counts)
    if not name:
        plurals = {plural(form).lower() for form in counts if plural(form) != form}
        forms = [form for form in forms if form.lower() not in plurals] or forms
        forms = [form for form in forms if form[0].islower()] or forms
    return max(forms, key=lambda form: (counts[form], form))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise DragomanError(f"{file}: cannot be read ({error.strerror}); check the path") from None


def _text(file: Path) -> str:
    return tables.decode(_bytes(file), str(file)).removeprefix("\ufeff")


def _read_lines(french: Path, english: Path) -> list[tuple[str, str]]:
    sides = [re.split(r"\r\n|\r|\n", _text(file).rstrip("\r\n")) for file in (french, english)]
    if len(sides[0]) != len(sides[1]):
        raise DragomanError(
            f"{english}: has {len(sides[1])} lines, and {french} has {len(sides[0])}; a line must be the translation of"
            " the line with the same number"
        )
    return list(zip(*sides, strict=True))


def _read_tsv(file: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(re.split(r"\r\n|\r|\n", _text(file)), 1):
        cells = line.split("\t")
        if len(cells) >= 2:
            yield cells[0], cells[1]
        elif line.strip():
            raise DragomanError(f"{file}:{number}: there is no tab in the line; write the French, a tab, the English")


# The text of an element, without what stands in elements for codes of the original format (TMX 1.4b, XLIFF 1.2).
_TEXT = ".//text()[not(ancestor::*[contains(' bpt ept it ph ut note prop ', concat(' ', local-name(), ' '))])]"


def _read_memory(file: Path) -> list[tuple[str, str]]:
    """Read TMX or XLIFF through Translate Toolkit, an extra: it is GPL."""
    try:
        from lxml.etree import XMLSyntaxError
        from translate.storage.tmx import tmxfile
        from translate.storage.xliff import xlifffile
    except ImportError:
        raise DragomanError(
            f"{file}: Translate Toolkit is not installed; install it with: pip install 'dragoman[formats]'"
        ) from None
    store: Any = tmxfile() if file.suffix.lower() == ".tmx" else xlifffile()
    try:
        store.parse(_bytes(file))
    except (XMLSyntaxError, ValueError):
        raise DragomanError(f"{file}: is not well-formed; export it again") from None
    pairs = []
    for unit in store.units:
        if file.suffix.lower() == ".tmx":
            # xml:lang, and lang in old files, may have a region: fr-CA.
            sides = {"".join(node.xpath("@xml:lang | @lang"))[:2].lower(): node for node in unit.getlanguageNodes()}
            nodes = [sides.get("fr"), sides.get("en")]
        else:
            nodes = [unit.source_dom, unit.target_dom]
        french, english = ("" if node is None else normal("".join(node.xpath(_TEXT))) for node in nodes)
        if french and english:
            pairs.append((french, english))
    return pairs
