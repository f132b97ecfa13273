"""The way of an article: the one place that knows the order of the stages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dragoman.article.model import Article, Block, Format, InlineCode, Kind, Target, codes_of
from dragoman.article.write import write
from dragoman.check.finding import Finding, Severity
from dragoman.engine.ladder import Request, Result, Rung
from dragoman.errors import DragomanError
from dragoman.language import other_language
from dragoman.localise import date_line, localise
from dragoman.localise.edit import apply
from dragoman.protect import mark
from dragoman.protect.span import Span, occurrences
from dragoman.segment import sentences

# Longer than any French word; what is longer is no language (a key, a checksum, a stuck key).
_LONGEST_WORD = 60

_DASH = re.compile(r"[–—-]\s+")

Engine = Callable[[Sequence[Request]], list[Result]]


class Origin(StrEnum):
    """Where a translation comes from."""

    MODEL = "model"
    RULE = "rule"  # a date line, written by the localisation rules alone
    COPIED = "copied"  # there is nothing to translate: only codes, figures, signs, or another script


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence on its way: `source` is block.text[start:end] of the article's block of that index."""

    block: int
    start: int
    end: int
    source: str
    spans: tuple[Span, ...]
    origin: Origin
    result: Result
    findings: tuple[Finding, ...] = ()

    @property
    def translation(self) -> str:
        """The text in the target language."""
        return self.result.text


@dataclass(frozen=True, slots=True)
class Translation:
    """A translated article."""

    article: Article
    segments: tuple[Segment, ...]

    @property
    def findings(self) -> tuple[tuple[Segment, Finding], ...]:
        """All findings, in the order of the text."""
        return tuple((segment, finding) for segment in self.segments for finding in segment.findings)

    def targets(self) -> Mapping[int, Sequence[Target]]:
        """Return what is to be written in each block."""
        targets: dict[int, list[Target]] = {}
        for s in self.segments:
            codes = tuple((at, replace(code, at=code.at + s.start)) for at, code in s.result.codes)
            targets.setdefault(s.block, []).append(Target(s.start, s.end, s.result.text, codes))
        return targets

    def text(self, to: Format | None = None, *, keep_boilerplate: bool = False) -> str:
        """Return the article in the target language.

        In its own format it is written into the source, in the place of the French; of an HTML page, though, the
        article alone is written as a new document, unless the boilerplate is kept.
        """
        to = to or self.article.format
        if to is self.article.format and (keep_boilerplate or not self.article.page):
            return write(self.article, self.targets(), keep_boilerplate=keep_boilerplate)
        from dragoman.article.convert import convert

        return convert(self.article, self.targets(), to)


def check_language(article: Article) -> None:
    """Refuse an article that is not French.

    Raises:
        DragomanError: It is in another language.

    """
    text = "\n".join(block.text for block in article.blocks if not block.boilerplate)
    language = other_language(text)
    if language:
        raise DragomanError(
            f"{article.name}: the text is in {language}, not in French; --force translates it all the same"
        )


def translate(
    articles: Sequence[Article], engine: Engine, locale: str | None, *, keep_boilerplate: bool = False
) -> list[Translation]:
    """Translate articles, with all their segments in one queue.

    Args:
        articles: As they were read.
        engine: Translates segments: `functools.partial(ladder.translate, model)`, or `identity`.
        locale: "en-US" or "en-GB"; None leaves figures, dates and typography as the engine gives them.
        keep_boilerplate: Translate the blocks that are not part of the article as well.

    """
    segments = [
        (number, segment)
        for number, article in enumerate(articles)
        for index, block in enumerate(article.blocks)
        if keep_boilerplate or not block.boilerplate
        for segment in _segments(index, block, locale)
    ]
    waiting = [(number, segment) for number, segment in segments if segment.origin is Origin.MODEL]
    requests = [
        Request(segment.source, segment.spans, _codes(articles[number].blocks[segment.block], segment))
        for number, segment in waiting
    ]
    results = iter(engine(requests))
    done: list[list[Segment]] = [[] for _ in articles]
    for number, segment in segments:
        if segment.origin is Origin.MODEL:
            segment = replace(segment, result=next(results))
        if segment.origin is not Origin.RULE:
            segment = _localised(segment, locale)
        done[number].append(segment)
    return [Translation(a, tuple(finished)) for a, finished in zip(articles, done, strict=True)]


def identity(requests: Sequence[Request]) -> list[Result]:
    """Return every segment as it is: an engine that shows what reading and writing alone do to a file."""
    return [Result(r.text, None, Rung.PLAIN, tuple((code.at, code) for code in r.codes)) for r in requests]


def _segments(index: int, block: Block, locale: str | None) -> list[Segment]:
    if locale and block.kind is Kind.DATELINE and not block.codes:
        line = date_line(block.text, locale)
        if line is not None:
            result = Result(line, None, Rung.PLAIN)
            return [Segment(index, 0, len(block.text), block.text, (), Origin.RULE, result)]
    segments = []
    for start, end in sentences(block.text):
        # The dash before a reply or an attribution is not language: it stays in the skeleton.
        dash = _DASH.match(block.text, start, end)
        start = dash.end() if dash and dash.end() < end else start
        source = block.text[start:end]
        protected = [(max(a, start) - start, min(b, end) - start) for a, b in block.protected if a < end and start < b]
        spans = mark(source, protected)
        segment = Segment(index, start, end, source, spans, Origin.MODEL, Result(source, None, Rung.PLAIN))
        reason = _why_copied(source, spans)
        if reason is not None:
            codes = tuple((code.at, code) for code in _codes(block, segment))
            findings = (Finding("not-french", Severity.WARNING, reason),) if reason else ()
            segment = replace(
                segment,
                origin=Origin.COPIED,
                result=Result(source, None, Rung.PLAIN, codes),
                findings=findings,
            )
        segments.append(segment)
    return segments


def _why_copied(text: str, spans: Sequence[Span]) -> str | None:
    """Return why a segment is copied ("" where nobody needs to be told), or None if it is to be translated."""
    letters = [char for i, char in enumerate(text) if char.isalpha() and not any(s.start <= i < s.end for s in spans)]
    if not letters:
        return ""
    if sum(ord(char) > 0x24F for char in letters) * 2 > len(letters):  # beyond Latin Extended-B
        return "it is not in the Latin alphabet and was copied"
    if any(len(word) > _LONGEST_WORD for word in text.split()) and not any(
        s.end - s.start > _LONGEST_WORD for s in spans
    ):
        return f"it has a word of more than {_LONGEST_WORD} characters and was copied"
    return None


def _codes(block: Block, segment: Segment) -> tuple[InlineCode, ...]:
    """Return the inline codes of a segment, by their offsets in it."""
    return tuple(replace(code, at=code.at - segment.start) for code in codes_of(block, segment.start, segment.end))


def _localised(segment: Segment, locale: str | None) -> Segment:
    """Return the segment with figures, dates and typography as the locale writes them, and with its findings."""
    result = segment.result
    if locale:
        protected = [
            (at, at + len(form))
            for span in segment.spans
            for form in span.render
            for at in occurrences(form, result.text)
        ]
        edits = localise(segment.source, result.text, locale, protected)
        text, offsets = apply(result.text, edits, [offset for offset, _ in result.codes])
        result = replace(result, text=text, codes=tuple(zip(offsets, (c for _, c in result.codes), strict=True)))
    return replace(segment, result=result, findings=segment.findings + result.findings)
