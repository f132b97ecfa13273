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
from dragoman.glossary.apply import expand, term_spans
from dragoman.glossary.match import Matcher
from dragoman.glossary.render import forbidden
from dragoman.language import other_language
from dragoman.localise import date_line, localise
from dragoman.localise.edit import Edit, apply
from dragoman.protect import mark
from dragoman.protect.span import Span, SpanKind, places
from dragoman.segment import sentences

# Longer than any French word; what is longer is no language (a key, a checksum, a stuck key).
_LONGEST_WORD = 60

# Where nothing is spelled out, and nothing counts as mentioned.
_HEADLINES = (Kind.TITLE, Kind.HEADING, Kind.ATTRIBUTE)
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
    articles: Sequence[Article],
    engine: Engine,
    locale: str | None,
    *,
    matchers: Sequence[Matcher | None] = (),
    keep_boilerplate: bool = False,
) -> list[Translation]:
    """Translate articles, with all their segments in one queue.

    Args:
        articles: As they were read.
        engine: Translates segments: `functools.partial(ladder.translate, model)`, or `identity`.
        locale: "en-US" or "en-GB"; None leaves figures, dates and typography as the engine gives them.
        matchers: The compiled glossaries of each article; none at all if it is empty.
        keep_boilerplate: Translate the blocks that are not part of the article as well.

    """
    segments: list[tuple[int, Segment]] = []
    for number, article in enumerate(articles):
        matcher = matchers[number] if matchers else None
        mentioned: set[str] = set()
        for index, block in enumerate(article.blocks):
            if keep_boilerplate or not block.boilerplate:
                segments += [(number, s) for s in _segments(index, block, locale, matcher, mentioned)]
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
            segment = _finished(segment, locale, matchers[number] if matchers else None)
        done[number].append(segment)
    return [Translation(a, tuple(finished)) for a, finished in zip(articles, done, strict=True)]


def identity(requests: Sequence[Request]) -> list[Result]:
    """Return every segment as it is: an engine that shows what reading and writing alone do to a file."""
    return [Result(r.text, None, Rung.PLAIN, tuple((code.at, code) for code in r.codes)) for r in requests]


def _segments(
    index: int, block: Block, locale: str | None, matcher: Matcher | None, mentioned: set[str]
) -> list[Segment]:
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
        if matcher is not None:
            taken = [(span.start, span.end) for span in spans]
            terms = term_spans(source, matcher, None if block.kind in _HEADLINES else mentioned, taken)
            spans = tuple(sorted((*spans, *terms), key=lambda span: span.start))
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


def _finished(segment: Segment, locale: str | None, matcher: Matcher | None) -> Segment:
    """Return the segment with its terms spelled out at their first mention, localised, and with its findings."""
    result = segment.result
    findings = segment.findings + result.findings
    terms = [span for span in segment.spans if span.kind is SpanKind.TERM]
    if any(span.first for span in terms):
        result = _edited(result, expand(terms, result.text))
    if locale:
        codes = [place for s in segment.spans if s.kind is SpanKind.CODE for place in places(s, result.text)]
        result = _edited(result, localise(segment.source, result.text, locale, codes))
    if matcher is not None and segment.origin is Origin.MODEL:
        for match in matcher.find(segment.source):
            for start, end, entry in forbidden(match, result.text):
                what = f"“{result.text[start:end]}” must not stand for “{entry.source}” ({entry.place})"
                findings += (Finding("term-forbidden", Severity.ERROR, what),)
    return replace(segment, result=result, findings=findings)


def _edited(result: Result, edits: Sequence[Edit]) -> Result:
    text, offsets = apply(result.text, edits, [offset for offset, _ in result.codes])
    return replace(result, text=text, codes=tuple(zip(offsets, (code for _, code in result.codes), strict=True)))
