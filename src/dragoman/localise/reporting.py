"""Punctuates quotations and their reporting clauses as newspapers of the target locale do.

French writes « Nous sommes prêts », a répondu la ministre, « mais prudents. » What follows a quotation is a
reporting clause if the source has a verb of saying and then its subject there: the verb is found by its form (dit-il)
or in a list. English then has

- en-US: “We are ready,” the minister said, “but cautious.” Commas and full stops stand inside, whatever they belong
  to; a comma introduces a quotation of one sentence, a colon a longer one (AP Stylebook, "quotation marks", "comma",
  "colon").
- en-GB: ‘We are ready,’ the minister said. ‘We are ready’, she said, ‘but cautious.’ The comma stands inside a whole
  sentence (Guardian style guide, "quotation marks"), and outside where one is broken off, unless it is the speaker's
  own (‘Yes,’ he said, ‘it is’: Fowler; New Hart's Rules, ch. 9, "Quotation marks and other punctuation"). A full stop
  stands inside what is a whole sentence, and outside of a fragment; a quotation that begins as a fragment and goes on
  is punctuated by its last part, and a colon introduces a sentence (Guardian).

In both a question or exclamation mark takes no comma or full stop after it, and the part after the reporting clause
begins with a small letter.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from dragoman.localise.edit import Edit, trim
from dragoman.localise.quotes import Passage, passages
from dragoman.localise.style import Style
from dragoman.localise.verbs import english_said, french_participles, french_says

_CLOSERS = "”’"
_OPENERS = "“‘"
_SPACE = " \t\u00a0\u202f\u2009"
_ABBREVIATION = re.compile(
    r"(?:\b\w|\b[ap]\.m|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|St|Dr|Mr|Mrs|Ms|Gen|Sen|Rep|Gov|Lt|Col|Prof|No|etc|vs|M|Mme))\.$"
)
_SENTENCE_END = re.compile(rf"[.!?…][{_CLOSERS}»\")\]]*+\s++(?=[{_OPENERS}«\"(\[]*[^\W\d_a-zà-ÿ])")
# Small words after which no quotation is introduced by a mark, and before which a clause does not end.
_LINKS = frozenset(
    "a an the this that these those his her its their our my your of in on at by for from to with as and or but nor "
    "is are was were be been being not no than about into like so very some any called named".split()
)
# What cannot begin a reporting clause that stands behind a quotation.
_NO_CLAUSE = _LINKS - frozenset("a an the this that these those his her its their our my your no some any".split()) | {
    *("has", "have", "had", "will", "would", "can", "could", "may", "might", "must", "should", "which", "who", "where"),
    *("when", "while", "if", "because", "then", "too", "also"),
}
# Words that never are names: their capital can go.
_SMALL = frozenset(
    "a an the this that these those his her its their our my your and or but nor so yet for if when while because "
    "since although though as of in on at by from to with without not we he she it they you who what which where how "
    "there here it's we're they're he's she's that's don't even only just".split()
)
_CAPITALISED_SUBJECT = frozenset("The A An He She It They We This That His Her Its Their In On At But And I".split())
_WORD = re.compile(r"[^\W_](?:[^\W_]|['’-](?=[^\W_]))*")
# Words with which a speech goes on after a reporting clause, and words that begin an apposition or an adjunct in it.
_GOES_ON = (
    "mais|et|ou|donc|or|ni|car|parce|puisque|si|quand|nous|je|tu|vous|on|ce|cela|ça|il|elle|ils|elles|ne|pas|même|aussi|"
    "surtout|cette|ces|notre|nos|mon|ma|mes|leur|leurs|comme|y|aujourd['’]hui|[jcn]['’]\\w+"
)
_APPOSITION = (
    "qui|dont|ancien|ancienne|directeur|directrice|président|présidente|vice-\\w+|ministre|maire|secrétaire|chef|cheffe|"
    "porte-parole|député|députée|sénateur|sénatrice|professeur|professeure|avocat|avocate|économiste|responsable|patron|"
    "patronne|fondateur|fondatrice|PDG|auteur|autrice|chercheur|chercheuse|médecin|délégué|déléguée|représentant|"
    "représentante|coprésident|coprésidente|procureur|procureure|préfet|préfète|entraîneur|entraîneuse|capitaine|membre|"
    "analyste|expert|experte|spécialiste|gérant|gérante|cofondateur|cofondatrice|conseiller|conseillère|commissaire|"
    "général|adjoint|adjointe|étudiant|étudiante|âgé|âgée|cité|citée|interrogé|interrogée|dans|lors|devant|à|en|sur|"
    "enseignante?|habitante?|infirmière?|ouvrière?|agriculteur|agricultrice|\\w{3,}(?:logue|iste|graphe)|"
    "(?!combien)\\w{3,}ien(?:ne)?"
)
_MOST_SUBJECT = 8  # words
_LONG = 200  # characters, of a clause that can be told to be one
_MOST_CLAUSES = 5  # that a quotation is searched for
_MOST_MARKS = 10  # marks and spaces before the first letter of a text
_BEHIND_FRENCH = re.compile(rf"[{_SPACE}»”\"]{{0,{_MOST_MARKS}}}(,?)[{_SPACE}]*+")
_BEHIND_ENGLISH = re.compile(rf"[{_CLOSERS}]*+[,.]?[{_SPACE}]++")
_CLAUSE_END = re.compile(r"[^.,;:“‘”!?]{0,60}(?:[.,]|$)")
_STARTS_FRENCH = re.compile(rf"[{_SPACE}«“‘\"–—-]{{0,{_MOST_MARKS}}}")


@functools.cache
def _french_clause() -> re.Pattern[str]:
    """Match the beginning of a clause behind the marks: a déclaré, explique, s'est-elle réjouie, selon."""
    clitics = r"(?:(?:nous|vous|leur|lui|se|me|en|y)\s++|[mtls]['’]\s*+){0,2}"
    pronoun = r"-(?:t-)?(?:ils?|elles?|on|je|nous)\b"
    auxiliary = r"(?:ai|as|a|avons|ont|est|sont|avait|avaient|était|étaient|aura|aurait|auraient|eut)"
    participle = rf"(?:{'|'.join(french_participles())})e?s?\b"
    return re.compile(
        rf"{clitics}(?:\w++{pronoun}|{auxiliary}\s++(?:\w++\s++){{0,2}}?{participle}|(?:{'|'.join(french_says())})\b)"
        r"|selon\b|d['’]après\b|à\s++en\s++croire\b|dixit\b"
    )


@functools.cache
def _french_incise() -> re.Pattern[str]:
    """Match a reporting clause inside the marks: a verb of saying, and a subject other than the speaker's own "I".

    After a comma the speech goes on if a word follows that joins a clause or is its subject; what may be an apposition
    to the speaker (maire de Lyon) belongs to the clause, which then must end with the sentence. Any other is no match.
    """
    clitics = r"(?:(?:nous|leur|lui|se|me|en|y)\s++|[mls]['’]\s*+){0,2}"
    pronoun = r"-(?:t-)?(?:ils?|elles?)\b"
    auxiliary = r"(?:a|ont|est|sont|avait|avaient|était|étaient)"
    participle = rf"(?:{'|'.join(french_participles())})e?s?\b"
    says = rf"(?:{'|'.join(french_says())})\b"
    clause = r"[^.,;:!?…«»“”\"()]{0,120}"
    return re.compile(
        rf"[,!?…]\s++{clitics}(?:{auxiliary}(?:{pronoun})?\s++(?:\w++\s++){{0,2}}?{participle}|{says}(?:{pronoun})?)"
        rf"(?!\s++que\b){clause}"
        rf"(?P<more>(?:,\s++(?:(?:{_APPOSITION})\b|\d{{1,3}}\s++ans\b){clause}){{0,2}}?)"
        rf"(?:(?P<comma>,)(?=\s++(?:{_GOES_ON})\b)|(?:,{clause}){{0,1}}(?=\.|\s*+[»”\"]|$))"
    )


@functools.cache
def _english_clause() -> re.Pattern[str]:
    """Match a reporting clause up to its verb: the minister said, said."""
    word = rf"(?!{_said()})(?:(?:Mr|Mrs|Ms|Dr|Gen|Sen)\.|[^\s.,;:!?…“”‘«»\"()—–]++)\s++"
    return re.compile(rf"(?P<subject>(?:{word}){{0,{_MOST_SUBJECT}}}+){_said()}|according\s++to\b")


@functools.cache
def _english_incise(*, comma: bool, more: int) -> re.Pattern[str]:
    """Match the reporting clause inside the marks, which ends with the comma behind `more` others, or the sentence."""
    said = _english_clause().pattern.split("|according")[0]
    inner = r"(?:[^.,;:!?…“”‘’()]|’(?=\w)){0,120}"
    end = rf"(?:,{inner}){{{more}}}(?=,)" if comma else rf"(?:,{inner}){{0,3}}(?=[.”’]|$)"
    return re.compile(rf"([,!?…])\s++({said}{inner}){end}")


@functools.cache
def _said() -> str:
    return rf"(?:{'|'.join(english_said())})\b"


@dataclass(frozen=True, slots=True)
class _Quotation:
    """A passage of the target, and what the source says about it."""

    passage: Passage
    source: Passage | None
    whole: bool  # a sentence of its own, or the end of one
    reported: bool  # a reporting clause follows
    starts: bool  # it begins a sentence


def reporting_edits(
    source: str,
    target: str,
    house: Style,
    taken: bytearray,
    inside: int = 0,
    opens: bool = False,
    reopens: bool = False,
) -> list[Edit]:
    """Return the edits that punctuate the quotations of `target`, sorted and without overlap.

    Args:
        source: The French sentence.
        target: Its translation, with the locale's marks.
        house: The locale's style.
        taken: 1 for each character of `target` that is part of a code.
        inside: How many quotations are open where the sentence begins.
        opens: See `dragoman.localise.localise`.
        reopens: See there.

    """
    found = passages(target, house, taken, inside, opens)
    if not found:
        return []
    french = passages(source, house, bytearray(len(source)), inside, opens)
    aligned: list[Passage | None] = [None] * len(found)
    if [passage.depth for passage in french] == [passage.depth for passage in found]:
        aligned = [*french]
    quotations = _judged(source, target, found, aligned)
    cut = list(_incises(source, target, house, quotations, reopens=reopens))
    if cut and not any(any(taken[edit.start : edit.end]) for edit in cut):
        return cut  # what they leave is punctuated in the next round
    edits = [
        *_closings(target, house, source, quotations),
        *_introductions(source, target, house, quotations),
        *_capitals(source, target, quotations),
    ]
    kept: list[Edit] = []
    for edit in sorted(filter(None, (trim(target, edit) for edit in edits)), key=lambda edit: (edit.start, edit.end)):
        free = not any(taken[edit.start : edit.end]) and (not kept or kept[-1].end < edit.start)
        if free:
            kept.append(edit)
    return kept


def _judged(source: str, target: str, found: Sequence[Passage], aligned: Sequence[Passage | None]) -> list[_Quotation]:
    ends = [match.end() for match in _SENTENCE_END.finditer(target) if not _abbreviated(target, match.start() + 1)]
    quotations: list[_Quotation] = []
    last: dict[int, _Quotation] = {}  # at each depth
    for passage, other in zip(found, aligned, strict=True):
        starts = passage.opening is None or _starts(target, passage.opening, ends)
        reported = passage.closing is not None and _reported(source, target, passage, other, starts)
        before = last.get(passage.depth)
        whole = _whole(source, target, passage, other, ends, starts) or (
            before is not None and before.whole and _continues(target, before, passage)
        )
        quotation = _Quotation(passage, other, whole, reported, starts)
        quotations.append(quotation)
        last[passage.depth] = quotation
    return quotations


def _abbreviated(text: str, end: int) -> bool:
    """Tell whether the full stop that ends at `end` is that of an abbreviation."""
    return _ABBREVIATION.search(text, max(0, end - 8), end) is not None


def _starts(text: str, opening: int, ends: Sequence[int]) -> bool:
    """Tell whether an opening mark begins a sentence."""
    place = opening
    while place > max(0, opening - _MOST_MARKS) and text[place - 1] in _OPENERS + _SPACE + "–—-([":
        place -= 1
    if place == 0:
        return True
    at = bisect_left(ends, place)
    return at < len(ends) and place <= ends[at] <= opening


def _first_letter(text: str, place: int) -> str:
    """Return the first letter of a quotation whose mark stands at `place`, or "" if it begins with anything else."""
    place += 1
    while place < len(text) and text[place] in _SPACE:
        place += 1
    letter = text[place : place + 1]
    return letter if letter.isalpha() else ""


def _before(text: str, place: int) -> str:
    """Return the last character before `place` that is no space."""
    while place > 0 and text[place - 1] in _SPACE:
        place -= 1
    return text[place - 1 : place]


def _clause_before(text: str, place: int) -> str:
    """Return the end of what stands before `place`, in the same sentence."""
    return re.split(r"[.!?…;”’»]\s", text[max(0, place - 120) : place])[-1]


def _says(text: str) -> bool:
    """Tell whether a clause has an English verb of saying."""
    return re.search(rf"\b{_said()}", text) is not None


def _whole(
    source: str, target: str, passage: Passage, other: Passage | None, ends: Sequence[int], starts: bool
) -> bool:
    """Tell whether a quotation is a sentence or more."""
    opening, closing = passage.opening, passage.closing
    if opening is None:
        return True
    inner_end = len(target) if closing is None else closing
    first = bisect_left(ends, opening + 2)
    if first < len(ends) and ends[first] < inner_end:
        return True
    letter = _first_letter(target, opening)
    if starts:
        return letter.isupper() or not letter
    if not letter.isupper():
        return False
    before = _before(target, opening)
    colon = other is not None and other.opening is not None and _before(source, other.opening) == ":"
    said = _says(_clause_before(target, opening))
    if before == ":":
        words = [word for word in _WORD.findall(target, opening, min(inner_end, opening + _LONG)) if len(word) > 3]
        return said or any(word[0].islower() for word in words) or _source_stop_inside(source, other)
    return (before == "," and (said or colon)) or (before.isalnum() and colon and said)


def _source_stop_inside(source: str, other: Passage | None) -> bool:
    return other is not None and other.closing is not None and _before(source, other.closing) == "."


def _continues(target: str, before: _Quotation, passage: Passage) -> bool:
    """Tell whether a quotation goes on with the one before it, after a reporting clause."""
    if passage.opening is None or before.passage.closing is None:
        return False
    between = target[before.passage.closing : min(passage.opening, before.passage.closing + _LONG)]
    comma = _before(target, passage.opening) == ","
    return len(between) < _LONG and comma and before.reported and _SENTENCE_END.search(between + "X") is None


def _source_clause(source: str, other: Passage | None) -> tuple[bool, bool]:
    """Tell whether a reporting clause follows a quotation in the source, and whether after a comma."""
    if other is None or other.closing is None:
        return False, False
    rest = _BEHIND_FRENCH.match(source, other.closing + 1)
    assert rest is not None
    comma = bool(rest[1]) or _before(source, other.closing) == ","
    return _french_clause().match(source, rest.end()) is not None, comma


def _reported(source: str, target: str, passage: Passage, other: Passage | None, starts: bool) -> bool:
    """Tell whether a reporting clause follows a quotation of the target."""
    assert passage.closing is not None
    rest = _BEHIND_ENGLISH.match(target, passage.closing + 1)
    if rest is None or rest.end() == len(target):
        return False
    following = target[rest.end() : rest.end() + _LONG]
    word = _WORD.match(following)
    if word is None or word[0] in _NO_CLAUSE:
        return False
    clause = _english_clause().match(following)
    in_source, comma = _source_clause(source, other)
    if clause is not None:
        if in_source:
            return True
        # Of a quotation that the source has not got as it is: “We are ready,” the minister said.
        end = _CLAUSE_END.match(following, clause.end())
        comma = "," in (target[passage.closing - 1], target[passage.closing + 1 : passage.closing + 2])
        return other is None and starts and comma and end is not None
    start = _STARTS_FRENCH.match(source)
    at_start = other is not None and start is not None and start.end() > (other.opening or 0)
    return in_source and comma and starts and at_start


def _incises(
    source: str, target: str, house: Style, quotations: Sequence[_Quotation], *, reopens: bool
) -> Iterator[Edit]:
    """Yield the marks around a reporting clause that French leaves inside them.

    « Nous sommes prêts, a répondu la ministre, mais prudents. » is “We are ready,” the minister said, “but cautious.”
    """
    nested = [quotation.passage for quotation in quotations if quotation.passage.depth]
    for quotation in quotations:
        passage, other = quotation.passage, quotation.source
        if other is None or passage.depth:
            continue
        begin = 0 if passage.opening is None else passage.opening + 1
        end = len(target) if passage.closing is None else passage.closing
        french_end = len(source) if other.closing is None else other.closing + 1
        french = list(islice(_french_incise().finditer(source, (other.opening or -1) + 1, french_end), 2))
        if len(french) != 1:
            continue
        english = [
            match
            for match in islice(
                _english_incise(comma=french[0]["comma"] is not None, more=french[0]["more"].count(",")).finditer(
                    target, begin, min(len(target), end + 1)
                ),
                _MOST_CLAUSES,
            )
            if not any((q.opening or 0) < match.end() and match.start() <= (q.closing or end) for q in nested)
        ]
        if len(english) != 1:
            continue
        opening, closing = house.quotes
        match = english[0]
        again = match.end() + 1
        while again < end and target[again] in _SPACE:
            again += 1
        goes_on = match.end() < end and again < end
        if not goes_on and passage.closing is None and not reopens:
            continue
        mark = match[1]
        inside = mark != "," or house.marks_inside_quotes or not goes_on
        yield Edit(match.start(), match.start() + 1, mark + closing if inside else closing + mark)
        if goes_on:
            yield Edit(again, again, opening)
        elif passage.closing is not None:
            yield Edit(passage.closing, passage.closing + 1, "")
        return  # the others in the next round, by the marks that are there then


def _closings(target: str, house: Style, source: str, quotations: Sequence[_Quotation]) -> Iterator[Edit]:
    """Yield the edits for the stops and commas at closing marks."""
    by_closing = {q.passage.closing: q for q in quotations if q.passage.closing is not None}
    done = -1
    for start in sorted(by_closing):
        if start < done:
            continue
        end = start + 1
        while end in by_closing:
            end += 1
        done = end
        run = [by_closing[place] for place in range(start, end)]
        reported = any(q.reported for q in run)
        other = run[-1].source
        own_comma = other is not None and other.closing is not None and _before(source, other.closing) == ","
        last_opening = max((q.passage.opening or 0 for q in quotations[-1:]), default=0)
        broken_off = last_opening > end
        inner = run[0].source
        cry = _before(source, inner.closing) if inner is not None and inner.closing is not None else ""
        stop = target[start - 1 : start]
        short = target.endswith("..", 0, start) or _abbreviated(target, start)
        if cry and cry in "!?" and (stop == "," or (stop == "." and not short)):
            # The model made a statement of it; the next round punctuates what is left.
            yield Edit(start - 1, end, cry + target[start:end] + ("," if stop == "," and not reported else ""))
            continue
        edit = _closing(target, house, start, end, run, reported, own_comma and broken_off, broken_off)
        if edit:
            yield edit


def _closing(
    text: str,
    house: Style,
    start: int,
    end: int,
    run: Sequence[_Quotation],
    reported: bool,
    own_comma: bool,
    broken_off: bool,
) -> Edit | None:
    """Return the edit of the marks text[start:end] that close `run`, with the stops beside them."""
    marks = text[start:end]
    inner = text[start - 1 : start]
    outer = text[end : end + 1] if text[end : end + 1] in (",", ".") and not text[end + 1 : end + 2].isalnum() else ""
    if text.startswith("..", end):
        outer = ""
    left, right = start - (inner in (",", ".") and start > 0), end + len(outer)
    ellipsis = text.endswith("..", 0, start)
    short = inner == "." and (ellipsis or _abbreviated(text, start))
    if short:
        left = start
    stop = "" if short or inner not in (",", ".") else inner
    first = next((index for index, q in enumerate(run) if q.whole), len(run))
    following = text[right:].lstrip(_SPACE)[:1] if right - end < 80 else ""
    if reported:
        name = following.isupper() and _WORD.match(text[right : right + 80].lstrip(_SPACE))
        new_sentence = stop == "." and name and name[0] in _CAPITALISED_SUBJECT
        if new_sentence or inner in ("…", ";", ":", "—", "–") or ellipsis:
            return None
        if inner in "!?":
            return Edit(end, right, "") if outer == "," else None
        if house.marks_inside_quotes or (own_comma and stop == ","):
            return Edit(left, right, "," + marks)
        inside = len(run) if broken_off else first
        return Edit(left, right, marks[:inside] + "," + marks[inside:])
    if house.marks_inside_quotes:
        return None
    if inner in "!?" and inner:
        return Edit(end, right, "") if outer == "." and any(q.whole for q in run) else None
    if stop == "," and not own_comma:
        return Edit(left, right, marks + (outer or ","))
    if stop == "." and not outer:
        if first and (following or first == len(run)) and following.islower():
            return None
        return Edit(left, end, marks[:first] + "." + marks[first:])
    if outer == "." and first < len(run):
        ends = stop == "." or (first == 0 and (short or inner == "…"))
        return Edit(left, right, marks[:first] + ("." if not ends or stop else "") + marks[first:])
    if outer and stop == ".":
        return Edit(left, right, marks + outer)
    return None


def _introductions(source: str, target: str, house: Style, quotations: Sequence[_Quotation]) -> Iterator[Edit]:
    """Yield the commas and colons that are missing before a quotation."""
    for before, quotation in pairwise([None, *quotations]):
        assert quotation is not None
        opening, other = quotation.passage.opening, quotation.source
        if opening is None or other is None or other.opening is None:
            continue
        place = opening
        while place > 0 and target[place - 1] in _SPACE:
            place -= 1
        last = target[place - 1 : place]
        if place == opening or not last.isalnum():
            continue
        word = re.split(r"[\s“‘(]", target[max(0, place - 30) : place])[-1]
        if word.lower() in _LINKS:
            continue
        mark = _before(source, other.opening)
        if mark == "," and before is not None and before.reported and before.passage.depth == quotation.passage.depth:
            yield Edit(place, place, ",")
        elif mark == ":" and _first_letter(target, opening).isupper() and not quotation.starts:
            inner = target[opening : min(quotation.passage.closing or 0, opening + _LONG)]
            comma = _says(word) and house.marks_inside_quotes and not _SENTENCE_END.search(inner)
            yield Edit(place, place, "," if comma and quotation.passage.closing is not None else ":")


def _capitals(source: str, target: str, quotations: Sequence[_Quotation]) -> Iterator[Edit]:
    """Yield the edits that give the first letter of a quotation its right case."""
    for before, quotation in pairwise([None, *quotations]):
        assert quotation is not None
        opening, other = quotation.passage.opening, quotation.source
        if opening is None or other is None or other.opening is None:
            continue
        letter, french = _first_letter(target, opening), _first_letter(source, other.opening)
        if not letter or not french or letter.isupper() == french.isupper():
            continue
        place = target.index(letter, opening)
        mark = _before(target, opening)
        if letter.islower():
            colon = _before(source, other.opening) == ":"
            sentence = mark in ".!?…" and mark and _before(source, other.opening) in ".!?…"
            if (
                quotation.starts
                or (sentence and not _abbreviated(target, target.rindex(mark, 0, opening) + 1))
                or (colon and (mark == ":" or (mark == "," and _says(_clause_before(target, opening)))))
            ):
                yield Edit(place, place + 1, letter.upper())
        elif (
            before is not None
            and before.reported
            and before.passage.depth == quotation.passage.depth
            and not quotation.starts
            and (word := _WORD.match(target, place)) is not None
            and word[0].replace("’", "'").lower() in _SMALL
        ):
            yield Edit(place, place + 1, letter.lower())
