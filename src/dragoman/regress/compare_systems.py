"""Compares two systems on the same articles: scores, what each keeps, speed, and the sentences in which they differ.

A system is a model with its glossaries; or the translations that it left behind, in a JSON report of `dragoman
translate`: so another version of Dragoman can be compared with this one. Whatever made them, the translations of both
are judged by the same rules: those of this version, without a locale.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman import __version__
from dragoman.article.model import Article
from dragoman.check.files import Aligned, Bitext, Text, aligned
from dragoman.check.finding import Finding, Severity
from dragoman.check.settings import Settings
from dragoman.engine.ladder import Request, Result, Rung
from dragoman.errors import DragomanError
from dragoman.glossary.match import Matcher
from dragoman.pipeline import Engine, Segment, translate
from dragoman.protect.span import Span, SpanKind, missing
from dragoman.regress.metrics import Score, scores, sentence_chrf
from dragoman.report.word_diff import distance

# An article of a dozen words loads what a first translation has to load, so that neither system is timed with it.
_WARM_UP = "À Londres, « tout est prêt », a dit mardi 3 mars une ministre."
# How many articles a system translates before it is the other's turn: enough for full batches.
_TURN = 20
# Points of chrF that an error is worth where sentences are ranked.
_ERROR = 10.0


@dataclass(frozen=True, slots=True)
class System:
    """What translated: `checksum` is "sha256:…" of the model; `glossaries` are those of the user, by their names."""

    model: str
    version: str
    checksum: str
    dragoman: str
    beam: int | None
    glossaries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """What a system made of the articles: for each, French sentence → its translations, in the order of the text."""

    system: System
    texts: tuple[Mapping[str, Sequence[str]], ...]
    seconds: float | None = None  # None: nobody measured


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many terms, names or figures of the articles are in the translations: (kept, all) of A and of B."""

    what: str
    a: tuple[int, int]
    b: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence that the two systems translate differently.

    `line` counts from 1, in the article. `reference` is what the reference has for it, maybe with the sentences beside
    it that it merged, and `chrf` how many points of chrF more B has by it. `lead` is how much better B is, negative if
    A is better: those points, and ten for each error that a check finds in A and not in B, of which a warning is a
    quarter. `distance` is the share of characters in words that differ.
    """

    article: str
    line: int
    source: str
    a: str
    b: str
    reference: str | None
    chrf: float | None
    findings_a: tuple[Finding, ...]
    findings_b: tuple[Finding, ...]
    lead: float
    distance: float


@dataclass(frozen=True, slots=True)
class Side:
    """The figures of one system: its findings by severity, and the words of the articles a second, None if unknown."""

    system: System
    errors: int
    warnings: int
    words_per_second: float | None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two systems on the same articles.

    `sentences` were compared, and `missing` of the articles were not, because a stored report hasn't them.
    `differences` are those that differ, the best for B first. `metrics` go from A (old) to B (new); without references
    there are none.
    """

    a: Side
    b: Side
    articles: tuple[str, ...]
    sentences: int
    missing: int
    metrics: tuple[Score, ...]
    accuracies: tuple[Accuracy, ...]
    differences: tuple[Difference, ...]

    def most_different(self, count: int) -> tuple[Difference, ...]:
        """Return the sentences with the greatest lead of either, and then the greatest distance; best for B first."""
        chosen = sorted(self.differences, key=lambda d: (-abs(d.lead), -d.distance))[:count]
        return tuple(sorted(chosen, key=_best_first))


@dataclass(frozen=True, slots=True)
class Contender:
    """A system that is to translate; `matchers` are its compiled glossaries for each article."""

    system: System
    engine: Engine
    matchers: Sequence[Matcher | None]


def run(
    contenders: Sequence[Contender], articles: Sequence[Article], locale: str, settings: Sequence[Settings]
) -> list[Output]:
    """Translate the articles with each system, and measure the time that each takes.

    They take turns, a few articles each, and who begins takes turns too: what else the machine does meets both.
    """
    from dragoman.article.read import parse

    seconds = [0.0] * len(contenders)
    texts: list[list[Mapping[str, Sequence[str]]]] = [[] for _ in contenders]
    for contender in contenders:
        warm_up = parse(_WARM_UP.encode(), "warm-up.txt")
        translate([warm_up], contender.engine, locale, matchers=contender.matchers[:1])
    for turn, first in enumerate(range(0, len(articles), _TURN)):
        part = slice(first, first + _TURN)
        order = list(range(len(contenders)))
        for n in order[::-1] if turn % 2 else order:
            contender = contenders[n]
            begin = time.perf_counter()
            done = translate(
                articles[part], contender.engine, locale, matchers=contender.matchers[part], settings=settings[part]
            )
            seconds[n] += time.perf_counter() - begin
            texts[n] += [_texts((s.source, s.translation) for s in translation.segments) for translation in done]
    return [Output(contender.system, tuple(texts[n]), seconds[n]) for n, contender in enumerate(contenders)]


def _texts(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = defaultdict(list)
    for source, translation in pairs:
        texts[source].append(translation)
    return texts


def read_report(path: Path, articles: Sequence[Article]) -> Output:
    """Return what a JSON report of `dragoman translate` has of these articles.

    Articles are found by their paths, or by their names where the report was made elsewhere.

    Raises:
        DragomanError: It can't be read, is no such report, or hasn't one of the articles.

    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DragomanError(f"{path}: cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError):
        raise DragomanError(f"{path}: is not JSON; make it with dragoman translate --format json") from None
    try:
        system = _system(document)
        by_path = {str(article["file"]): article for article in document["articles"]}
        by_name: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for name, article in by_path.items():
            by_name[Path(name).name].append(article)
        texts = []
        for article in articles:
            same_name = by_name.get(Path(article.name).name, [])
            found = by_path.get(article.name) or (same_name[0] if len(same_name) == 1 else None)
            if found is None:
                raise DragomanError(f"{path}: has no {article.name}; it has {', '.join(by_path) or 'no article'}")
            segments = (segment for block in found["blocks"] for segment in block["segments"])
            texts.append(_texts((str(s["source"]), str(s["translation"])) for s in segments))
    except (KeyError, TypeError, AttributeError):
        raise DragomanError(f"{path}: is no report of dragoman translate --format json") from None
    return Output(system, tuple(texts))


def _system(document: Mapping[str, Any]) -> System:
    model = document["model"]
    return System(
        model=str(model["name"]),
        version=str(model["version"]),
        checksum=str(model["checksum"]),
        dragoman=str(document["dragoman"]),
        beam=model.get("beam"),
        glossaries=(),
    )


def system_of(model: str, version: str, checksum: str, beam: int, glossaries: Sequence[str]) -> System:
    """Return the description of a system of this version of Dragoman; `checksum` is hexadecimal."""
    return System(model, version, f"sha256:{checksum}", __version__, beam, tuple(glossaries))


def compare(
    articles: Sequence[Article],
    a: Output,
    b: Output,
    matchers_a: Sequence[Matcher | None],
    matchers_b: Sequence[Matcher | None],
    settings: Sequence[Settings],
    references: Sequence[Article | None],
) -> SideBySide:
    """Compare what two systems made of the same articles.

    Args:
        articles: The French articles.
        a: What the first system made of them.
        b: What the second one made of them.
        matchers_a: The compiled glossaries of the first for each article; its terms are counted for both.
        matchers_b: Those of the second; the same object where they are the same.
        settings: What is to be checked in each article.
        references: The human translation of each article, if there is one.

    """
    sentences = lost = 0
    counts: dict[str, list[list[int]]] = defaultdict(lambda: [[0, 0], [0, 0]])
    severities = [dict.fromkeys(Severity, 0), dict.fromkeys(Severity, 0)]
    units: list[tuple[str, str, str]] = []
    differences: list[Difference] = []
    for n, article in enumerate(articles):
        sides = (
            _judged(article, a.texts[n], matchers_a[n], settings[n]),
            _judged(article, b.texts[n], matchers_b[n], settings[n]),
        )
        pairs = [
            _Pair(left, right, one, other)
            for (left, one), (right, other) in zip(*sides, strict=True)
            if one is not None and other is not None
        ]
        sentences += len(pairs)
        lost += len(sides[0]) - len(pairs)
        for pair in pairs:
            for side, segment in enumerate((pair.left, pair.right)):
                for finding in segment.findings:
                    severities[side][finding.severity] += 1
            _count(pair, counts, one_glossary=matchers_a[n] is matchers_b[n])
        reference = references[n]
        leads: dict[int, tuple[str, float]] = {}
        if reference is not None:
            for of_unit, unit in _units(article, reference, pairs):
                units.append(unit)
                before, after, wanted = unit
                lead = sentence_chrf(after, wanted) - sentence_chrf(before, wanted) if before != after else 0.0
                leads |= dict.fromkeys(of_unit, (wanted, lead))
        for index, pair in enumerate(pairs):
            if pair.a != pair.b:
                differences.append(_difference(article, pair, leads.get(index)))
    words = sum(len(block.text.split()) for article in articles for block in article.blocks if not block.boilerplate)
    return SideBySide(
        a=_side(a, severities[0], words),
        b=_side(b, severities[1], words),
        articles=tuple(article.name for article in articles),
        sentences=sentences,
        missing=lost,
        metrics=_metrics(units),
        accuracies=tuple(
            Accuracy(what, (of_a[0], of_a[1]), (of_b[0], of_b[1])) for what, (of_a, of_b) in counts.items()
        ),
        differences=tuple(sorted(differences, key=_best_first)),
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """A sentence in both systems, and its translation in each."""

    left: Segment
    right: Segment
    a: str
    b: str


def _judged(
    article: Article, texts: Mapping[str, Sequence[str]], matcher: Matcher | None, settings: Settings
) -> list[tuple[Segment, str | None]]:
    """Return the sentences of an article as this version cuts and checks them, with the translation that was given."""
    waiting = {source: deque(translations) for source, translations in texts.items()}

    def given(source: str) -> str | None:
        queue = waiting.get(source)
        return queue.popleft() if queue else None

    found: list[str | None] = []

    def engine(requests: Sequence[Request]) -> list[Result]:
        found.extend(given(request.text) for request in requests)
        return [Result(text or "", None, Rung.PLAIN) for text in found]

    (done,) = translate([article], engine, None, matchers=[matcher], settings=[settings])
    of_model = iter(found)
    return [(s, next(of_model) if s.origin == "model" else given(s.source)) for s in done.segments]


def _count(pair: _Pair, counts: dict[str, list[list[int]]], *, one_glossary: bool) -> None:
    """Add the terms, names and figures of a sentence to the counts: what → (kept, all) of A and of B."""

    def add(what: str, side: int, spans: Sequence[Span], text: str) -> None:
        counts[what][side][0] += len(spans) - len(missing(spans, text))
        counts[what][side][1] += len(spans)

    for side, segment, text in ((0, pair.left, pair.a), (1, pair.right, pair.b)):
        terms = _of_kind(segment, SpanKind.TERM)
        if one_glossary:
            add("terms", side, terms, text)
        else:
            add(f"terms of {'AB'[side]}", 0, terms, pair.a)
            add(f"terms of {'AB'[side]}", 1, terms, pair.b)
        add("names", side, _of_kind(segment, SpanKind.ENTITY), text)
        add("figures", side, _of_kind(segment, SpanKind.FIGURE), text)


def _of_kind(segment: Segment, kind: SpanKind) -> list[Span]:
    return [span for span in segment.spans if span.kind is kind]


def _units(
    article: Article, reference: Article, pairs: Sequence[_Pair]
) -> Iterator[tuple[list[int], tuple[str, str, str]]]:
    """Yield what is scored as a whole: the indices of its sentences, and its texts of A, of B and of the reference.

    That is a sentence, or several where the reference merged or split some.
    """
    index_at = {(pair.left.block, pair.left.start): index for index, pair in enumerate(pairs)}
    for bead in aligned(Bitext(Text(article), Text(reference))):
        places = [(part.block, part.start) for part in bead.source]
        wanted = _reference(reference, bead)
        if places and wanted and all(place in index_at for place in places):
            indices = [index_at[place] for place in places]
            a, b = (" ".join(text) for text in zip(*((pairs[i].a, pairs[i].b) for i in indices), strict=True))
            yield indices, (a, b, wanted)


def _metrics(units: Sequence[tuple[str, str, str]]) -> tuple[Score, ...]:
    if not units:
        return ()
    before, after, wanted = (list(texts) for texts in zip(*units, strict=True))
    return scores(before, after, wanted)


def _reference(reference: Article, bead: Aligned) -> str:
    return " ".join(reference.blocks[part.block].text[part.start : part.end] for part in bead.target)


def _difference(article: Article, pair: _Pair, wanted: tuple[str, float] | None) -> Difference:
    chrf = wanted[1] if wanted else None
    at = article.blocks[pair.left.block].begins[pair.left.start]
    return Difference(
        article=article.name,
        line=article.source.count("\n", 0, at) + 1,
        source=pair.left.source,
        a=pair.a,
        b=pair.b,
        reference=wanted[0] if wanted else None,
        chrf=chrf,
        findings_a=pair.left.findings,
        findings_b=pair.right.findings,
        lead=(chrf or 0.0) + _ERROR * (_badness(pair.left) - _badness(pair.right)),
        distance=distance(pair.a, pair.b),
    )


def _badness(segment: Segment) -> float:
    return sum(1 if finding.severity is Severity.ERROR else 0.25 for finding in segment.findings)


def _best_first(difference: Difference) -> tuple[float, float, str, int]:
    return -difference.lead, -difference.distance, difference.article, difference.line


def _side(output: Output, severities: Mapping[Severity, int], words: int) -> Side:
    speed = words / output.seconds if output.seconds else None
    return Side(output.system, severities[Severity.ERROR], severities[Severity.WARNING], speed)
