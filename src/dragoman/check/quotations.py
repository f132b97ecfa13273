"""Checks of quotations: they open and close as in the source, have the same words in them, and keep their brackets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dragoman.article.model import Block, Kind
from dragoman.check.check import ArticleCheck, Check
from dragoman.check.finding import Finding, Severity
from dragoman.check.pair import Pair
from dragoman.check.settings import Settings
from dragoman.check.words import inside, words
from dragoman.protect.codes import code_spans

if TYPE_CHECKING:
    from dragoman.protect.quotations import QuoteMark


class _Mark(NamedTuple):
    start: int
    end: int
    opens: bool


class _Reading(NamedTuple):
    """What the marks of a text say."""

    marks: tuple[_Mark, ...]
    unopened: tuple[_Mark, ...]  # close a quotation that is open where the text begins
    unclosed: tuple[_Mark, ...]  # open one that is open where it ends
    passages: tuple[tuple[int, int], ...]  # what is quoted, half-open, with what is quoted in it
    pairs: int  # quotations, nested ones too


class Quotations(ArticleCheck):
    """A quotation does not open or close as in the source.

    Fires when a mark has no partner and those of the source have; when a quotation that goes on in the next sentence
    is closed, or one that ends is not; when most words of a quotation have left its marks, or a sentence has got some
    that the source does not quote; and when editorial brackets in a quotation, [the minister] or […], are lost. A
    clause of reporting that French leaves inside the marks may stand outside. Single words and titles are the business
    of `quoted-words`; `words` is how many words are more than that (6).

    It is an error if the words of a speaker have certainly lost their beginning or end, or their marks. It is a warning
    if that may be otherwise: a pair that stands alone may begin or end inside a quotation; the marks of the source do
    not fit together; the translation has an odd mark that may be the missing one ("We will go,' she says), or closes
    the quotation some sentences later; or the words are no sentence of their own, and may be reported without marks.

    Wrong: « Nous irons », dit-elle. – “We will go, she says.
    Right: « Nous irons, dit-elle, demain. » – “We will go,” she says, “tomorrow.”

    Put the marks around the speaker's words, no more and no less.
    """

    id = "quotations"
    severity = Severity.ERROR
    thresholds: ClassVar = {"words": 6.0}

    def article_findings(self, pairs: Sequence[Pair], settings: Settings) -> Iterator[tuple[int, Finding]]:
        """Yield what is wrong with an article, each finding with the index of the pair that it is about."""
        before = 0  # quotations that are open in the translation
        findings: list[tuple[int, Finding]] = []
        for index, (pair, following) in enumerate(zip_longest(pairs, pairs[1:])):
            before = before if pair.inside and index else pair.inside
            found, before = self._judged(pair, following, before, settings)
            findings += [(index, finding) for finding in found]
        yield from findings if self.id in settings.severities else _with_moved_ends(findings)

    def _judged(self, pair: Pair, following: Pair | None, before: int, settings: Settings) -> tuple[list[Finding], int]:
        """Return what is wrong with a pair, and how many quotations are open behind it in the translation."""
        source, target = _read_source(pair), _read_target(pair, before)
        if not source.marks and not target.marks:
            return [], before
        after = max(0, before - len(target.unopened)) + len(target.unclosed)
        wanted = max(0, pair.inside - len(source.unopened)) + len(source.unclosed)
        goes_on = following is not None and following.inside > 0
        certain = _in_article(pair, following, wanted) and not _ODD_MARK.search(pair.target)
        severity = None if certain else Severity.WARNING
        if len(target.unopened) > before + max(0, len(source.unopened) - pair.inside):
            found = self.finding(settings, _UNOPENED, target=target.unopened[0][:2], severity=severity)
        elif after > wanted and target.unclosed:
            if following and _begins_quoted(following):
                severity = Severity.WARNING  # English leaves a quotation open that goes on in the next paragraph
            found = self.finding(settings, _UNCLOSED, target=target.unclosed[-1][:2], severity=severity)
        elif after > wanted:
            place = source.unopened[0][:2] if source.unopened else None
            found = self.finding(settings, "the quotation is not closed as in the source", place, severity=severity)
        elif after < wanted and goes_on and not (following and _begins_quoted(following)):
            # What nothing shows to go on may be a slip of the pen; a clause of reporting may end a sentence, and
            # then English opens the quotation again.
            place = source.unclosed[-1][:2] if source.unclosed else None
            message = "the quotation does not stay open as in the source"
            found = self.finding(settings, message, place, severity=severity)
        else:
            rest = (
                [] if _UNREADABLE.search(pair.source) else list(self._moved(pair, source, target, settings, severity))
            )
            return [*rest, *self._brackets(pair, source, settings, severity)], after
        return [found, *self._brackets(pair, source, settings, severity)], wanted

    def _moved(
        self, pair: Pair, source: _Reading, target: _Reading, settings: Settings, severity: Severity | None
    ) -> Iterator[Finding]:
        """Yield a finding if words went in or out of the marks."""
        few = self.threshold(settings, "words")
        given, now = _quoted(pair.source, source), _quoted(pair.target, target)
        said = not target.marks and next((p for p in source.passages if _said(pair.source, *p)), None)
        if said or (given >= few and now < 0.4 * given):
            message = "words have left the quotation" if target.marks else "the quotation marks are gone"
            place = said or source.passages[0]
            if not said and not _is_sentence(pair.source, *place):
                severity = Severity.WARNING
            yield self.finding(settings, message, place, severity=severity)
        elif now >= few and given < 0.4 * now:
            place = target.passages[0]
            if not _is_sentence(pair.target, *place):
                severity = Severity.WARNING
            message = "words are quoted that the source does not quote"
            yield self.finding(settings, message, target=place, severity=severity)

    def _brackets(
        self, pair: Pair, source: _Reading, settings: Settings, severity: Severity | None
    ) -> Iterator[Finding]:
        within = [found for found in _BRACKETS.finditer(pair.source) if inside(source.passages, found.start())]
        lost = len(within) - len(_BRACKETS.findall(pair.target))
        for found in within[:lost] if lost > 0 else ():
            dots = not any(map(str.isalnum, found[0])) and _DOTS.search(pair.target) is not None
            message = f"the brackets of “{found[0]}” are gone"
            yield self.finding(settings, message, found.span(), severity=Severity.WARNING if dots else severity)


_UNOPENED = "a quotation is closed that was not opened"
_UNCLOSED = "a quotation is opened and not closed"
_SOME_SENTENCES = 5  # in which a quotation may be closed that was opened
# A mark that may stand for another: an apostrophe that closes, two marks in a row, a mark between spaces.
_ODD_MARK = re.compile(
    r"(?<=[.,!?…])['’](?=[\s.,;:!?)]|$)|(?<=[\w])(?<!s)['’](?=[.,;:!?)]|\s|$)|(?<![\w.,!?])''|[\"“”][  ]?['\"“”‘’]"
    r"|(?:^|(?<=\s))\"(?=\s|$)|``"
)
_DOTS = re.compile(r"\.\.\.|…|\. \. \.")


def _with_moved_ends(findings: Sequence[tuple[int, Finding]]) -> Iterator[tuple[int, Finding]]:
    """Yield findings, those as warnings that tell only where a quotation ends: it opens in one pair, closes in another.

    Translators may join two quotations, and may leave the marks to the first and the last sentence.
    """
    moved: set[int] = set()
    opened: tuple[int, int] | None = None  # the number of the finding, and the index of its pair
    for number, (index, finding) in enumerate(findings):
        if finding.message == _UNCLOSED:
            opened = number, index
        elif finding.message == _UNOPENED and opened is not None:
            if index - opened[1] <= _SOME_SENTENCES:
                moved |= {opened[0], number}
            opened = None
    for number, (index, finding) in enumerate(findings):
        yield index, replace(finding, severity=Severity.WARNING) if number in moved else finding


def _in_article(pair: Pair, following: Pair | None, wanted: int) -> bool:
    """Tell whether the marks of a source are certain: an article has them, and they fit to what follows.

    `wanted` is how many quotations are open behind the pair by its own marks.
    """
    goes_on = following.inside if following is not None else 0
    return pair.marks is not None and wanted == goes_on and not _UNREADABLE.search(pair.source)


def _is_sentence(text: str, start: int, end: int) -> bool:
    """Tell whether a quotation, text[start:end] with its marks, begins as a sentence does."""
    first = _FIRST.match(text, start, end)
    return first is not None and first[1].isupper()


def _said(text: str, start: int, end: int) -> bool:
    """Tell whether a quotation, text[start:end] with its marks, is a sentence that somebody says, be it a short one."""
    first = _FIRST.match(text, start)
    if not first or not first[1].isupper() or len(words(text[start:end])) < 2:
        return False
    introduced = not text[:start].strip() or text[:start].rstrip().endswith(":")
    return introduced and (_REPORTED.match(text, end) is not None or _FINISHED.search(text, start, end) is not None)


_FIRST = re.compile(r"[^\w]{1,4}(\w)")
_REPORTED = re.compile(r"[  ]?,[  ]?[a-zéà]")
_FINISHED = re.compile(r"[.!?…][\s»”\"’']*$")


_BRACKETS = re.compile(r"\[[^\[\]]{1,200}\]")


class QuotedWords(Check):
    """Words in quotation marks have lost them, or got some.

    Fires when the translation has fewer quotations than its source, or has some where the source has none. Translators
    may set words at a distance by other means, and name a work without marks; but a reader may miss that.

    Wrong: « le « miracle » allemand » – the German miracle
    Right: « le « miracle » allemand » – the German “miracle”

    Set the marks, if nothing else tells that the words are somebody's.
    """

    id = "quoted-words"

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        source, target = _read_source(pair), _read_target(pair, pair.inside)
        unsure = source.unclosed or source.unopened or target.unclosed or target.unopened
        if unsure or _UNREADABLE.search(pair.source) or next(Quotations().findings(pair, settings), None):
            return
        if target.pairs < source.pairs:
            yield self.finding(settings, "quotation marks are missing", source.marks[0][:2])
        elif target.pairs > source.pairs and not source.pairs:
            yield self.finding(settings, "the source has no quotation marks", target=target.passages[0])


def _read_source(pair: Pair) -> _Reading:
    if _UNREADABLE.search(pair.source) or not _ANY_MARK.search(pair.source):
        return _EMPTY
    return _source_reading(pair.source, pair.marks, pair.kind or Kind.PARAGRAPH)


@lru_cache(maxsize=16)
def _source_reading(text: str, marks: tuple[QuoteMark, ...] | None, kind: Kind) -> _Reading:
    if marks is None:
        from dragoman.protect.quotations import marks as marks_in
        from dragoman.protect.quotations import quotations

        size = len(text)
        block = Block(kind, 0, size, text, tuple(range(size)), tuple(range(1, size + 1)))
        marks = marks_in(quotations([block]), 0, 0, size)
    return _read([_Mark(mark.start, mark.end, mark.role == "open") for mark in marks], len(text))


def _begins_quoted(pair: Pair) -> bool:
    """Tell whether a translation begins with a mark that opens, or opens again."""
    return pair.target.lstrip("([…. ")[:1] in ("“", "‘", '"', "«", "'")


def _read_target(pair: Pair, before: int) -> _Reading:
    """Read the marks of a translation; those that a paragraph of an open quotation repeats are none."""
    if not _ANY_MARK.search(pair.target):
        return _EMPTY
    again = pair.inside if before >= pair.inside and pair.inside and _begins_quoted(pair) else 0
    return _target_reading(pair.target, before, again, pair.locale, tuple(typed_apostrophes(pair)))


@lru_cache(maxsize=16)
def _target_reading(text: str, before: int, again: int, locale: str | None, apostrophes: tuple[int, ...]) -> _Reading:
    from dragoman.localise.quotes import quotation_marks
    from dragoman.localise.style import style

    codes = code_spans(text)
    found = [
        _Mark(mark.start, mark.end, mark.role == "open")
        for mark in quotation_marks(text, before, style(locale) if locale else None)
        if mark.start not in apostrophes and not any(code.start <= mark.start < code.end for code in codes)
    ]
    while again and found and found[0].opens and not any(char.isalnum() for char in text[: found[0].start]):
        found.pop(0)
        again -= 1
    return _read(found, len(text))


# A " that was typed for an apostrophe (l"énergie), or doubled by a table: what is quoted can't be told.
_UNREADABLE = re.compile(r"(?<!\w)(?:[cdjlmnst]|qu|jusqu|lorsqu)\"[ \w]|\"\"", re.IGNORECASE)
_ANY_MARK = re.compile("[«»“”„‟\"‘’'‹›`]")
_EMPTY = _Reading((), (), (), (), 0)


def typed_apostrophes(pair: Pair) -> list[int]:
    """Return where a " was typed in a translation for the apostrophe of a possessive: the students" rights.

    The source quotes nothing, and the mark is alone.
    """
    found = [mark.start() for mark in re.finditer('"', pair.target)]
    alone = [at for at in found if _POSSESSIVE.match(pair.target, at)] if len(found) % 2 else []
    quotes = _DOUBLE_MARK.search(pair.source) and not _UNREADABLE.search(pair.source)
    return alone if len(alone) == 1 and not quotes else []


_POSSESSIVE = re.compile(r"(?<=\ws)\"(?= \w)")
_DOUBLE_MARK = re.compile('[«»“”„‟"]')


def _read(marks: Sequence[_Mark], size: int) -> _Reading:
    waiting: list[_Mark] = []
    unopened: list[_Mark] = []
    passages: list[tuple[int, int]] = []
    pairs = 0
    for mark in marks:
        if mark.opens:
            waiting.append(mark)
        elif waiting:
            opening = waiting.pop()
            pairs += 1
            if not waiting:
                passages.append((opening.start, mark.end))
        else:
            unopened.append(mark)
            passages = [(0, mark.end)]
    if waiting:
        passages.append((waiting[0].start, size))
    return _Reading(tuple(marks), tuple(unopened), tuple(waiting), tuple(passages), pairs)


def _quoted(text: str, reading: _Reading) -> int:
    """Return how many words of a text are in quotation marks."""
    starts = [word.start for word in words(text)]
    return sum(bisect_left(starts, end) - bisect_left(starts, start) for start, end in reading.passages)
