"""The way of an article: the one place that knows the order of the stages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dragoman.article.model import Article, Block, Format, InlineCode, Kind, Target, codes_of
from dragoman.article.write import write
from dragoman.check.finding import Finding, Severity
from dragoman.check.pair import Pair
from dragoman.check.registry import check_article
from dragoman.check.settings import Settings
from dragoman.engine.ladder import Request, Result, Rung
from dragoman.engine.placing import moved
from dragoman.errors import DragomanError
from dragoman.glossary.apply import expand
from dragoman.glossary.english import wrong_articles
from dragoman.glossary.match import Matcher
from dragoman.glossary.spelling import respellings, varieties
from dragoman.language import other_language
from dragoman.localise import date_line, localise, open_at_end
from dragoman.localise.edit import Edit, apply
from dragoman.localise.quotes import quotation_marks
from dragoman.localise.style import style
from dragoman.protect.annotate import Annotation, QuotePolicy, annotate
from dragoman.protect.names_spelling import initial, titles
from dragoman.protect.quotations import Piece, QuoteMark
from dragoman.protect.span import Span, SpanKind, places
from dragoman.report.ledger import INTERRUPTED
from dragoman.segment import sentences

_PARTS = re.compile(r"[^'’]+")  # of a name
# Longer than any French word; what is longer is no language (a key, a checksum, a stuck key).
_LONGEST_WORD = 60

# Before a sentence, and no language: the dash of a reply or an attribution, the minute of a match (45' But de Bard).
_LEAD = re.compile(r"[–—-]\s+|\d{1,3}\s?['’′](?:\s?\+\s?\d{1,2}\s?['’′]?)?\s?(?=[^\W\d_])")

Engine = Callable[[Sequence[Request]], Iterable[Result]]


class Origin(StrEnum):
    """Where a translation comes from."""

    MODEL = "model"
    RULE = "rule"  # a date line, or nothing but terms, figures and names: written by rules alone
    COPIED = "copied"  # there is nothing to translate: only codes, figures, signs, or another script


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence on its way: `source` is block.text[start:end] of the article's block of that index."""

    block: int
    start: int
    end: int
    source: str
    spans: tuple[Span, ...]
    quotes: tuple[QuoteMark, ...]  # its quotation marks
    inside: int  # how many quotations are open where it begins
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
    annotation: Annotation
    quotes: QuotePolicy = QuotePolicy.TRANSLATE
    locale: str | None = None  # that it is localised to

    @property
    def findings(self) -> tuple[tuple[Segment, Finding], ...]:
        """All findings, in the order of the text."""
        return tuple((segment, finding) for segment in self.segments for finding in segment.findings)

    def targets(self) -> Mapping[int, Sequence[Target]]:
        """Return what is to be written in each block."""
        targets: dict[int, list[Target]] = {}
        for s in self.segments:
            if self.quotes is QuotePolicy.BOTH:
                s = _with_originals(s, self.annotation, self.locale)
            codes = tuple((at, replace(code, at=code.at + s.start)) for at, code in s.result.codes)
            targets.setdefault(s.block, []).append(Target(s.start, s.end, s.result.text, codes))
        return targets

    def quoted(self, piece: Piece) -> str:
        """Return the translation of the words of a quotation."""
        words = []
        for segment in self.segments:
            if segment.block == piece.block and segment.start < piece.inner_end and piece.inner_start < segment.end:
                parts = _quoted_parts(segment, piece, self.locale)
                words.append(INTERRUPTED.join(segment.translation[start:end].strip(" ,") for start, end in parts))
        original = self.article.blocks[piece.block].text[piece.inner_start : piece.inner_end]
        # English papers set their own comma or full stop inside the marks.
        return " ".join(words).rstrip(",." if original[-1:].isalnum() else "")

    def text(self, to: Format | None = None, *, keep_boilerplate: bool = False) -> str:
        """Return the article in the target language.

        In its own format it is written into the source, in the place of the French; of an HTML page, though, the
        article alone is written as a new document, unless the boilerplate is kept.
        """
        to = to or self.article.format
        if to is self.article.format and (keep_boilerplate or not self.article.page):
            return write(self.article, self.targets(), keep_boilerplate=keep_boilerplate, locale=self.locale)
        from dragoman.article.convert import convert

        return convert(self.article, self.targets(), to)


def check_language(article: Article, cure: str = "--force translates it all the same") -> None:
    """Refuse an article that is not French; `cure` is what the user can do, for the message.

    Raises:
        DragomanError: It is in another language.

    """
    text = "\n".join(block.text for block in article.blocks if not block.boilerplate)
    language = other_language(text)
    if language:
        raise DragomanError(f"{article.name}: the text is in {language}, not in French; {cure}")


def translate(
    articles: Sequence[Article],
    engine: Engine,
    locale: str | None,
    *,
    matchers: Sequence[Matcher | None] = (),
    settings: Sequence[Settings] = (),
    quotes: QuotePolicy = QuotePolicy.TRANSLATE,
    keep_boilerplate: bool = False,
) -> list[Translation]:
    """Translate articles, with all their segments in one queue, and check the translations.

    Args:
        articles: As they were read.
        engine: Translates segments: `functools.partial(ladder.stream, model)`, or `identity`. What it has done is
            finished and checked while it goes on.
        locale: "en-US" or "en-GB"; None leaves figures, dates and typography as the engine gives them.
        matchers: The compiled glossaries of each article; none at all if it is empty.
        settings: What is to be checked in each article; the defaults if it is empty.
        quotes: What becomes of the words of quotations.
        keep_boilerplate: Translate the blocks that are not part of the article as well.

    """
    annotations = [annotate(article.blocks) for article in articles]
    segments: list[list[Segment]] = []
    for number, annotation in enumerate(annotations):
        matcher = matchers[number] if matchers else None
        segments.append(list(_segments(annotation, locale, matcher, quotes, keep_boilerplate=keep_boilerplate)))
    waiting = [(n, segment) for n, of in enumerate(segments) for segment in of if segment.origin is Origin.MODEL]
    results = iter(
        engine([Request(s.source, s.spans, _codes(articles[n].blocks[s.block], s), s.quotes) for n, s in waiting])
    )
    translations = []
    for number, (article, annotation) in enumerate(zip(articles, annotations, strict=True)):
        done = [
            replace(segment, result=next(results)) if segment.origin is Origin.MODEL else segment
            for segment in segments[number]
        ]
        done = list(_finished(done, annotation, locale))
        done = _checked(
            done,
            annotation,
            locale,
            matchers[number] if matchers else None,
            settings[number] if settings else Settings(),
        )
        translations.append(Translation(article, tuple(done), annotation, quotes, locale))
    return translations


def identity(requests: Sequence[Request]) -> list[Result]:
    """Return every segment as it is: an engine that shows what reading and writing alone do to a file."""
    return [Result(r.text, None, Rung.PLAIN, tuple((code.at, code) for code in r.codes)) for r in requests]


def _segments(
    annotation: Annotation,
    locale: str | None,
    matcher: Matcher | None,
    quotes: QuotePolicy,
    *,
    keep_boilerplate: bool,
) -> Iterator[Segment]:
    mentioned: set[str] = set()
    for index, block in enumerate(annotation.blocks):
        if block.boilerplate and not keep_boilerplate:
            continue
        if locale and block.kind is Kind.DATELINE:
            dated = date_line(block.text, locale)
            if dated is not None:
                plain = Result(block.text, None, Rung.PLAIN)
                line = Segment(index, 0, len(block.text), block.text, (), (), 0, Origin.RULE, plain)
                codes = tuple((code.at, code) for code in _codes(block, line))
                yield replace(line, result=_edited(replace(plain, codes=codes), dated))
                continue
        for start, end in sentences(block.text):
            lead = _LEAD.match(block.text, start, end)
            start = lead.end() if lead and lead.end() < end else start
            marked = annotation.segment(
                index, start, end, matcher, locale or "en-US", mentioned=mentioned, policy=quotes
            )
            source = block.text[start:end]
            result = Result(source, None, Rung.PLAIN)
            segment = Segment(
                index, start, end, source, marked.spans, marked.quotes, marked.inside, Origin.MODEL, result
            )
            reason = _why_copied(source, marked.spans)
            if reason is not None:
                edits = _by_rule(source, marked.spans) if locale and not reason else ()
                codes = tuple((code.at, code) for code in _codes(block, segment))
                segment = replace(
                    segment,
                    origin=Origin.COPIED if apply(source, edits)[0] == source else Origin.RULE,
                    result=_edited(replace(result, codes=codes), edits),
                    findings=(Finding("not-french", Severity.WARNING, reason),) if reason else (),
                )
            yield segment


def _by_rule(source: str, spans: Sequence[Span]) -> list[Edit]:
    """Return edits that write what is nothing but terms, figures and names in English: « Trois heures »."""
    edits = []
    for span in spans:
        form = span.render[0]
        if span.start == 0 and source[0].isupper():
            form = form[0].upper() + form[1:]
        edits.append(Edit(span.start, span.end, form))
    return edits


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


def _finished(segments: Sequence[Segment], annotation: Annotation, locale: str | None) -> Iterator[Segment]:
    """Yield the segments of an article with their terms spelled out at the first mention, and localised."""
    still_open = 0  # quotations, where the sentence before ended in English
    for index, segment in enumerate(segments):
        if annotation.blocks[segment.block].kind is Kind.DATELINE and segment.origin is Origin.RULE:
            yield segment
            continue
        result = segment.result
        terms = [span for span in segment.spans if span.kind is SpanKind.TERM]
        if any(span.first for span in terms):
            result = _edited(result, expand(terms, result.text))
        if locale:
            for step in (titles, initial):
                result = _edited(result, step(segment.spans, segment.source, result.text))
            kept = [place for span in segment.spans for place in _verbatim(span, result.text)]
            starts = not annotation.blocks[segment.block].text[: segment.start].strip()
            opens = segment.inside > 0 and (starts or still_open < segment.inside)
            following = segments[index + 1] if index + 1 < len(segments) else None
            reopens = following is not None and following.block == segment.block and following.inside > 0
            edits = localise(
                segment.source, result.text, locale, kept, inside=segment.inside, opens=opens, reopens=reopens
            )
            result = _edited(result, edits)
            result = _edited(result, _spelled(result.text, locale, segment.spans))
            still_open = (
                open_at_end(result.text, locale, inside=segment.inside, opens=opens)
                if segment.inside or segment.quotes
                else 0
            )
        yield replace(segment, result=result, findings=segment.findings + result.findings)


def _verbatim(span: Span, text: str) -> list[tuple[int, int]]:
    """Return the ranges of a translation that localisation must leave alone for a span.

    A name may look like a figure (La 1ère); but its apostrophes are written as those beside it.
    """
    if span.kind is SpanKind.FIGURE or (span.kind is SpanKind.TERM and not any(map(str.isdigit, span.render[0]))):
        return []
    found = places(span, text)
    if span.kind is not SpanKind.ENTITY:
        return found
    return [(start + m.start(), start + m.end()) for start, end in found for m in _PARTS.finditer(text[start:end])]


def _spelled(text: str, locale: str, spans: Sequence[Span]) -> list[Edit]:
    """Return edits that spell the words of a translation as the locale does, and a and an as the next word wants it.

    A term is spelled so if that is another one of its forms.
    """
    kept = [place for span in spans if span.kind is not SpanKind.FIGURE for place in places(span, text)]
    own = {place: span for span in spans if span.kind is SpanKind.TERM for place in places(span, text)}
    terms = {
        Edit(start + at, start + at + len(word), other)
        for (start, end), span in own.items()
        for at, word, other in respellings(text[start:end], locale)
        if _has_spelling(span, text[start:end], locale)
    }
    edits = [Edit(start, end, wanted) for start, end, wanted in wrong_articles(text)]
    edits += [Edit(at, at + len(word), other) for at, word, spelled, other in varieties(text) if spelled != locale]
    free = [e for e in edits if not any(start < e.end and e.start < end for start, end in kept)]
    return sorted([*free, *terms], key=lambda edit: edit.start)


def _has_spelling(term: Span, given: str, locale: str) -> bool:
    """Tell whether a term may be spelled as the locale does, given one of its forms."""
    spelled = [Edit(at, at + len(word), other) for at, word, other in respellings(given, locale)]
    return bool(places(term, apply(given, spelled)[0]))


def _checked(
    segments: Sequence[Segment],
    annotation: Annotation,
    locale: str | None,
    matcher: Matcher | None,
    settings: Settings,
) -> list[Segment]:
    """Return the segments with what the checks find in those that a model translated."""
    pairs = [
        Pair(
            source=segment.source,
            target=segment.translation,
            locale=locale,
            spans=segment.spans,
            marks=segment.quotes,
            inside=segment.inside,
            matches=tuple(matcher.find(segment.source)) if matcher else (),
            kind=annotation.blocks[segment.block].kind,
            kept=tuple(
                place
                for span in segment.spans
                if span.kind is SpanKind.QUOTATION
                for place in places(span, segment.translation)
            ),
        )
        for segment in segments
    ]
    checked = []
    for segment, pair, findings in zip(segments, pairs, check_article(pairs, settings), strict=True):
        if segment.origin is Origin.MODEL:
            own = tuple(finding for finding in findings if not _in_french(finding, pair))
            segment = replace(segment, findings=segment.findings + own)
        checked.append(segment)
    return checked


def _in_french(finding: Finding, pair: Pair) -> bool:
    """Tell whether a finding is about words that were left in French on purpose."""
    kept = [(span.start, span.end) for span in pair.spans if span.kind is SpanKind.QUOTATION]
    return any(
        place is not None and any(start <= place[0] and place[1] <= end for start, end in ranges)
        for place, ranges in ((finding.source, kept), (finding.target, pair.kept))
    )


def _with_originals(segment: Segment, annotation: Annotation, locale: str | None) -> Segment:
    """Return the segment with the French words behind each quotation that ends in it, in brackets."""
    text = segment.translation
    edits = []
    for piece in annotation.pieces(segment.block):
        if segment.start < piece.end <= segment.end:
            found = _quoted(segment, piece, locale)
            at = found[1] if found else len(text)
            while found and text[at : at + 1] in ("”", "’", '"'):
                at += 1
            edits.append(Edit(at, at, f" [{annotation.blocks[segment.block].text[piece.start : piece.end]}]"))
    edits.sort(key=lambda edit: edit.start)
    return replace(segment, result=_edited(segment.result, edits))


def _quoted_parts(segment: Segment, piece: Piece, locale: str | None) -> list[tuple[int, int]]:
    """Return where the words of a quotation stand in the translation of a segment, without its marks.

    They are in several parts where English sets a reporting clause outside the marks that French has inside.
    """
    whole = _quoted(segment, piece, locale)
    if whole is not None:
        return [whole]
    text = segment.translation
    if not piece.incises or len({mark.quotation for mark in segment.quotes if not mark.depth}) != 1:
        return [(0, len(text))]
    parts: list[tuple[int, int]] = []
    depth, start = segment.inside, 0
    for mark in quotation_marks(text, segment.inside, style(locale) if locale else None):
        if mark.role == "open":
            start = start if depth else mark.end
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                parts.append((start, mark.start))
    return [*parts, (start, len(text))] if depth else parts or [(0, len(text))]


def _quoted(segment: Segment, piece: Piece, locale: str | None) -> tuple[int, int] | None:
    """Return where the words of a quotation stand in the translation of a segment, without its marks.

    A quotation that goes on before or after the segment begins or ends with it. None: the marks don't say.
    """
    text = segment.translation
    found = quotation_marks(text, segment.inside, style(locale) if locale else None)
    if segment.inside and len(found) == len(segment.quotes) + 1 and found[0].role == "open":
        found = found[1:]  # that of a paragraph inside a quotation
    if [mark.role for mark in found] != [mark.role for mark in segment.quotes]:
        return None
    start, end = 0, len(text)
    for source, target in zip(segment.quotes, found, strict=True):
        if source.role == "open" and segment.start + source.start == piece.start:
            start = target.end
        if source.role == "close" and segment.start + source.end == piece.end:
            end = target.start
    return start, end


def _edited(result: Result, edits: Sequence[Edit]) -> Result:
    text, codes = moved(result.text, result.codes, edits)
    return replace(result, text=text, codes=codes)
