"""Checks of what must survive translation: figures, names, terms, codes, formatting marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from dragoman.check.check import Check
from dragoman.check.finding import Finding, Severity
from dragoman.check.names import (
    another_acronym,
    another_first_name,
    another_place,
    may_be_missing,
    misspelt_name,
    stands,
)
from dragoman.check.pair import Pair
from dragoman.check.settings import Settings
from dragoman.localise.values import Figure, Kind
from dragoman.protect.codes import code_spans
from dragoman.protect.span import Span, SpanKind, missing, occurrences, places

_Range = tuple[int, int]


class Figures(Check):
    """A figure is missing, was changed, or is not in the source.

    Compares values, not forms: « 2,5 millions d'euros » may be €2.5 million, 2.5m euros or two and a half million
    euros. Dates, times, numbers, percentages, money and measures count; a measure may be converted, and rounded.
    Figures that are part of a name, a term or a code (Covid-19) don't count.

    A figure that was changed is an error. What translators may do is a warning: to leave out a number in words or the
    day of the week, to name the day before a night, to leave out or add a currency, to convert a sum of money.

    Wrong: « 12,5 % » – 15.2%; « mardi » – Wednesday; « 3 milliards » – 3 million
    Right: « 12,5 % » – 12.5 percent; « un milliard » – a billion; « 30 mètres » – 100 feet

    Look it up in the source. If the translation says it in another way, leave it.
    """

    id = "figures"
    severity = Severity.ERROR

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        from dragoman.localise.verify import compare

        others = [span for span in pair.spans if span.kind in (SpanKind.CODE, SpanKind.TERM, SpanKind.ENTITY)]
        taken = [(span.start, span.end) for span in others]
        compared = compare(pair.source, pair.target, taken)
        if compared.invented or compared.added:  # they may be parts of a name, which take longer to find
            in_target = [place for span in others for place in places(span, pair.target)]
            compared = compare(pair.source, pair.target, taken, in_target)
        lost, invented = list(compared.missing), list(compared.invented)
        if len(lost) == 1 and not invented and lost[0].spelled:
            invented = [figure for figure in compared.added if figure.kind is lost[0].kind][:1]  # two became three
        if len(lost) == len(invented) == 1:
            was, now = (lost[0].start, lost[0].end), (invented[0].start, invented[0].end)
            message = f"“{pair.source[slice(*was)]}” became “{pair.target[slice(*now)]}”"
            severity = Severity.WARNING if _may_become(lost[0], invented[0], pair) else None
            yield self.finding(settings, message, was, now, severity=severity)
            return
        for figure in lost:
            place = figure.start, figure.end
            message = f"“{pair.source[slice(*place)]}” is not in the translation"
            severity = Severity.WARNING if _may_be_left_out(figure) and not invented else None
            yield self.finding(settings, message, place, severity=severity)
        for figure in invented:
            place = figure.start, figure.end
            message = f"“{pair.target[slice(*place)]}” is not in the source"
            severity = Severity.WARNING if _may_be_put_in(figure, pair.target) and not lost else None
            yield self.finding(settings, message, target=place, severity=severity)


def _may_become(was: Figure, now: Figure, pair: Pair) -> bool:
    """Tell whether a translator may have made one figure of the other.

    That is the day before a night, in « dans la nuit de dimanche », and a sum of money whose currency goes without
    saying.
    """
    if was.kind is now.kind is Kind.WEEKDAY:
        assert isinstance(was.value, Decimal)
        assert isinstance(now.value, Decimal)
        return int(was.value - now.value) % 7 in (1, 6) and _NIGHT.search(pair.source + pair.target) is not None
    return was.value == now.value and {was.kind, now.kind} == {Kind.NUMBER, Kind.MONEY}


_NIGHT = re.compile(r"\b(?:nuit|soirs?|soirée|aube|matin|premières heures|night|evening|after|before)\b", re.IGNORECASE)


def _may_be_left_out(figure: Figure) -> bool:
    """Tell whether a translator may do without a figure: one in words, a small number in digits, a day of the week."""
    if figure.spelled or figure.kind is Kind.WEEKDAY:
        return True
    return figure.kind is Kind.NUMBER and isinstance(figure.value, Decimal) and figure.value < _SMALL


_SMALL = 10


def _may_be_put_in(figure: Figure, target: str) -> bool:
    """Tell whether a translator may say what the source does not: on which day, and in brackets how many dollars."""
    bracketed = target[: figure.start].rfind("(") > target[: figure.start].rfind(")")
    return figure.kind is Kind.WEEKDAY or (figure.kind is Kind.MONEY and bracketed)


class Entities(Check):
    """A name is missing, or was changed.

    Names of persons, organisations, products and places must be there, as they are or as English calls them. A surname
    does for a full name, accents may be lost, and an acronym may be another one in English.

    It is an error if a name is misspelt, if another place is named, or if nothing in the translation can stand for the
    name. Else it is a warning: the translation has a word with a capital that the source does not explain, the name is
    an acronym or a title, or it is not certain that it is a name.

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
            if span.kind is not SpanKind.ENTITY or stands(span, pair.target):
                continue
            place = span.start, span.end
            misspelt = misspelt_name(span, pair.source, pair.target)
            misspelt = misspelt or another_first_name(span, pair.source, pair.target)
            if misspelt is None:
                if another_acronym(span, pair.source, pair.target):
                    continue
                if said(Entity(*place, EntityKind.NAME, span.render), pair.target):
                    continue
                misspelt = another_place(span, pair.spans, pair.source, pair.target)
            if misspelt:
                message = f"“{pair.source[slice(*place)]}” became “{pair.target[slice(*misspelt)]}”"
                yield self.finding(settings, message, place, misspelt)
            else:
                severity = Severity.WARNING if may_be_missing(span, pair.spans, pair.source, pair.target) else None
                yield self.finding(settings, _lost(pair.source, span), place, severity=severity)


class Terms(Check):
    """A term of a glossary is missing.

    Every term that a glossary has must come out in one of the forms that the glossary accepts, in singular or plural.
    It is a warning if only a built-in glossary has the term: who translated may not know it. An acronym of a built-in
    glossary that is said as a word may be written as one (Nato), as some British papers do.

    Wrong, with « conseil d'administration » = board of directors: the administrative council
    Right: the boards of directors

    Write the term as the glossary has it, or add the other form to the glossary as admitted.
    """

    id = "terms"
    severity = Severity.ERROR

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        from dragoman.glossary.resolve import built_in

        lost = missing([span for span in pair.spans if span.kind is SpanKind.TERM], pair.target)
        known = {(match.start, match.end) for match in pair.matches if built_in(*match.entries)} if lost else ()
        for span in lost:
            place = span.start, span.end
            if place in known and _as_word(span, pair.target):
                continue
            severity = Severity.WARNING if place in known else None
            yield self.finding(settings, _lost(pair.source, span), place, severity=severity)


def _as_word(term: Span, target: str) -> bool:
    """Tell whether a translation writes an acronym of four letters or more as a word: Nato, Unesco."""
    acronyms = [form for form in term.render if form.isupper() and form.isalpha() and len(form) > 3]
    return any(occurrences(form.capitalize(), target) for form in acronyms)


class ForbiddenTerms(Check):
    """A form stands in the translation that a glossary forbids for a term of the source.

    It is a warning if a built-in glossary says so: the word may be right for another of the sentence.

    Wrong, with « éventuellement » = eventually as forbidden: It may eventually rain.
    Right: It may rain.

    Write the form that the glossary prefers.
    """

    id = "forbidden-terms"
    severity = Severity.ERROR

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        from dragoman.glossary.render import forbidden
        from dragoman.glossary.resolve import built_in

        for match in pair.matches:
            for start, end, entry in forbidden(match, pair.target):
                what = f"“{pair.target[start:end]}” must not stand for “{entry.source}”"
                severity = Severity.WARNING if built_in(entry) else None
                yield self.finding(settings, what, (match.start, match.end), (start, end), severity=severity)


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
