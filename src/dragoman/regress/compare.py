"""Compares two states of an article: what became of each segment, and what is likely to be the cause."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from dragoman.regress.state import GlossarySignature, Kept, SegmentState, Signature, State, paragraphs

# How alike two French sentences must be, as a share of their words, for one to be an edit of the other.
_ALIKE = 0.6
# How many of the sentences that are left over are looked at, nearest first, for the one that was edited.
_NEAR = 40
# How alike two words must be, as a share of their letters, for one to be the other misspelt.
_MISSPELT = 0.74
# Fewer words than this may be missing at the end without the translation being cut short.
_CUT = 2
# A translation of fewer words may stand for many sentences.
_SHORT = 3


class Verdict(StrEnum):
    """What became of a segment."""

    BROKEN = "broken"  # a term, name, figure, quotation or check that held fails now
    CHANGED = "changed"  # the translation is another one, and all holds that held
    IMPROVED = "improved"  # something that failed holds now, and nothing else fails
    TYPOGRAPHY = "typography"  # it differs in white space, quotation marks, dashes, or as locales differ
    ADDED = "added"  # the article did not have it
    REMOVED = "removed"  # the article has it no more
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that does not hold: `what` is "term", "name", "figure", "quotation", "translation" or a check's id."""

    what: str
    message: str


@dataclass(frozen=True, slots=True)
class SegmentComparison:
    """A segment before and now; `old` is None where it was added, `new` where it was removed."""

    verdict: Verdict
    old: SegmentState | None
    new: SegmentState | None
    failures: tuple[Failure, ...] = ()  # what held and fails now
    resolved: tuple[Failure, ...] = ()  # what failed and holds now
    notes: tuple[str, ...] = ()  # what else an editor has to know: "the source was edited"
    reference: str = ""  # the human translation of its paragraph, where there is one

    @property
    def source(self) -> str:
        """The French as it is now, or as it was."""
        state = self.new or self.old
        return state.source if state else ""

    @property
    def line(self) -> int:
        """Where it begins in the article, from 1; 0: it is there no more."""
        return self.new.line if self.new else 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """An article before and now, its segments in the order of the article; removed ones stand where they were."""

    article: str
    segments: tuple[SegmentComparison, ...]
    causes: tuple[str, ...] = ()  # how the signatures differ: "model 0.1 → 0.2"
    old: State | None = None  # None: there is no baseline yet
    new: State | None = None  # None: there is no such article any more
    renamed_from: str = ""  # its path in the suite when the baseline was made, if that was another one

    def count(self, verdict: Verdict) -> int:
        """Return how many segments have a verdict."""
        return sum(segment.verdict is verdict for segment in self.segments)

    @property
    def lost(self) -> str:
        """Why nothing is compared with the baseline, in words; "" if something is, or if there is none."""
        if self.old is None or not self.old.segments or any(segment.new for segment in self.segments if segment.old):
            return ""
        return "it has no sentence of its baseline" if self.new else "it is gone, and its baseline is not"


def compare(old: State | None, new: State | None) -> Comparison:
    """Return what became of the segments of an article.

    Segments belong together if their French is the same, wherever they stand; of those that are left over, if one looks
    like an edit of the other. A paragraph that was moved is no change; sentences that changed places in one are.

    Args:
        old: The baseline; None: there is none.
        new: The article as it is translated now; None: it is gone.

    """
    if new is None:
        gone = tuple(SegmentComparison(Verdict.REMOVED, segment, None) for segment in (old.segments if old else ()))
        return Comparison(old.article if old else "", gone, old=old)
    if old is None:
        added = tuple(SegmentComparison(Verdict.ADDED, None, segment) for segment in new.segments)
        return Comparison(new.article, added, new=new)
    partners = _matched(old.segments, new.segments)
    swapped = _swapped(old.segments, new.segments, partners)
    moved = _moved(old.segments, new.segments, partners)
    in_order = [partners.get(index, -1) for index in range(len(new.segments))]
    reordered = in_order != list(range(len(old.segments)))
    same_glossaries = _checksums(old.signature) == _checksums(new.signature)
    removed = _removed(len(old.segments), partners)
    found = [SegmentComparison(Verdict.REMOVED, old.segments[at], None) for at in removed[-1]]
    for index, segment in enumerate(new.segments):
        if index in partners:
            found.append(
                _judged(
                    old.segments[partners[index]],
                    segment,
                    swapped.get(index),
                    moved=index in moved,
                    reordered=reordered,
                    same_glossaries=same_glossaries,
                )
            )
        else:
            found.append(SegmentComparison(Verdict.ADDED, None, segment))
        found += [SegmentComparison(Verdict.REMOVED, old.segments[at], None) for at in removed[index]]
    renamed = old.article if old.article != new.article else ""
    return Comparison(new.article, tuple(found), causes(old.signature, new.signature), old, new, renamed)


def _removed(count: int, partners: Mapping[int, int]) -> Mapping[int, list[int]]:
    """Return the old segments without a partner, by the new segment that they stood behind; -1 is the beginning."""
    by_old = {at: index for index, at in partners.items()}
    behind: dict[int, list[int]] = defaultdict(list)
    last = -1
    for at in range(count):
        if at in by_old:
            last = by_old[at]
        else:
            behind[last].append(at)
    return behind


# Which segments belong together.


def _matched(old: Sequence[SegmentState], new: Sequence[SegmentState]) -> dict[int, int]:
    """Return the number of the old segment for that of each new one that has a partner."""
    if [s.source for s in old] == [s.source for s in new]:
        return {index: index for index in range(len(new))}
    partners: dict[int, int] = {}
    # Whole paragraphs first: of repeated sentences, those belong together that stand in the same paragraph.
    waiting: dict[object, list[range]] = defaultdict(list)
    for paragraph in paragraphs(old):
        waiting[tuple(source_key(old[index].source) for index in paragraph)].append(paragraph)
    for paragraph in paragraphs(new):
        same = waiting[tuple(source_key(new[index].source) for index in paragraph)]
        if same:
            partners.update(zip(paragraph, same.pop(0), strict=True))
    used = set(partners.values())
    sentences: dict[str, list[int]] = defaultdict(list)
    for index, segment in enumerate(old):
        if index not in used:
            sentences[source_key(segment.source)].append(index)
    for index, segment in enumerate(new):
        if index not in partners and sentences[source_key(segment.source)]:
            partners[index] = sentences[source_key(segment.source)].pop(0)
    partners.update(_edited(old, new, partners))
    return partners


def _edited(old: Sequence[SegmentState], new: Sequence[SegmentState], partners: Mapping[int, int]) -> dict[int, int]:
    """Return partners for segments that have none: those that are most alike, if they are alike at all."""
    used = set(partners.values())
    left = [(index, _words(segment.source)) for index, segment in enumerate(old) if index not in used]
    candidates = []
    for index, segment in enumerate(new):
        if index in partners or not left:
            continue
        matcher = difflib.SequenceMatcher(autojunk=False)
        matcher.set_seq2(_words(segment.source))
        for at, words in sorted(left, key=lambda item: abs(item[0] - index))[:_NEAR]:
            matcher.set_seq1(words)
            if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE:
                candidates.append((-matcher.ratio(), abs(at - index), index, at))
    found: dict[int, int] = {}
    for ratio, _, index, at in sorted(candidates):
        if -ratio >= _ALIKE and index not in found and at not in found.values():
            found[index] = at
    return found


def source_key(text: str) -> str:
    """Return a French text in the form in which sources are compared: one kind of space, apostrophe and quotation mark.

    An article that was saved by another program is the same article.
    """
    return " ".join(_MARKS.sub(lambda mark: _SAME[mark[0]], text).split())


_SAME = {"’": "'", "ʼ": "'", "«": '"', "»": '"', "“": '"', "”": '"', "\u00ad": "", "…": "...", "—": "–"}
_SAME |= dict.fromkeys(("« ", " »", "«\u00a0", "\u00a0»", "«\u202f", "\u202f»"), '"')
_MARKS = re.compile("|".join(sorted(map(re.escape, _SAME), key=len, reverse=True)))


def _swapped(
    old: Sequence[SegmentState], new: Sequence[SegmentState], partners: Mapping[int, int]
) -> dict[int, SegmentState]:
    """Return the old segment, by the number of the new one, whose translation that has now instead of its own."""
    whose: dict[str, list[int]] = defaultdict(list)
    for index, at in partners.items():
        whose[old[at].translation].append(index)
    found = {}
    for index, at in partners.items():
        now = new[index].translation
        if now == old[at].translation or len(_words(now)) < _SHORT:
            continue
        for other in whose.get(now, ()):
            if other != index and new[other].translation != now and new[other].source != new[index].source:
                found[index] = old[partners[other]]
    return found


def _moved(old: Sequence[SegmentState], new: Sequence[SegmentState], partners: Mapping[int, int]) -> set[int]:
    """Return the numbers of new segments behind one that they stood before, when both were in one paragraph as now."""
    home = {index: number for number, paragraph in enumerate(paragraphs(old)) for index in paragraph}
    moved = set()
    for paragraph in paragraphs(new):
        furthest: dict[int, int] = {}
        for index in paragraph:
            at = partners.get(index)
            if at is None or source_key(old[at].source) != source_key(new[index].source):
                continue
            if at < furthest.get(home[at], -1):
                moved.add(index)
            furthest[home[at]] = max(at, furthest.get(home[at], -1))
    return moved


# What became of one.


def _judged(
    old: SegmentState,
    new: SegmentState,
    swapped: SegmentState | None,
    *,
    moved: bool,
    reordered: bool,
    same_glossaries: bool,
) -> SegmentComparison:
    if old == new and not moved:
        return SegmentComparison(Verdict.SAME, old, new)
    edited = source_key(old.source) != source_key(new.source)
    differs = old.translation != new.translation
    typographic = as_written(old.translation) == as_written(new.translation)
    if differs and reordered and not (edited or moved or typographic) and _same_but_mentions(old, new):
        return SegmentComparison(Verdict.SAME, old, new, notes=("a term is first mentioned in another place",))
    failed_before, fails_now = _failures(old), _failures(new)
    failures = [failure for key, failure in fails_now.items() if key not in failed_before]
    resolved = [failure for key, failure in failed_before.items() if key not in fails_now]
    if differs and not edited:
        failures += _gone(old, new, failures, terms=same_glossaries)
        if swapped is not None:
            failures.append(Failure("translation", f"it is the translation of “{swapped.source}”"))
        elif lost := _cut_short(old.translation, new.translation):
            failures.append(Failure("translation", f"it is cut short: “{lost}” is missing"))
    notes = list(_notes(old, new)) if differs else []
    if edited:
        notes.insert(0, "the source was edited")
    if moved:
        notes.insert(0, "the sentence was moved within its paragraph")
    if failures:
        verdict = Verdict.BROKEN
    elif resolved and not edited:
        verdict = Verdict.IMPROVED
    elif not differs:
        verdict = Verdict.CHANGED if moved else Verdict.SAME
    elif typographic:
        verdict = Verdict.TYPOGRAPHY
    else:
        verdict = Verdict.CHANGED
    return SegmentComparison(verdict, old, new, tuple(failures), tuple(resolved), tuple(notes))


# What the findings of these checks are about; those of the others are called by the id of their check.
_WHAT = {
    "terms": "term",
    "forbidden-terms": "term",
    "entities": "name",
    "figures": "figure",
    "quotations": "quotation",
    "quoted-words": "quotation",
}


def _failures(state: SegmentState) -> dict[object, Failure]:
    """Return all that does not hold in a segment, by keys under which two states have the same failure."""
    found: dict[object, Failure] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for finding in state.findings:
        key = (finding.check, finding.source)
        found[(*key, seen[key])] = Failure(_WHAT.get(finding.check, finding.check), finding.message)
        seen[key] += 1
    reported = [(_WHAT.get(finding.check, ""), finding.source) for finding in state.findings]
    for what, kept in _kept(state):
        said = [source for of, source in reported if of == what]
        lost = kept.translation is None and not said
        # A file that somebody edited, or an engine that was changed: what is said to be there is not.
        untrue = kept.translation and kept.translation not in state.translation
        if lost or (untrue and not any(source in kept.source or kept.source in source for source in said)):
            found.setdefault((what, kept.source), Failure(what, f"“{kept.source}” is not in the translation"))
    return found


def _kept(state: SegmentState) -> Iterator[tuple[str, Kept]]:
    for what, group in (
        ("term", state.terms),
        ("name", state.entities),
        ("figure", state.figures),
        ("quotation", state.quotations),
    ):
        for kept in group:
            yield what, kept


def _gone(old: SegmentState, new: SegmentState, failures: Sequence[Failure], *, terms: bool) -> Iterator[Failure]:
    """Yield what the old translation kept, nobody looks for any more, and the new one has no more.

    A name that the rules don't recognise any longer is lost all the same. A term that no glossary has now may go.
    """
    known = {kept.source: kept.translation for _, kept in _kept(new)}
    text = " ".join(_words(new.translation))
    for what, kept in _kept(old):
        if what == "quotation" or not kept.translation or (what == "term" and not terms):
            continue
        if what == "name" and known.get(kept.source) == "" and (became := _misspelt(kept.translation, old, new)):
            yield Failure(what, f"“{kept.translation}” became “{became}”")
        if any(kept.source in other or other in kept.source for other in known):
            continue
        if what == "figure":
            gone = not _values(kept.translation) <= _values(new.translation)
        else:
            gone = " ".join(_words(kept.translation)) not in text
        if gone and not any(kept.source in failure.message for failure in failures):
            yield Failure(what, f"“{kept.translation}” for “{kept.source}” is not in the translation any more")


def _misspelt(name: str, old: SegmentState, new: SegmentState) -> str:
    """Return the new word that looks like a word of a name that is gone, or "" if there is none.

    The checks are content with a surname; but whoever had the first name before must not get another one.
    """
    before, now = (set(re.findall(r"\w+", state.translation)) for state in (old, new))
    new_words = sorted(word for word in now - before if word[0].isupper())
    for word in sorted(set(re.findall(r"\w{4,}", name)) - now):
        for near in difflib.get_close_matches(word, [w for w in new_words if w[0] == word[0]], 1, _MISSPELT):
            return str(near)
    return ""


def _cut_short(old: str, new: str) -> str:
    """Return the words that are missing at the end if the new translation is the beginning of the old one, else ""."""
    before, now = _words(old), _words(new)
    if len(now) + _CUT <= len(before) and before[: len(now)] == now:
        return " ".join(before[len(now) :])
    return ""


def _notes(old: SegmentState, new: SegmentState) -> Iterator[str]:
    """Yield how the same terms and names are rendered now if that is another form."""
    for what in ("terms", "entities"):
        before, now = Counter(getattr(old, what)), Counter(getattr(new, what))
        after = {kept.source: kept.translation for kept in now - before}
        for kept in before - now:
            other = after.get(kept.source)
            if kept.translation and other:
                yield f"{kept.source}: {kept.translation} → {other}"


def _same_but_mentions(old: SegmentState, new: SegmentState) -> bool:
    """Tell whether two translations differ only in terms that one of them spells out, as at the first mention.

    « l'AGI » is artificial general intelligence (AGI) in the paragraph that comes first.
    """
    if len(old.terms) != len(new.terms):
        return False
    before, now = old.translation, new.translation
    for was, is_ in zip(old.terms, new.terms, strict=True):
        a, b = was.translation, is_.translation
        if a and b and a != b and (a in b or b in a):
            longer, shorter = (a, b) if len(a) > len(b) else (b, a)
            before, now = before.replace(longer, shorter, 1), now.replace(longer, shorter, 1)
    return as_written(before) == as_written(now)


@lru_cache(maxsize=256)
def as_written(text: str) -> tuple[str, ...]:
    """Return an English text as words and marks without what is typography, or the business of a locale.

    That is white space, the form of quotation marks and dashes, stops before or behind a closing mark, British and
    American spelling, and the form of figures: two texts with the same values are alike.
    """
    from dragoman.localise.figures import figures

    text = re.sub(r"[^\W\d_]{4,}", _american, text)
    tokens: list[str] = []
    at = 0
    for figure in figures(text, "en"):
        tokens += _tokens(text[at : figure.start])
        tokens.append(f"{figure.kind} {figure.value} {figure.currency}{figure.unit}")
        at = figure.end
    tokens += _tokens(text[at:])
    return tuple(_ordered(tokens))


def _american(word: re.Match[str]) -> str:
    """Return a word in American spelling; unlike localisation, with names: this is no text that is printed."""
    from dragoman.glossary.spelling import Spelling, variety

    found = variety(word[0].lower())
    if found is None or found[0] is not Spelling.GB:
        return word[0]
    return found[1].capitalize() if word[0][0].isupper() else found[1]


_TOKEN = re.compile(
    r"(?P<word>\w+(?:['’-]\w+)*)|(?P<ellipsis>…|\.\.\.)|(?P<dash>[–—―]|--?)|(?P<quote>[\"'“”‘’«»‹›„‚]|``)|(?P<mark>[^\s\u200b\ufeff])"
)
_SIGNS = {"ellipsis": "…", "dash": "–", "quote": '"'}
_TITLE = frozenset("Mr Mrs Ms Dr Prof St Jr Sr vs".split())
_COMMA_BEFORE = frozenset(".,")


def _tokens(text: str) -> Iterator[str]:
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup
        yield (
            found[0].replace("’", "'")
            if kind in ("word", "mark")
            else {"ellipsis": "…", "dash": "–"}.get(kind or "", '"')
        )


def _ordered(tokens: Iterable[str]) -> list[str]:
    """Return the tokens with quotation marks behind the stops beside them, without the stop of Mr. and date commas."""
    found: list[str] = []
    for token in tokens:
        if token in _COMMA_BEFORE and found:
            if token == "." and found[-1] in _TITLE:
                continue
            if token == "," and found[-1].startswith("date "):
                continue
            at = len(found)
            while at and found[at - 1] == '"':
                at -= 1
            found.insert(at, token)
        else:
            found.append(token)
    return found


def _words(text: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in re.findall(r"\w+(?:['’]\w+)*", text)]


def _values(text: str) -> set[object]:
    """Return the values of the figures of an English text."""
    from dragoman.localise.figures import figures

    return {(figure.value, figure.currency) for figure in figures(text, "en")}


# Why.


def causes(old: Signature, new: Signature) -> tuple[str, ...]:
    """Return in words how two signatures differ: what is likely to have changed the translations."""
    return tuple(_causes(old, new))


def _causes(old: Signature, new: Signature) -> Iterator[str]:
    if old.dragoman != new.dragoman:
        yield f"dragoman {old.dragoman} → {new.dragoman}"
    before, now = old.model, new.model
    if before.name != now.name:
        yield f"model {before.name} {before.version} → {now.name} {now.version}"
    elif before.version != now.version:
        yield f"model {before.version} → {now.version}"
    elif before.checksum != now.checksum:
        yield f"model {now.name} {now.version}: other files of the same version"
    if old.beam != new.beam:
        yield f"beam {old.beam} → {new.beam}"
    if old.locale != new.locale:
        yield f"locale {old.locale} → {new.locale}"
    if old.quotes != new.quotes:
        yield f"quotes {old.quotes} → {new.quotes}"
    yield from _glossary_causes(old.glossaries, new.glossaries)
    for check in sorted(set(old.checks) ^ set(new.checks)):
        yield f"checks: {check}" if check in new.checks else f"checks: no longer {check}"


def _glossary_causes(old: Sequence[GlossarySignature], new: Sequence[GlossarySignature]) -> Iterator[str]:
    before, now = {g.name: g for g in old}, {g.name: g for g in new}
    for name in [*before, *(name for name in now if name not in before)]:
        if name not in now:
            yield f"glossary {name} removed"
        elif name not in before:
            yield f"glossary {name} added"
        elif before[name].checksum != now[name].checksum:
            yield f"glossary {name}: {_terms_changed(before[name], now[name])}"
    if before.keys() == now.keys() and list(before) != list(now):
        yield "another order of the glossaries"


def _terms_changed(old: GlossarySignature, new: GlossarySignature) -> str:
    if not (old.entries and new.entries):
        return f"{old.terms} → {new.terms} terms" if old.terms != new.terms else "terms changed"
    before, now = _by_source(old.entries), _by_source(new.entries)
    counts = {
        "added": len(now.keys() - before.keys()),
        "removed": len(before.keys() - now.keys()),
        "changed": sum(before[source] != now[source] for source in before.keys() & now.keys()),
    }
    parts = [(count, what) for what, count in counts.items() if count]
    first, *others = [f"{count} {'term' if count == 1 else 'terms'} {what}" for count, what in parts] or ["reordered"]
    return ", ".join([first, *(re.sub(" terms?", "", other) for other in others)])


def _by_source(entries: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for source, rest in entries:
        found[source].append(rest)
    return found


def _checksums(signature: Signature) -> list[tuple[str, str]]:
    return [(glossary.name, glossary.checksum) for glossary in signature.glossaries]
