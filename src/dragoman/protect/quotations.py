"""Finds the quotations of an article: what is quoted, from which mark to which, how deep, and by whom.

Marks are told apart by their sides (`dragoman.protect.quote_marks`) and paired by one stack that runs through the
whole article, since a quotation may go on over several paragraphs. A mark whose partner is missing is recovered: at
a sentence that can only follow it, else at the end of the paragraph. Then interrupted quotations are joined, each is
given its kind, and `dragoman.protect.speakers` says whose words they are.

French usage follows the Lexique des règles typographiques en usage à l'Imprimerie nationale (2002), s.v. guillemets:
a guillemet repeated at each paragraph, « or (in the older style) »; one closing guillemet for two that end together.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

from dragoman.article.model import Block, Kind
from dragoman.protect.codes import code_spans
from dragoman.protect.quote_marks import SPACE, Family, Mark, last_character, next_character, quote_marks
from dragoman.protect.reporting import incise, incises
from dragoman.protect.speakers import Speaker, attribute


class QuotationKind(StrEnum):
    """What a quotation is."""

    SPEECH = "speech"  # what somebody said or wrote
    WORDS = "words"  # a word or a few, quoted or held at a distance, in a sentence of the article's own
    TITLE = "title"  # of a work: it stays as it is
    NAME = "name"  # of a programme, an operation, a law
    PULL_QUOTE = "pull quote"  # a block set apart, with or without marks
    DIALOGUE = "dialogue"  # a reply behind a dash or a name, without marks


class Flag(StrEnum):
    """What an editor has to know of a quotation."""

    UNCLOSED = "unclosed"  # the closing mark is missing; where the words end is a guess
    UNOPENED = "unopened"  # the opening mark is missing; where the words begin is a guess
    BRACKETS = "brackets"  # the newspaper put in or left out something: [l'AGI], […]
    ORIGINAL_LIKELY_ENGLISH = "original_likely_english"  # the French is a translation already: look up the words


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a quotation: the text of block number `block`, `text[start:end]` (characters, half-open).

    That is with its marks and the spaces inside them; `text[inner_start:inner_end]` is without.
    """

    block: int
    start: int
    end: int
    inner_start: int
    inner_end: int
    opened: bool  # a mark stands at its start,
    closed: bool  # and at its end
    repeated: bool = False  # the mark at its start repeats that of an earlier paragraph
    incises: tuple[tuple[int, int], ...] = ()  # ranges of the block's text that are not the speaker's words


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words: one piece, or several where the author interrupts or a paragraph ends."""

    pieces: tuple[Piece, ...]
    kind: QuotationKind
    depth: int  # how many quotations with marks it stands in
    parent: int | None  # the number of the quotation that it stands in
    speaker: Speaker | None
    flags: frozenset[Flag]

    @property
    def marked(self) -> bool:
        """Whether it has quotation marks: a pull quote or a reply may have none."""
        return any(piece.opened or piece.closed for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class QuoteMark:
    """A mark of a segment, with the spaces inside it: the segment's text[start:end] (characters, half-open)."""

    start: int
    end: int
    role: Literal["open", "close"]
    depth: int
    quotation: int  # its number among the article's


def quotations(blocks: Sequence[Block]) -> tuple[Quotation, ...]:
    """Return the quotations of an article in the order in which they begin, an outer one before those in it.

    Boilerplate is passed over: no quotation stands in it, or ends because of it.

    Args:
        blocks: All the blocks of the article in order; pieces name them by their index.

    """
    drafts = _paired(blocks)
    drafts = _without_doubles(drafts)
    _join_interrupted(blocks, drafts)
    drafts = [draft for draft in drafts if not draft.dropped]
    drafts += _pull_quotes(blocks, drafts)
    drafts += _replies(blocks, drafts)
    drafts.sort(key=lambda draft: (draft.pieces[0].block, draft.pieces[0].start, -draft.pieces[0].end, draft.marked))
    _nest(drafts)
    _note_incises(blocks, drafts)
    _note_brackets(blocks, drafts)
    found = _numbered(blocks, drafts)
    speakers = attribute(blocks, found)
    return tuple(
        replace(
            quotation,
            speaker=speaker,
            flags=quotation.flags | {Flag.ORIGINAL_LIKELY_ENGLISH} if english else quotation.flags,
        )
        for quotation, (speaker, english) in zip(found, speakers, strict=True)
    )


def marks(found: Sequence[Quotation], block: int, start: int, end: int) -> tuple[QuoteMark, ...]:
    """Return the quotation marks that stand in `text[start:end]` of a block, in order, by offsets in that segment.

    Args:
        found: The quotations of the article, as `quotations` returns them.
        block: The index of the block.
        start: Where the segment begins in the block's text, in characters,
        end: and where it ends.

    """
    seen = []
    for number, quotation in enumerate(found):
        for piece in quotation.pieces:
            if piece.block != block or piece.end <= start or end <= piece.start:
                continue
            if piece.opened and start <= piece.start < end:
                seen.append(
                    QuoteMark(piece.start - start, min(piece.inner_start, end) - start, "open", quotation.depth, number)
                )
            if piece.closed and start < piece.end <= end:
                seen.append(
                    QuoteMark(max(piece.inner_end, start) - start, piece.end - start, "close", quotation.depth, number)
                )
    return tuple(sorted(seen, key=lambda mark: (mark.start, mark.end)))


def depth_at(found: Sequence[Quotation], block: int, offset: int) -> int:
    """Return how many quotations with marks are open just before the character `offset` of a block.

    At the first character of a paragraph that goes on with a quotation and has no mark of its own, that one is open.
    """
    return sum(
        1
        for quotation in found
        if quotation.marked
        for piece in quotation.pieces
        if piece.block == block
        and (piece.start < offset or (not piece.opened and piece.start == offset))
        and (offset < piece.end or (not piece.closed and offset == piece.end))
    )


# ---- Pairing -------------------------------------------------------------------------------------------------------

_FLOW = (Kind.PARAGRAPH, Kind.QUOTE, Kind.BULLET)  # where a quotation may go on in the next block
_STOPS = (Kind.TITLE, Kind.HEADING, Kind.BREADCRUMB, Kind.BYLINE, Kind.DATELINE, Kind.ATTRIBUTION)
_FARTHEST = 8  # blocks that are looked through for the mark that closes a quotation
_SENTENCE_END = re.compile(r"[.!?…][)\]]?(?=\s)")
_BRACKETS = re.compile(r"\[[^\]\n]{0,400}\]|\((?:\.\.\.|…)\)")


@dataclass(slots=True)
class _Draft:
    """A quotation in the making; `start` to `repeated` are of the piece that is open."""

    family: Family | None
    start: int = 0
    inner_start: int = 0
    opened: bool = True
    repeated: bool = False
    recover_at: int | None = None  # where it must have ended, if no mark closes it
    inner_end_seen: int = 0  # where the last quotation inside it, with marks like its own, was closed
    pieces: list[Piece] = field(default_factory=list)
    flags: set[Flag] = field(default_factory=set)
    kind: QuotationKind | None = None
    dropped: bool = False
    parent: _Draft | None = None
    depth: int = 0

    @property
    def marked(self) -> bool:
        return self.family is not None

    def close(self, block: int, inner_end: int, end: int, *, closed: bool) -> None:
        """Finish the open piece."""
        self.pieces.append(
            Piece(
                block, self.start, end, min(self.inner_start, inner_end), inner_end, self.opened, closed, self.repeated
            )
        )
        self.recover_at, self.inner_end_seen = None, 0


def _paired(blocks: Sequence[Block]) -> list[_Draft]:
    """Pair the marks of all blocks."""
    in_blocks = [
        () if b.boilerplate else tuple(quote_marks(b.text, [(s.start, s.end) for s in code_spans(b.text, b.protected)]))
        for b in blocks
    ]
    drafts: list[_Draft] = []
    stack: list[_Draft] = []  # carried from paragraph to paragraph
    for index, block in enumerate(blocks):
        if block.boilerplate:
            continue
        if block.kind not in _FLOW:
            own: list[_Draft] = []
            _pair(index, block, in_blocks[index], own, drafts)
            _finish(index, block, own)
            continue
        rest = _resume(block.text, in_blocks[index], stack)
        _pair(index, block, in_blocks[index][rest:], stack, drafts)
        if stack:
            stack = _carry(index, blocks, in_blocks, stack)
    return [draft for draft in drafts if draft.pieces]


def _resume(text: str, marks_: Sequence[Mark], stack: Sequence[_Draft]) -> int:
    """Begin a new piece of each quotation that goes on in this paragraph; return how many marks are repeated ones."""
    used, at = 0, 0
    for draft in stack:
        draft.start = draft.inner_start = at
        draft.opened = draft.repeated = False
        if used < len(marks_) and _repeats(text, marks_[used], draft.family, at):
            draft.start, draft.inner_start = marks_[used].start, _skip(text, marks_[used].end)
            draft.opened = draft.repeated = True
            at = draft.inner_start
            used += 1
    return used


def _repeats(text: str, mark: Mark, family: Family | None, at: int = 0) -> bool:
    return mark.family == family and mark.role != "close" and not text[at : mark.start].strip("–—- \u00a0\u202f")


def _pair(index: int, block: Block, marks_: Sequence[Mark], stack: list[_Draft], drafts: list[_Draft]) -> None:
    """Pair the marks of one block; what stays open is left on the stack."""
    text = block.text
    waiting: dict[Family, int] = {}
    for draft in stack:
        if draft.family:
            waiting[draft.family] = waiting.get(draft.family, 0) + 1
    numbers: dict[Family, list[int]] = {}
    for number, mark in enumerate(marks_):
        numbers.setdefault(mark.family, []).append(number)

    def following(family: Family, number: int) -> Mark | None:
        later = numbers.get(family, [])
        place = bisect_right(later, number)
        return marks_[later[place]] if place < len(later) else None

    done = 0  # where the last quotation of the block ended
    for number, mark in enumerate(marks_):
        family, role = mark.family, mark.role
        if role == "either":
            if waiting.get(family):
                role = "close"
            elif not mark.closing_sign:
                role = "open"
            else:  # » Nous sommes prêts »
                partner = following(family, number)
                role = "open" if partner is not None and partner.role == "close" else "close"
        if role == "open" and family == "straight" and waiting.get(family) and _said(text, mark):
            role = "close"  # "Nous verrons, "dit-elle: the space is on the wrong side
        if role == "open":
            top = stack[-1] if stack else None
            if top and top.family == family and top.recover_at is None:
                top.recover_at = _end_before(text, top.inner_start, mark.start)
            draft = _Draft(family, mark.start, _skip(text, mark.end))
            stack.append(draft)
            drafts.append(draft)
            waiting[family] = waiting.get(family, 0) + 1
            continue
        inner_end = _skip_back(text, mark.start)
        if not waiting.get(family):
            if stack and stack[-1].family != "single" and family != "single":
                family = stack[-1].family or family
                partner = following(family, number)
                if partner is not None and partner.role != "open":
                    continue  # a stray mark: the right one comes
            else:
                half = None if stack else _unopened(block, index, mark, inner_end, done)
                if half is not None:
                    drafts.append(half)
                done = mark.end
                continue
        while True:
            draft = stack.pop()
            waiting[draft.family] -= 1  # type: ignore[index]
            if draft.family == family:
                break
            _recover(index, text, draft, inner_end)
        draft.close(index, max(inner_end, draft.inner_start), mark.end, closed=True)
        done = mark.end
        if stack and stack[-1].family == family:
            stack[-1].inner_end_seen = mark.end


def _said(text: str, mark: Mark) -> bool:
    clause = incise(text, mark.end, len(text))
    return clause is not None and clause.start == mark.end and clause.verb and clause.person


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in SPACE:
        at += 1
    return at


def _skip_back(text: str, at: int) -> int:
    while at > 0 and text[at - 1] in SPACE:
        at -= 1
    return at


def _end_before(text: str, start: int, at: int) -> int | None:
    """Return where a quotation that begins at `start` must end, if the mark at `at` opens no quotation inside it.

    It ends with the sentence before, or before a clause that names the speaker; None if nothing tells.
    """
    place = _skip_back(text, at)
    if place <= start:
        return None
    if text[place - 1] in ".!?…":
        return place
    if text[place - 1] == ",":
        comma = text.rfind(",", max(start, place - _LONGEST_INCISE), place - 1)
        found = incise(text, comma, place - 1) if comma > start else None
        if found is not None and found.end == place - 1:
            return comma
    return None


_LONGEST_INCISE = 200


def _recover(index: int, text: str, draft: _Draft, limit: int) -> None:
    """Close a quotation that has no closing mark, at `limit` at the latest."""
    if draft.family == "single":
        return
    end = draft.recover_at
    if end is None and draft.inner_end_seen:
        # « Il m'a dit : « Jamais ! », raconte-t-elle: one mark closes both.
        seen = draft.inner_end_seen
        if incise(text, seen, limit) is not None or not text[seen:limit].strip(".,;!?… \u00a0\u202f"):
            end = seen
    if end is None and draft.family in ("straight", "curly"):
        # "Alfonso', a dit le juge: the wrong key.
        wrong = _WRONG_CLOSE.search(text, draft.inner_start, min(limit, draft.inner_start + _LONGEST_MISTYPED))
        if wrong:
            draft.close(index, wrong.start(), wrong.end(), closed=True)
            return
    end = _skip_back(text, limit if end is None else min(end, limit))
    if end > draft.inner_start:
        draft.close(index, end, end, closed=False)
        draft.flags.add(Flag.UNCLOSED)
    elif draft.pieces:
        draft.flags.add(Flag.UNCLOSED)


_WRONG_CLOSE = re.compile(r"(?:(?<=[^\W\d]{2})|(?<=[.!?…]))['’](?=[\s,.;:)]|$)")
_LONGEST_MISTYPED = 300


def _finish(index: int, block: Block, stack: Sequence[_Draft]) -> None:
    """Close all quotations that are open at the end of a block, the outer ones last."""
    for draft in reversed(stack):
        _recover(index, block.text, draft, len(block.text))


def _carry(
    index: int, blocks: Sequence[Block], in_blocks: Sequence[Sequence[Mark]], stack: list[_Draft]
) -> list[_Draft]:
    """Return the quotations that go on in the next paragraph, with their piece in this one finished; close others."""
    text = blocks[index].text
    going_on: list[_Draft] = []
    for draft in stack:
        if draft.recover_at is None and draft.family != "single":
            if _goes_on(index, blocks, in_blocks, draft.family):
                going_on.append(draft)
            break
    _finish(index, blocks[index], [draft for draft in stack if draft not in going_on])
    for draft in going_on:
        draft.close(index, len(text), len(text), closed=False)
    return going_on


def _goes_on(index: int, blocks: Sequence[Block], in_blocks: Sequence[Sequence[Mark]], family: Family | None) -> bool:
    """Tell whether a quotation that is open at the end of a paragraph goes on in the next.

    It does if the next repeats its mark, or if one of the next closes it before any mark like it opens.
    """
    first = True
    looked_at = 0
    for number in range(index + 1, len(blocks)):
        block = blocks[number]
        if block.boilerplate or block.kind in (Kind.CAPTION, Kind.ATTRIBUTE, Kind.CELL):
            continue
        looked_at += 1
        if block.kind is not blocks[index].kind or looked_at > _FARTHEST:
            return False
        own = [mark for mark in in_blocks[number] if mark.family == family]
        if first and own and own[0] is in_blocks[number][0] and _repeats(block.text, own[0], family):
            return True
        first = False
        if own:
            arrow = _is_arrow(block, own[0])
            return own[0].role != "open" and not arrow and bool(last_character(block.text, own[0].start))
    return False


def _is_arrow(block: Block, mark: Mark) -> bool:
    """Tell whether a mark that closes nothing is an arrow: Accueil » Politique, » Lire aussi."""
    if mark.family not in ("guillemet", "angle"):
        return False
    before = last_character(block.text, mark.start)
    spaced = block.text[mark.start - 1 : mark.start] in SPACE
    behind = next_character(block.text, mark.end)
    return (
        not before
        or block.kind is Kind.BREADCRUMB
        or (spaced and before not in ".!?…," and (behind.isupper() or (not behind and before.islower())))
    )


def _unopened(block: Block, index: int, mark: Mark, inner_end: int, done: int) -> _Draft | None:
    """Return the quotation whose closing mark stands alone: it is taken to begin with its sentence."""
    text = block.text
    if _is_arrow(block, mark) or mark.family == "single":
        return None
    if text[mark.start - 1 : mark.start].isdigit():
        return None  # inches
    start = done
    for match in _SENTENCE_END.finditer(text, done, max(done, inner_end - 1)):
        start = match.end()
    start = _skip(text, start)
    while start < inner_end and text[start] in ",;:.!?…)" + SPACE:
        start += 1
    if not any(char.isalnum() for char in text[start:inner_end]):
        return None
    draft = _Draft(mark.family, start, start, opened=False)
    draft.close(index, inner_end, mark.end, closed=True)
    draft.flags.add(Flag.UNOPENED)
    return draft


def _without_doubles(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Take doubled marks for one: ""Oui"", « « Oui ».

    Marks like each other that begin at one place hold one quotation if they end at one place too, or if the outer one
    has no end of its own.
    """
    _nest(drafts)
    kept: list[_Draft] = []
    for draft in drafts:
        outer = draft.parent
        if outer and outer.family == draft.family and len(draft.pieces) == 1 == len(outer.pieces):
            a, b = outer.pieces[0], draft.pieces[0]
            if a.inner_start == b.start and (a.inner_end == b.end or Flag.UNCLOSED in outer.flags):
                end = a.end if a.closed else b.end
                closed = a.closed or b.closed
                outer.pieces = [replace(a, inner_start=b.inner_start, inner_end=b.inner_end, end=end, closed=closed)]
                outer.flags = set(draft.flags)
                continue
        kept.append(draft)
    return kept


def _nest(drafts: Sequence[_Draft]) -> None:
    """Set the parent and the depth of each quotation: the one whose piece its first piece stands in."""
    places = sorted(
        (
            (piece.block, piece.start, -piece.end, draft.marked, number)
            for number, draft in enumerate(drafts)
            for piece in draft.pieces
        ),
    )
    seen: set[int] = set()
    around: list[tuple[int, int, int]] = []
    for block, start, end, _, number in places:
        while around and (around[-1][0] != block or around[-1][1] <= start):
            around.pop()
        if number not in seen:
            seen.add(number)
            draft = drafts[number]
            draft.parent = drafts[around[-1][2]] if around else None
            draft.depth = draft.parent.depth + draft.parent.marked if draft.parent else 0
        around.append((block, -end, number))
    for draft in drafts:
        if draft.parent is not None:
            draft.pieces = [_clipped(piece, draft.parent.pieces) for piece in draft.pieces]


def _clipped(piece: Piece, outer: Sequence[Piece]) -> Piece:
    """Return a piece that ends no later than the one that it stands in: marks of two kinds may be crossed."""
    for around in outer:
        if around.block == piece.block and around.start <= piece.start < around.inner_end < piece.end:
            inner_end = max(piece.inner_start, min(piece.inner_end, around.inner_end))
            return replace(piece, end=max(inner_end, around.inner_end), inner_end=inner_end, closed=False)
    return piece


# ---- Interruptions, pull quotes, replies ---------------------------------------------------------------------------


def _join_interrupted(blocks: Sequence[Block], drafts: Sequence[_Draft]) -> None:
    """Make one quotation of « Nous sommes prêts », a répondu la ministre, « mais prudents. »."""
    _nest(drafts)
    last: dict[int, _Draft] = {}  # by the parent: the quotation before
    for draft in sorted(drafts, key=lambda d: (d.pieces[0].block, d.pieces[0].start)):
        key = id(draft.parent)
        before = last.get(key)
        if before is not None and _interrupted(blocks, before, draft):
            before.pieces += draft.pieces
            before.flags |= draft.flags
            draft.dropped = True
        else:
            last[key] = draft


def _interrupted(blocks: Sequence[Block], first: _Draft, second: _Draft) -> bool:
    a, b = first.pieces[-1], second.pieces[0]
    if not a.closed and Flag.UNCLOSED not in first.flags:
        return False
    if a.block != b.block or first.family != second.family or not b.opened:
        return False
    if not 0 < b.start - a.end <= _LONGEST_INCISE:
        return False
    text = blocks[a.block].text
    if text[a.inner_end - 1 : a.inner_end] == ".":
        return False
    found = incise(text, a.end, b.start)
    if found is None or text[found.end : b.start].strip(SPACE) not in (",", "", "–", "—"):
        return False
    return _BEFORE_NAME.search(text[found.start : b.start]) is None


# What the marks behind it belong to: a-t-il dit au « Courrier ».
_BEFORE_NAME = re.compile(
    rf"(?:(?<=\W)(?:à|au|aux|de|du|des|dans|sur|par|pour|avec|chez|le|la|les|une?|son|sa|ses|ce|cette|et)|['’])[{SPACE}]*$"
)


def _pull_quotes(blocks: Sequence[Block], drafts: Sequence[_Draft]) -> list[_Draft]:
    """Give quotations that fill a pull quote that kind, and return those that have no marks."""
    whole: dict[int, _Draft] = {}
    for draft in drafts:
        for piece in draft.pieces:
            text = blocks[piece.block].text
            if blocks[piece.block].kind is Kind.QUOTE and not (text[: piece.start] + text[piece.end :]).strip(" .,!?…"):
                whole[piece.block] = draft
                draft.kind = QuotationKind.PULL_QUOTE
    found: list[_Draft] = []
    for index, block in enumerate(blocks):
        if block.kind is not Kind.QUOTE or block.boilerplate or index in whole or _NOTE.match(block.text):
            continue
        size = len(block.text)
        piece = Piece(index, 0, size, 0, size, opened=False, closed=False)
        if found and found[-1].pieces[-1].block == index - 1:
            found[-1].pieces.append(piece)
        else:
            found.append(_Draft(None, pieces=[piece], kind=QuotationKind.PULL_QUOTE))
    return found


# What is set apart, and nobody's words.
_NOTE = re.compile(
    rf"(?:à (?:retenir|savoir|noter|lire(?: aussi)?)|bon à savoir|nota bene|n\.?b\.?|note|rappel|repères|attention|info"
    rf"|avertissement|mise à jour|correctif|en bref|l['’]essentiel)[{SPACE}]*:",
    re.IGNORECASE,
)

# A dash at the start of a paragraph, of quoted words, or behind the end of a sentence; a reply begins behind it.
_REPLY = re.compile(rf"(?:^(?P<first>[–—―]|--?)|(?<=[.!?…«“\"{SPACE}])(?P<next>[–—―]))[{SPACE}]+(?=[A-ZÀ-ÖØ-Þ«“\"\[…])")
_BEFORE_REPLY = frozenset('.!?…«“"')
_LABEL = re.compile(
    rf"(?P<label>[QR]|(?:[A-ZÀ-ÖØ-Þ]\.[ -]?){{2,3}}|[A-ZÀ-ÖØ-Þ][\w'’-]+(?: [A-ZÀ-ÖØ-Þ][\w'’-]+){{0,3}})"
    rf"[{SPACE}]*(?:[:–—]|\.[{SPACE}]*[–—])[{SPACE}]+(?=[A-ZÀ-ÖØ-Þ])"
)
_FEWEST_ANSWERS = 3  # labelled paragraphs that make an interview


_DIRECT = re.compile(
    r"\b(?:je|moi|tu|toi|vous)\b|\b[jmt]['’](?=[a-zà-öø-ÿ])", re.IGNORECASE
)  # somebody speaks to somebody


def is_dialogue(lines: Sequence[str]) -> bool:
    """Tell whether lines that follow one another, all behind a dash, are replies and not the items of a list.

    All are sentences, one has a reporting clause, and one speaks of the one who speaks, or to the other.
    """
    return (
        len(lines) > 1
        and all(line.rstrip(SPACE + '»”"').endswith((".", "!", "?", "…")) for line in lines)
        and any(_DIRECT.search(line) for line in lines)
        and any(incises(line, 0, len(line)) for line in lines)
        and not any(sign in line for line in lines for sign in '«“"')
    )


def _listed_replies(blocks: Sequence[Block]) -> Iterator[int]:
    """Yield the blocks that are items of a list, and replies."""
    run: list[int] = []
    for index in range(len(blocks) + 1):
        if index < len(blocks):
            block = blocks[index]
            if block.kind is Kind.BULLET and not (block.ordered or block.boilerplate):
                run.append(index)
                continue
        if is_dialogue([blocks[i].text for i in run]):
            yield from run
        run = []


def _replies(blocks: Sequence[Block], drafts: Sequence[_Draft]) -> list[_Draft]:
    """Return the replies of dialogues: of paragraphs that begin with a dash, in a row inside marks, of interviews."""
    places = [
        (index, match.start(match.lastgroup or 0), match.end())
        for index, block in enumerate(blocks)
        if not block.boilerplate
        for match in _REPLY.finditer(block.text)
        if match["first"] or last_character(block.text, match.start()) in _BEFORE_REPLY
    ]
    owners = _innermost(drafts, [(index, begin - 1) for index, _, begin in places])
    inside: dict[tuple[int, int], tuple[Piece | None, list[tuple[int, int]]]] = {}
    for (index, dash, begin), owner in zip(places, owners, strict=True):
        piece = owner[0].pieces[owner[1]] if owner else None
        key = (index, piece.start if piece else -1)
        inside.setdefault(key, (piece, []))[1].append((dash, begin))
    dashed = {index for index, dash, _ in places if dash == 0 and blocks[index].kind is Kind.PARAGRAPH}
    found: list[_Draft] = []
    for (index, _), (piece, starts) in inside.items():
        text = blocks[index].text
        if piece is not None:
            if len(starts) > 1:
                found += _cut(index, text, starts, piece.inner_end)
        elif index in dashed and starts[0][0] == 0:
            company = len(starts) > 1 or not dashed.isdisjoint((index - 1, index + 1))
            if company or incises(text, starts[0][1], len(text)):
                found += _cut(index, text, starts, len(text))
    for index in _listed_replies(blocks):
        found += _cut(index, blocks[index].text, [(0, 0)], len(blocks[index].text))
    return found + _answers(blocks, drafts)


def _cut(index: int, text: str, starts: Sequence[tuple[int, int]], end: int) -> Iterator[_Draft]:
    """Yield a quotation for each reply; `starts` says where the dash of each stands, and where its words begin."""
    for (dash, begin), (following, _) in zip(starts, [*starts[1:], (end, end)], strict=True):
        stop = _skip_back(text, following)
        if stop > begin:
            piece = Piece(index, dash, stop, begin, stop, opened=False, closed=False)
            yield _Draft(None, pieces=[piece], kind=QuotationKind.DIALOGUE)


def _answers(blocks: Sequence[Block], drafts: Sequence[_Draft]) -> list[_Draft]:
    """Return the questions and answers of an interview: paragraphs behind a name, initials, or Q and R."""
    labelled = {
        index: match
        for index, block in enumerate(blocks)
        if not block.boilerplate and block.kind is Kind.PARAGRAPH and (match := _LABEL.match(block.text))
    }
    names = [match["label"] for match in labelled.values()]
    if len(names) < _FEWEST_ANSWERS or not 1 < len(set(names)) < len(names):
        return []
    quoted = {p.block for d in drafts for p in d.pieces if p.block in labelled and p.start <= labelled[p.block].end()}
    return [
        _Draft(
            None,
            pieces=[Piece(index, m.end(), len(m.string), m.end(), len(m.string), opened=False, closed=False)],
            kind=QuotationKind.DIALOGUE,
        )
        for index, m in labelled.items()
        if index not in quoted
    ]


def _innermost(drafts: Sequence[_Draft], places: Sequence[tuple[int, int]]) -> list[tuple[_Draft, int] | None]:
    """Return for each place (block, offset), in order, the innermost quotation around it and the number of its piece.

    None where the place is in no quotation's words.
    """
    pieces = sorted(
        ((p.block, p.start, -p.end, draft.marked), number, nth)
        for number, draft in enumerate(drafts)
        for nth, p in enumerate(draft.pieces)
    )
    found: list[tuple[_Draft, int] | None] = []
    around: list[tuple[_Draft, int]] = []
    following = 0
    for block, offset in places:
        while following < len(pieces) and pieces[following][0][:2] <= (block, offset):
            (start_block, start, _, _), number, nth = pieces[following]
            while around and not _contains(around[-1], start_block, start):
                around.pop()
            around.append((drafts[number], nth))
            following += 1
        while around and not _contains(around[-1], block, offset):
            around.pop()
        found.append(None)
        if around:
            draft, nth = around[-1]
            if draft.pieces[nth].inner_start <= offset < draft.pieces[nth].inner_end:
                found[-1] = around[-1]
    return found


def _contains(place: tuple[_Draft, int], block: int, offset: int) -> bool:
    piece = place[0].pieces[place[1]]
    return piece.block == block and offset < piece.end


def _note_incises(blocks: Sequence[Block], drafts: Sequence[_Draft]) -> None:
    """Write the incises into the pieces whose words they interrupt."""
    found = [
        (index, clause.start, clause.end)
        for index in sorted({piece.block for draft in drafts for piece in draft.pieces})
        for clause in incises(blocks[index].text, 0, len(blocks[index].text))
    ]
    owners = _innermost(drafts, [(index, start) for index, start, _ in found])
    nested = {(piece.block, piece.end) for draft in drafts if draft.depth for piece in draft.pieces if piece.closed}
    for (index, start, end), owner in zip(found, owners, strict=True):
        before = len(blocks[index].text[:start].rstrip("," + SPACE))
        if owner is not None and (index, before) not in nested:  # « Elle a crié : “Non !”, dit Léa. » is Léa's “Non !”
            draft, nth = owner
            piece = draft.pieces[nth]
            if end <= piece.inner_end:
                draft.pieces[nth] = replace(piece, incises=(*piece.incises, (start, end)))


def _note_brackets(blocks: Sequence[Block], drafts: Sequence[_Draft]) -> None:
    places = [
        (index, match.start())
        for index in sorted({piece.block for draft in drafts for piece in draft.pieces})
        for match in _BRACKETS.finditer(blocks[index].text)
    ]
    for owner in _innermost(drafts, places):
        if owner is not None:
            owner[0].flags.add(Flag.BRACKETS)


def _numbered(blocks: Sequence[Block], drafts: Sequence[_Draft]) -> tuple[Quotation, ...]:
    numbers = {id(draft): number for number, draft in enumerate(drafts)}
    return tuple(
        Quotation(
            pieces=tuple(draft.pieces),
            kind=draft.kind or _kind(blocks, draft.pieces),
            depth=draft.depth,
            parent=numbers[id(draft.parent)] if draft.parent else None,
            speaker=None,
            flags=frozenset(draft.flags),
        )
        for draft in drafts
    )


# ---- Kinds ---------------------------------------------------------------------------------------------------------


_WORKS = """films? romans? livres? ouvrages? albums? séries? feuilletons? chansons? tubes? singles? émissions? podcasts?
    documentaires? pièces? spectacles? comédies? opéras? ballets? essais? récits? recueils? nouvelles? poèmes?
    bandes?[ ]dessinées? mangas? tableaux? toiles? sculptures? expositions? expo rétrospectives? revues? magazines?
    quotidiens? journal journaux hebdomadaires? hebdo mensuels? sites? blogs? chaînes? jeux?(?:[ ]vidéo)? rubriques?
    chroniques? collections? sagas? trilogies? thriller best-sellers? sketch(?:es)? clips? disques? EP application appli
    logiciel titres?"""
_SCHEMES = """programmes? opérations? plans? projets? dispositifs? campagnes? rapports? études? articles? tribunes?
    festivals? lois? missions? label prix collectifs? associations? mouvements? groupes? listes?"""
_PARTICIPLE = "(?:ée?s?|ait|e|aient|ant)"
_TITLED = rf"(?:intitul|titr|baptis|rebaptis|sous-titr){_PARTICIPLE} | s['’]intitule"
_CALLED = (
    rf"(?:nomm|surnomm|dénomm|appel|estampill){_PARTICIPLE} | (?:au|le|du|pour)[ ]noms? | s['’]appelle | dite? | alias"
)


@functools.cache
def _introduced(nouns: str, called: str) -> re.Pattern[str]:
    """Return what may stand before a title: « le film », « le roman de Léa Morin », and the words in `called`."""
    return re.compile(
        rf"""\b(?:
        (?:{"|".join(nouns.split())}) (?:[ ](?:de[ ]|d['’]|du[ ]|des[ ])?(?:\w[\w'’-]*)){{0,3}}
      | {called}
    )(?:[ ]de|[ ]d['’])?[ ]?[:,(]?[{SPACE}]*$""",
        re.VERBOSE,
    )


_WORK_WINDOW = 60  # characters before a mark in which the noun is looked for
_LONGEST_TITLE = 10  # words
_LONGEST_WORDS = 5
_SUBJECT = re.compile(
    r"(?:et |mais |que |qu['’]|oui,? |non,? )?(?:j['’]|je|tu|nous|vous|ils?|elles?|on"
    r"|c['’](?:est|était)|ça|n['’]|ne)\b",
    re.IGNORECASE,
)

# Verbs in a tense that only a clause has, the commonest ones and the future and conditional of all.
_FINITE = re.compile(
    r" (?:est|sont|a|ont|était|étaient|avait|avaient|va|vont|peut|peuvent|doit|doivent|faut|\w+(?:ra|ront|raient|rait))"
    r"(?:[ .,!?…]|$)"
)


def _kind(blocks: Sequence[Block], pieces: Sequence[Piece]) -> QuotationKind:
    """Tell speech, titles, and words in a sentence of the article's own apart."""
    first, last = pieces[0], pieces[-1]
    before = blocks[first.block].text[: first.start][-_WORK_WINDOW:]
    text = blocks[last.block].text
    words = " ".join(blocks[p.block].text[p.inner_start : p.inner_end] for p in pieces)
    size = len(words.split(None, _LONGEST_TITLE + 1))
    ended = words[-1:] in tuple(".!?…")
    after = incise(text, last.end, min(len(text), last.end + _LONGEST_INCISE))
    said = (
        len(pieces) > 1 or any(piece.incises for piece in pieces) or (after is not None and after.verb and after.person)
    )
    named = size <= _LONGEST_TITLE and words[-1:] != "." and (words[:1].isupper() or words[:1].isdigit())
    if named and not said and _introduced(_WORKS, _TITLED).search(before):
        return QuotationKind.TITLE
    if named and not said and _introduced(_SCHEMES, _CALLED).search(before):
        return QuotationKind.NAME
    if said or ended or size > _LONGEST_WORDS:
        return QuotationKind.SPEECH
    if before.rstrip(SPACE).endswith(":") and (size > 1 or words[:1].isupper()):
        return QuotationKind.SPEECH
    if size > 1 and (_SUBJECT.match(words) or _FINITE.search(words)):
        return QuotationKind.SPEECH
    return QuotationKind.WORDS
