"""Checks of what must survive translation: figures, names, terms, codes, formatting marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from dragoman.check.check import Check
from dragoman.check.finding import Finding, Severity
from dragoman.check.pair import Pair
from dragoman.check.settings import Settings
from dragoman.check.words import words
from dragoman.protect.codes import code_spans
from dragoman.protect.names_words import folded
from dragoman.protect.span import Span, SpanKind, missing, places

_Range = tuple[int, int]


class Figures(Check):
    """A figure is missing, was changed, or is not in the source.

    Compares values, not forms: « 2,5 millions d'euros » may be €2.5 million, 2.5m euros or two and a half million
    euros. Dates, times, numbers, percentages, money and measures count. Figures that are part of a name, a term or a
    code (Covid-19) don't.

    Wrong: « 12,5 % » – 15.2%; « mardi » – Wednesday; « 3 milliards » – 3 million
    Right: « 12,5 % » – 12.5 percent; « un milliard » – a billion

    Look it up in the source. If the translation says it in another way, leave it.
    """

    id = "figures"
    severity = Severity.ERROR

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        from dragoman.localise.verify import compare

        others = [span for span in pair.spans if span.kind in (SpanKind.CODE, SpanKind.TERM, SpanKind.ENTITY)]
        compared = compare(
            pair.source,
            pair.target,
            [(span.start, span.end) for span in others],
            [place for span in others for place in places(span, pair.target)],
        )
        lost, invented = list(compared.missing), list(compared.invented)
        if len(lost) == len(invented) == 1:
            was, now = (lost[0].start, lost[0].end), (invented[0].start, invented[0].end)
            message = f"“{pair.source[slice(*was)]}” became “{pair.target[slice(*now)]}”"
            yield self.finding(settings, message, was, now)
            return
        for figure in lost:
            place = figure.start, figure.end
            yield self.finding(settings, f"“{pair.source[slice(*place)]}” is not in the translation", place)
        for figure in invented:
            place = figure.start, figure.end
            yield self.finding(settings, f"“{pair.target[slice(*place)]}” is not in the source", target=place)


class Entities(Check):
    """A name is missing, or was changed.

    Names of persons, organisations, products and places must be there, as they are or as English calls them. A surname
    does for a full name, accents may be lost, and an acronym may be another one in English.

    Wrong: « François Bayrou » – Francis Bayrou; « Londres » – Londres
    Right: « Angela Merkel » – Merkel; « Londres » – London

    Put the name in. If the translation says "he" or "the company" instead, leave it.
    """

    id = "entities"
    severity = Severity.ERROR

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        from dragoman.protect.entities import Entity, EntityKind, said

        for span in pair.spans:
            if span.kind is not SpanKind.ENTITY:
                continue
            place = span.start, span.end
            misspelt = None if places(span, pair.target) else _misspelt(span, pair)
            if misspelt:
                message = f"“{pair.source[slice(*place)]}” became “{pair.target[slice(*misspelt)]}”"
                yield self.finding(settings, message, place, misspelt)
            elif not _acronym_in_english(span, pair) and not said(
                Entity(*place, EntityKind.NAME, span.render), pair.target
            ):
                yield self.finding(settings, _lost(pair.source, span), place)


def _acronym_in_english(span: Span, pair: Pair) -> bool:
    """Tell whether a name is an acronym that the translation seems to have in English: « TDAH », ADHD.

    That is another one, which the source hasn't, and not just one letter off.
    """
    if not all(_ACRONYM.fullmatch(form) for form in span.render):
        return False
    others = {found[0] for found in _ACRONYM.finditer(pair.target) if found[0] not in pair.source}
    return any(
        len(other) != len(form) or sum(a != b for a, b in zip(other, form, strict=True)) > 1
        for other in others
        for form in span.render
    )


_ACRONYM = re.compile(r"(?<!\w)[A-ZÀ-Ý]{2,6}(?!\w)")


def _misspelt(span: Span, pair: Pair) -> _Range | None:
    """Return where a word stands in a translation that is a word of a name but for one letter, half-open.

    Accents, and words that the source has as well, are no such thing; nor are another vowel and another last letter, in
    which languages differ (Kadhafi, Séville).
    """
    known = {folded(word.text) for word in words(pair.source)}
    others = [(word, folded(word.text)) for word in words(pair.target) if word.text[0].isupper()]
    present = {key for _, key in others}
    for part in (folded(word.text) for form in span.render for word in words(form) if word.text[0].isupper()):
        if len(part) > 4 and part not in present:
            for word, key in others:
                if len(key) == len(part) and key[0] == part[0] and key[-1] == part[-1] and key not in known:
                    other = [(a, b) for a, b in zip(key, part, strict=True) if a != b]
                    if len(other) == 1 and not {*other[0]} <= {*"aeiouy"}:
                        return word.start, word.end
    return None


class Terms(Check):
    """A term of a glossary is missing.

    Every term that a glossary has must come out in one of the forms that the glossary accepts, in singular or plural.

    Wrong, with « conseil d'administration » = board of directors: the administrative council
    Right: the boards of directors

    Write the term as the glossary has it, or add the other form to the glossary as admitted.
    """

    id = "terms"
    severity = Severity.ERROR

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        for span in missing([span for span in pair.spans if span.kind is SpanKind.TERM], pair.target):
            yield self.finding(settings, _lost(pair.source, span), (span.start, span.end))


class ForbiddenTerms(Check):
    """A form stands in the translation that a glossary forbids for a term of the source.

    Wrong, with « éventuellement » = eventually as forbidden: It may eventually rain.
    Right: It may rain.

    Write the form that the glossary prefers.
    """

    id = "forbidden-terms"
    severity = Severity.ERROR

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        from dragoman.glossary.render import forbidden

        for match in pair.matches:
            for start, end, entry in forbidden(match, pair.target):
                what = f"“{pair.target[start:end]}” must not stand for “{entry.source}” ({entry.place})"
                yield self.finding(settings, what, (match.start, match.end), (start, end))


class Codes(Check):
    """An address, handle, hashtag, file name or template variable is missing, or is not in the source.

    Codes are copied letter for letter: https://…, name@example.org, @handle, #hashtag, {variable}, %s, report.pdf, and
    what the file format marks as code.

    Wrong: « Écrivez à info@exemple.fr » – Write to info@example.fr

    Copy the code from the source.
    """

    id = "codes"
    severity = Severity.ERROR

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        if not (_MAY_BE_CODE.search(pair.source) or _MAY_BE_CODE.search(pair.target)):
            return
        given = [(span.start, span.end) for span in pair.spans if span.kind is SpanKind.CODE]
        codes = code_spans(pair.source, given)
        lost = list(missing(codes, pair.target))
        new = [code for code in code_spans(pair.target) if code.render[0] not in pair.source]
        if len(lost) == len(new) == 1:
            was, now = lost[0], new[0]
            message = f"“{was.render[0]}” became “{now.render[0]}”"
            yield self.finding(settings, message, (was.start, was.end), (now.start, now.end))
            return
        for span in lost:
            yield self.finding(settings, _lost(pair.source, span), (span.start, span.end))
        for span in new:
            yield self.finding(settings, f"“{span.render[0]}” is not in the source", target=(span.start, span.end))


# Cheaper than to look for codes in every text.
_MAY_BE_CODE = re.compile(r"[@#{}%\[\]/`_\u2600-\U0001FAFF]|\w\.\w")


def _lost(source: str, span: Span) -> str:
    words = source[span.start : span.end]
    wanted = f"“{words}”" if span.render[0] == words else f"“{span.render[0]}” for “{words}”"
    return f"{wanted} is not in the translation"


class Markup(Check):
    """Formatting marks are missing, or are not in the source.

    Counts what stands in the text: tags and entities of HTML and XML (<b>, &nbsp;), emphasis, code and links of
    Markdown (**, `, [text](address)), and the mark of a list item. Their order may change.

    Wrong: « un **grand** pas » – a **great step; « <b>Non</b> » – No
    Right: « un **grand** pas » – a **great** step

    Set the marks around the same words as in the source.
    """

    id = "markup"
    severity = Severity.ERROR

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        if not (_MAY_BE_MARK.search(pair.source) or _MAY_BE_MARK.search(pair.target)):
            return
        source, target = _marks(pair.source), _marks(pair.target)
        expected, found = Counter(mark for mark, _ in source), Counter(mark for mark, _ in target)
        for mark in expected - found:
            where = next(place for given, place in source if given == mark)
            yield self.finding(settings, f"{mark} of the source is missing", source=where)
        for mark in found - expected:
            where = [place for given, place in target if given == mark][-1]
            yield self.finding(settings, f"{mark} is not in the source", target=where)


_MAY_BE_MARK = re.compile(r"[<&*_`\]•‣▪]|^\s*\d{1,2}[.)]\s")  # cheaper than the pattern below
_MARK = re.compile(
    r"(?P<tag></?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>]{0,500})?/?>)|(?P<entity>&(?:[a-z]{2,8}|\#\d{1,6});)|(?P<strong>\*\*|(?<!\w)__|__(?!\w))"
    r"|(?P<emphasis>(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*]))|(?P<code>(?<!`)(`+)(?!`)[^`]{1,200}`+)|(?P<link>\]\()|^\s*(?P<list>[*•‣▪]|\d{1,2}[.)])(?=\s)"
)


def _marks(text: str) -> list[tuple[str, _Range]]:
    """Return the formatting marks of a text: how each is compared, and where it stands, half-open."""
    marks = []
    for found in _MARK.finditer(text):
        mark = found[0].strip()
        if found["code"]:
            mark = "`…`"
        elif found["tag"]:
            mark = re.sub(r"\s.*?(?=/?>$)", "", mark, flags=re.DOTALL).replace(" ", "").lower()
        marks.append((mark, found.span()))
    return marks
