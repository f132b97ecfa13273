"""Checks a translation that is in files: reads both texts, aligns their sentences, and runs the checks on each pair.

Any file that is read for translation can be checked with any other, also where the format differs; a bilingual file
(XLIFF, TMX, PO) holds both texts, unit by unit. Whoever translated may have merged, split or moved sentences and
paragraphs: see `dragoman.check.align`. What the source has that is no part of the article (menus, share buttons) may be
in the translation or not, and is not checked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import groupby
from typing import TYPE_CHECKING

from dragoman.article.model import Article, Block, Kind
from dragoman.check.align import Sentence, align
from dragoman.check.finding import Finding, Severity
from dragoman.check.pair import Pair
from dragoman.check.registry import CHECKS, check, check_article
from dragoman.check.settings import Settings
from dragoman.segment import sentences

if TYPE_CHECKING:
    from dragoman.glossary.match import Matcher
    from dragoman.protect.annotate import Annotation

_DASH = re.compile(r"[–—-]\s+")
# Blocks that are never made one with a paragraph.
_APART = (Kind.TITLE, Kind.HEADING, Kind.BYLINE, Kind.DATELINE, Kind.CAPTION, Kind.CELL)
# What stands around an article, and an editor may well leave out: no errors.
_AROUND = (Kind.BYLINE, Kind.DATELINE, Kind.ATTRIBUTION, Kind.BREADCRUMB)
# Inline codes whose number is compared, by their roles; of the others, a translation needs not as many.
_NAMES = {"strong": "bold text", "emphasis": "emphasis", "link": "links", "code": "code"}
# Checks of what a translator may have said in the sentence before or behind.
_MOVABLE = frozenset("figures entities terms codes quotations omission addition length".split())


@dataclass(frozen=True)
class Text:
    """One side of a translation."""

    article: Article
    lines: tuple[int, ...] = ()  # of each block, in a format that doesn't tell where each character is; else empty

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.article.source))]

    def place(self, block: int, offset: int) -> tuple[int, int]:
        """Return line and column, from 1, of a character of a block's text; column 0 is unknown.

        An offset that is the length of the text is the place behind its last character.
        """
        if self.lines:
            return self.lines[block], 0
        found = self.article.blocks[block]
        at = found.begins[offset] if offset < len(found.text) else found.ends[-1]
        line = bisect_right(self._line_starts, at)
        return line, at - self._line_starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Bitext:
    """A text and its translation; `paired` if their blocks are known to go together, one by one (a bilingual file).

    In a bilingual file, the text of a block of the target may be " ": there is no translation.
    """

    source: Text
    target: Text
    paired: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a block: its text[start:end], half-open."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """Sentences that are translations of each other; one side may be empty."""

    source: tuple[Part, ...]
    target: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Sentences in a file, and the words in them that a finding is about.

    `line` and `column` (from 1, in characters; 0 is unknown) are where those words begin, `end_line` and `end_column`
    are behind them. `marked` is their half-open range in `text`, or None if all of it is meant.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    marked: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class FileFinding:
    """What a check found in files. One of the excerpts may be None: there is no such text."""

    check: str
    severity: Severity
    message: str
    source: Excerpt | None
    target: Excerpt | None

    @property
    def place(self) -> Excerpt:
        """Where an editor has to look: in the translation, or in the source for what the translation lacks."""
        found = self.target or self.source
        assert found is not None
        return found

    @property
    def file(self) -> str:
        """The file of `place`."""
        return self.place.file

    @property
    def line(self) -> int:
        """The line of `place`."""
        return self.place.line

    @property
    def column(self) -> int:
        """The column of `place`."""
        return self.place.column


def check_bitext(
    bitext: Bitext,
    matcher: Matcher | None = None,
    locale: str | None = None,
    settings: Settings | None = None,
) -> list[FileFinding]:
    """Return what is wrong with a translation, in the order of its text; what it lacks stands in its place.

    Args:
        bitext: The two texts.
        matcher: The compiled glossaries.
        locale: "en-US" or "en-GB" if the translation is to follow one.
        settings: What the project file says.

    """
    from dragoman.protect.annotate import annotate

    settings = settings or Settings()
    source, target = bitext.source.article.blocks, bitext.target.article.blocks
    beads = aligned(bitext)
    pair = partial(_pair, annotate(source), target, matcher, locale)
    mentioned: set[str] = set()
    pairs = {
        number: pair(bead, mentioned)
        for number, bead in enumerate(beads)
        if bead.source and bead.target and not any(source[part.block].boilerplate for part in bead.source)
    }
    raised = dict(zip(pairs, check_article(tuple(pairs.values()), settings), strict=True))
    findings = [
        (number, beads[number], finding)
        for number, of_pair in raised.items()
        for finding in _without_moved(number, of_pair, beads, pair, settings)
    ]
    findings += _alone(bitext, beads, settings)
    findings += _markup(bitext, beads, settings)
    findings.sort(key=lambda found: found[0])
    return [_located(bitext, where, finding) for _, where, finding in findings]


def aligned(bitext: Bitext) -> list[Aligned]:
    """Return which sentences of the two texts belong together: each is in one `Aligned`, in the target's order.

    Attributes are aligned among themselves and stand at the end: what no reader sees in the flow, another format or
    another page may not have, or have elsewhere.
    """
    source, target = bitext.source.article.blocks, bitext.target.article.blocks
    if not bitext.paired:
        flow = [[n for n, block in enumerate(side) if block.kind is not Kind.ATTRIBUTE] for side in (source, target)]
        hidden = [[n for n, block in enumerate(side) if block.kind is Kind.ATTRIBUTE] for side in (source, target)]
        return [*_aligned(source, flow[0], target, flow[1]), *_aligned(source, hidden[0], target, hidden[1])]
    found: list[Aligned] = []
    for index, block in enumerate(source):
        if target[index].text.isspace():
            found.append(Aligned((Part(index, 0, len(block.text)),), ()))
        else:
            found += _aligned(source, [index], target, [index])
    return found


def _aligned(
    source: Sequence[Block], which_source: Iterable[int], target: Sequence[Block], which_target: Iterable[int]
) -> list[Aligned]:
    french = [part for index in which_source for part in _parts(index, source[index])]
    english = [part for index in which_target for part in _parts(index, target[index])]
    beads = align([_sentence(source, part) for part in french], [_sentence(target, part) for part in english])
    return [Aligned(tuple(french[slice(*bead.source)]), tuple(english[slice(*bead.target)])) for bead in beads]


def _parts(index: int, block: Block) -> Iterator[Part]:
    """Yield the sentences of a block; a dash before a reply is not part of one."""
    for start, end in sentences(block.text):
        dash = _DASH.match(block.text, start, end)
        yield Part(index, dash.end() if dash and dash.end() < end else start, end)


def _sentence(blocks: Sequence[Block], part: Part) -> Sentence:
    block = blocks[part.block]
    text = _text(blocks, part)
    free = bool(block.boilerplate) or not any(map(str.isalnum, text))
    return Sentence(text, part.block, block.kind if block.kind in _APART else "", free)


def _text(blocks: Sequence[Block], part: Part) -> str:
    return blocks[part.block].text[part.start : part.end]


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Return the parts with those made one that follow each other in a block."""
    joined: list[Part] = []
    for part in parts:
        if joined and joined[-1].block == part.block and joined[-1].end <= part.start:
            joined[-1] = replace(joined[-1], end=part.end)
        else:
            joined.append(part)
    return joined


def _whole(blocks: Sequence[Block], parts: Sequence[Part]) -> str:
    """Return the text of several parts; what is not of one block is joined by a space."""
    return " ".join(_text(blocks, part) for part in _joined(parts))


def _pair(
    annotation: Annotation,
    target: Sequence[Block],
    matcher: Matcher | None,
    locale: str | None,
    aligned: Aligned,
    mentioned: set[str] | None = None,
) -> Pair:
    """Return what the checks look at."""
    blocks = annotation.blocks
    kind = blocks[aligned.source[0].block].kind
    pair = Pair(_whole(blocks, aligned.source), _whole(target, aligned.target), locale, marks=(), kind=kind)
    shift = 0
    for part in _joined(aligned.source):
        marked = annotation.segment(part.block, part.start, part.end, matcher, locale or "en-US", mentioned=mentioned)
        text = _text(blocks, part)
        matches = matcher.find(text) if matcher is not None else ()
        pair = replace(
            pair,
            spans=(*pair.spans, *(replace(s, start=s.start + shift, end=s.end + shift) for s in marked.spans)),
            marks=(*(pair.marks or ()), *(replace(q, start=q.start + shift, end=q.end + shift) for q in marked.quotes)),
            inside=pair.inside if shift else marked.inside,
            matches=(*pair.matches, *(replace(m, start=m.start + shift, end=m.end + shift) for m in matches)),
        )
        shift += len(text) + 1
    return pair


def _without_moved(
    number: int,
    findings: Sequence[Finding],
    beads: Sequence[Aligned],
    pair: Callable[[Aligned], Pair],
    settings: Settings,
) -> list[Finding]:
    """Return the findings without those that go away when the neighbouring sentences are looked at, too.

    A translator may say in one sentence of a paragraph what the source says in the next: nothing was lost.
    """
    suspected = _MOVABLE & {finding.check for finding in findings}
    near = [beads[other] for other in (number - 1, number, number + 1) if _in_one_paragraph(beads, number, other)]
    if not suspected or len(near) == 1:
        return list(findings)
    together = Aligned(
        tuple(sorted((part for bead in near for part in bead.source), key=_order)),
        tuple(sorted((part for bead in near for part in bead.target), key=_order)),
    )
    still = {finding.check for finding in check(pair(together), settings)}
    return [finding for finding in findings if finding.check not in suspected or finding.check in still]


def _order(part: Part) -> tuple[int, int]:
    return part.block, part.start


def _in_one_paragraph(beads: Sequence[Aligned], one: int, other: int) -> bool:
    """Tell whether two have sentences of the same block of either side."""
    if not 0 <= other < len(beads):
        return False
    sides = ((beads[n].source, beads[n].target) for n in (one, other))
    return any({p.block for p in a} & {p.block for p in b} for a, b in zip(*sides, strict=True))


def _alone(bitext: Bitext, beads: Sequence[Aligned], settings: Settings) -> Iterator[tuple[int, Aligned, Finding]]:
    """Yield a finding for each run of sentences of a block that have no partner, with the number of the first."""
    alone = [
        ("omission", "translation", bitext.source.article.blocks, [b.source if not b.target else () for b in beads]),
        ("addition", "source", bitext.target.article.blocks, [b.target if not b.source else () for b in beads]),
    ]
    for name, other, blocks, sides in alone:
        if name in settings.disabled:
            continue
        numbered = enumerate((number, part) for number, side in enumerate(sides) for part in side)
        for _, run in groupby(numbered, key=lambda item: (item[1][1].block, item[1][0] - item[0])):
            found = [item[1] for item in run]
            number, first = found[0]
            parts = tuple(part for _, part in found)
            block = blocks[first.block]
            text = _whole(blocks, parts)
            if block.boilerplate or block.kind is Kind.ATTRIBUTE or not any(map(str.isalnum, text)):
                continue  # an attribute that is alone: the translation hasn't that picture, or that header
            what = f"the {block.kind} is" if len(text) == len(block.text.strip()) else "this sentence is"
            if bitext.paired:
                what = "this text is"
            elif what == "this sentence is" and len(parts) > 1:
                what = f"these {len(parts)} sentences are"
            finding = CHECKS[name].finding(settings, f"{what} not in the {other}")
            if block.kind in _AROUND and name not in settings.severities:
                finding = replace(finding, severity=Severity.WARNING)
            yield number, Aligned(parts, ()) if name == "omission" else Aligned((), parts), finding


def _markup(bitext: Bitext, beads: Sequence[Aligned], settings: Settings) -> Iterator[tuple[int, Aligned, Finding]]:
    """Yield a finding for each block that has not the inline codes of its source: links, emphasis, tags.

    Only those of blocks that are translated by one block are compared. In an article emphasis is a matter of style:
    the finding is a warning.
    """
    source, target = bitext.source.article, bitext.target.article
    if source.format is not target.format or "markup" in settings.disabled:
        return
    partners: tuple[dict[int, set[int]], ...] = (defaultdict(set), defaultdict(set))
    first: dict[int, int] = {}
    for number, bead in enumerate(beads):
        for french in bead.source:
            for english in bead.target:
                partners[0][french.block].add(english.block)
                partners[1][english.block].add(french.block)
                first.setdefault(french.block, number)
    for index, others in partners[0].items():
        other = min(others)
        if len(others) > 1 or len(partners[1][other]) > 1 or source.blocks[index].boilerplate:
            continue
        names = _NAMES | {"other": "inline tags"} if bitext.paired else _NAMES
        least, wanted = _codes(source.blocks[index], names)
        least_given, given = _codes(target.blocks[other], names)
        where = Aligned(
            (Part(index, 0, len(source.blocks[index].text)),), (Part(other, 0, len(target.blocks[other].text)),)
        )
        for name in sorted(wanted.keys() | given.keys()):
            if given[name] < least[name] or wanted[name] < least_given[name]:
                what = f"{name}: {wanted[name]} in the source, {given[name]} in the translation"
                finding = CHECKS["markup"].finding(settings, what)
                if not bitext.paired and "markup" not in settings.severities:
                    finding = replace(finding, severity=Severity.WARNING)
                yield first[index], where, finding


def _codes(block: Block, names: Mapping[str, str]) -> tuple[Counter[str], Counter[str]]:
    """Count the inline codes of a block by the names of their roles, those that have one: the least, and all.

    Codes around the whole block may be counted or not: one file has a heading there, the other a line of bold text.
    """
    around = {code.pair for code in block.codes if code.kind == "open" and code.at == 0}
    around &= {code.pair for code in block.codes if code.kind == "close" and code.at == len(block.text)}
    codes = [code for code in block.codes if code.kind != "close" and code.role in names]
    inner = Counter(names[code.role] for code in codes if code.pair not in around)
    return inner, Counter(names[code.role] for code in codes)


def _located(bitext: Bitext, where: Aligned, finding: Finding) -> FileFinding:
    return FileFinding(
        finding.check,
        finding.severity,
        finding.message,
        _excerpt(bitext.source, where.source, finding.source) if where.source else None,
        _excerpt(bitext.target, where.target, finding.target) if where.target else None,
    )


def _excerpt(text: Text, parts: Sequence[Part], marked: tuple[int, int] | None) -> Excerpt:
    blocks = text.article.blocks
    whole = _whole(blocks, parts)
    begin, end = marked if marked and marked[0] < marked[1] else (0, len(whole))
    line, column = text.place(*_in_block(parts, begin))
    block, last = _in_block(parts, end - 1)
    end_line, end_column = text.place(block, last)
    return Excerpt(text.article.name, line, column, end_line, end_column + bool(end_column), whole, marked)


def _in_block(parts: Sequence[Part], offset: int) -> tuple[int, int]:
    """Return block and offset in its text for an offset in the text that `_whole` makes of the parts."""
    for part in _joined(parts):
        size = part.end - part.start
        if offset < size:
            return part.block, part.start + max(offset, 0)
        offset -= size + 1
    last = _joined(parts)[-1]
    return last.block, last.end - 1
