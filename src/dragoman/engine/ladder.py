"""The ladder: decode, verify, and repair by ever stronger means until every span has one of its forms.

Each rung is tried only on what the rungs before it left unsatisfied, while other segments are still on lower ones: a
queue makes batches of what they all want decoded. The result remembers the rung that made it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from dragoman.article.model import InlineCode
from dragoman.check.finding import Finding, Severity
from dragoman.check.repetition import loops, said_twice
from dragoman.engine.align import WORD, Alignment, align, piece_spans, words
from dragoman.engine.clauses import parts
from dragoman.engine.model import Hypothesis, Model
from dragoman.engine.placing import Finder, moved, paired, place
from dragoman.engine.queue import Job, Task, run
from dragoman.engine.quoting import bracketed, brackets, fit, requote, unbracket, unquote
from dragoman.glossary.apply import article_edits
from dragoman.glossary.render import respell as respell_terms
from dragoman.localise.edit import Edit, apply, compose
from dragoman.localise.verify import compare
from dragoman.protect.names_spelling import respell
from dragoman.protect.quotations import QuoteMark
from dragoman.protect.span import Span, SpanKind, missing, occurrences, places

# Source tokens that are decoded as one sentence. Training sentences are rarely longer, whatever the package.
LONGEST = 128
# Source tokens that constraints may add to that.
STEERING = 64
# Candidates that are asked for when a sentence is decoded again because nothing was right.
HYPOTHESES = 8
# Copied well by models that were not trained with placeholders of their own (tests/bench/placeholders.py).
GENERIC_PLACEHOLDERS = tuple(f"QZ{n}" for n in range(10))
_CLOSING = "»”\"’' \u00a0\u202f"
_OPENING = '«“"‘([{'
_BARE_OF = re.compile(r"(?<!\w)d(?:e |['’])$")  # of a name without an article: le conseil d'OpenAI
_THE = re.compile(r"(?<!\w)[Tt]he $")
_FINAL = re.compile(r"[.?!…]+$")
_WORD = re.compile(r"\w+")
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "’": "'", "ʼ": "'", "\n": " "})
# les lots nos 3 et 4, which are not ours
_NUMBERS = re.compile(r"(\b(?i:les|des|aux|ces) \w+[sx] )nos(?= \d+(?:, \d+)* (?:et|à) \d)")
_ABBREVIATED = re.compile(r"(?<=[\d ])(?:k|M|Mds?)(?!\w)")
_SPACED_MINUS = re.compile(r"[-‑–−] *(?=\d)")


class Rung(StrEnum):
    """Which step of the ladder made a translation."""

    PLAIN = "plain"  # the first hypothesis was right
    STEERED = "steered"  # it was right, and had been asked for the forms of its terms
    CHOSEN = "chosen"  # another hypothesis was
    MASKED = "masked"  # spans were replaced by placeholders while decoding
    MENDED = "mended"  # spans were put in afterwards, where the alignment says
    FAILED = "failed"  # not every span is there, or a loop stayed: the checks say what is wrong


_FIRST = (Rung.PLAIN, Rung.STEERED)
_Part = TypeVar("_Part", Span, QuoteMark)


@dataclass(frozen=True, slots=True)
class Request:
    """A segment to translate: its text, the spans to keep and the inline codes to place, by offsets in the text.

    `marks` are its quotation marks, of which the translation must have the same; None leaves them to the model.
    """

    text: str
    spans: tuple[Span, ...] = ()
    codes: tuple[InlineCode, ...] = ()
    marks: tuple[QuoteMark, ...] | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A translated segment; `codes` are those of the request with their offsets in `text`, in order."""

    text: str
    score: float | None
    rung: Rung
    codes: tuple[tuple[int, InlineCode], ...] = ()
    findings: tuple[Finding, ...] = ()
    alternatives: tuple[tuple[str, float], ...] = ()  # what the decoder offered, where its first offer was not taken


@dataclass(slots=True, eq=False)
class _Case:
    """One sentence on its way up the ladder."""

    text: str
    spans: tuple[Span, ...]
    marks: tuple[QuoteMark, ...] | None
    capitals: bool = False  # the source is in capitals: it is decoded in lower case
    rung: Rung = Rung.PLAIN
    hypotheses: list[Hypothesis] = field(default_factory=list)
    hypothesis: Hypothesis | None = None  # the one that the translation is made of
    plain: str = ""  # `text` as models know it, with the same offsets
    tokens: list[str] = field(default_factory=list)  # what was decoded
    steering: tuple[tuple[int, Span], ...] = ()  # which tokens, up to that number, ask for which span
    masks: tuple[Edit, ...] = ()  # of `text`, to get what was decoded with placeholders
    edits: tuple[Edit, ...] = ()  # of the hypothesis, to get the translation
    done: bool = False

    @property
    def key(self) -> object:
        """What cases that are one and the same have in common."""
        return self.text, self.spans, self.marks

    def doubled(self, output: str) -> list[Span]:
        """Return the names that a translation says twice."""
        kinds = (SpanKind.ENTITY, SpanKind.TERM)
        return [
            s for s in self.spans if s.kind in kinds and said_twice(self.text, [self.text[s.start : s.end]], output)
        ]

    @property
    def output(self) -> str:
        assert self.hypothesis is not None
        return apply(self.hypothesis.text, self.edits)[0]

    def respelled(self, text: str, edits: Sequence[Edit] = ()) -> tuple[Edit, ...]:
        """Return the edits, and those that give terms their capitals, and names their letters, in the edited text."""
        terms = [span for span in self.spans if span.kind is SpanKind.TERM]
        names = [span for span in self.spans if span.kind is SpanKind.ENTITY]
        edits = compose(text, edits, respell_terms(terms, apply(text, edits)[0])) if terms else edits
        edits = compose(text, edits, respell(names, self.text, apply(text, edits)[0])) if names else edits
        return tuple(edits)

    def kept(self, output: str) -> bool:
        """Tell whether a translation has all spans and does not loop."""
        return not missing(self.spans, output) and not loops(self.text, output)

    def quoted(self, output: str) -> bool:
        """Tell whether it quotes what the source quotes."""
        return self.marks is None or fit(self.text, self.marks, self.spans, output)

    def good(self, output: str) -> bool:
        """Tell whether there is nothing to repair."""
        return (
            self.kept(output)
            and self.quoted(output)
            and bracketed(self.text, self.spans, output)
            and not compare(self.plain, output).invented
            and not self.doubled(output)
        )


def translate(
    model: Model,
    requests: Iterable[Request],
    *,
    rungs: Collection[Rung] = frozenset(Rung),
    progress: Callable[[int], None] | None = None,
) -> list[Result]:
    """Translate segments; the results are in the order of the requests (see `stream`)."""
    return list(stream(model, requests, rungs=rungs, progress=progress))


def stream(
    model: Model,
    requests: Iterable[Request],
    *,
    rungs: Collection[Rung] = frozenset(Rung),
    progress: Callable[[int], None] | None = None,
) -> Iterator[Result]:
    """Translate segments; yield the results in the order of the requests, each as soon as it and those before it are.

    Args:
        model: Decodes.
        requests: All segments of a call, of all its files: the more at once, the faster. They are taken when the
            decoder wants work.
        rungs: The rungs that are climbed; the others are left out, for measurements.
        progress: Called with the number of segments that have just been decoded for the first time.

    """
    cases: dict[object, _Case] = {}
    alone: dict[str, str | None] = {}
    pending: deque[tuple[Request, list[tuple[int, int]], list[_Case], list[str]]] = deque()

    def tasks() -> Iterator[Task]:
        for request in requests:
            ranges = _pieces(model, request)
            own = []
            for start, end in ranges:
                new = _case(request, start, end)
                own.append(cases.setdefault(new.key, new))
                if own[-1] is new:
                    yield _climb(model, new, rungs, progress)
            # What the texts between paired codes become alone shows where they are in the translation.
            phrases = [request.text[a:b] for a, b in paired(request.codes) if 0 < b - a < len(request.text)]
            for phrase in phrases:
                if phrase not in alone:
                    alone[phrase] = None
                    yield _by_itself(model, phrase, alone)
            pending.append((request, ranges, own, phrases))

    for _ in run(model, tasks()):
        while pending and all(case.done for case in pending[0][2]) and None not in map(alone.get, pending[0][3]):
            request, ranges, own, phrases = pending.popleft()
            yield _answer(model, request, ranges, own, {phrase: alone[phrase] or "" for phrase in phrases})
    for request, ranges, own, phrases in pending:  # nothing had to be decoded for them
        yield _answer(model, request, ranges, own, {phrase: alone[phrase] or "" for phrase in phrases})


def _answer(
    model: Model,
    request: Request,
    ranges: Sequence[tuple[int, int]],
    cases: Sequence[_Case],
    alone: Mapping[str, str],
) -> Result:
    done = []
    following = [start for start, _ in ranges[1:]] + [len(request.text) + 1]
    for (start, end), next_start, case in zip(ranges, following, cases, strict=True):
        codes = tuple(
            replace(code, at=min(code.at, end) - start) for code in request.codes if start <= code.at < next_start
        )
        done.append(_result(model, case, codes, alone))
    return _joined(request, ranges, done) if len(done) > 1 else _restored(request, done[0])


def _by_itself(model: Model, phrase: str, alone: dict[str, str | None]) -> Task:
    """Decode a phrase without its sentence, and note what becomes of it: a hint, for which the first guess will do."""
    tokens = model.encode(_prepared(phrase, ())[0])
    hypotheses = (yield Job(tokens, beam=1)) if len(tokens) <= LONGEST else []
    alone[phrase] = hypotheses[0].text if hypotheses else ""


def _pieces(model: Model, request: Request) -> list[tuple[int, int]]:
    if len(request.text) <= LONGEST:  # a token has at least one character
        return [(0, len(request.text))]
    whole = [(span.start, span.end) for span in request.spans]
    return parts(request.text, lambda text: len(model.encode(text)), LONGEST, whole)


def _case(request: Request, start: int, end: int) -> _Case:
    """Return what is to be done for request.text[start:end]."""

    def inside(parts: Sequence[_Part]) -> tuple[_Part, ...]:
        return tuple(
            replace(part, start=part.start - start, end=part.end - start)
            for part in parts
            if start <= part.start and part.end <= end
        )

    marks = None if request.marks is None else inside(request.marks)
    return _Case(request.text[start:end], inside(request.spans), marks)


def _climb(model: Model, case: _Case, rungs: Collection[Rung], progress: Callable[[int], None] | None) -> Task:
    """Decode a sentence, again and again if need be, until its translation is right or all rungs are climbed."""
    case.plain, case.capitals = _prepared(case.text, case.spans)
    _steer(model.package.constraint_token if Rung.STEERED in rungs else None, model, case)
    # As many hypotheses as the beam has cost no more than one, and the best one is the same.
    case.hypotheses = (yield Job(case.tokens, model.beam)) or [Hypothesis("", 0.0, (), list)]
    if progress:
        progress(1)
    case.hypothesis = case.hypotheses[0]
    case.edits = case.respelled(case.hypothesis.text)
    right = case.good(case.output)
    if not right and Rung.CHOSEN in rungs:
        right = yield from _choose(model, case)
    if not right and Rung.MASKED in rungs:
        right = yield from _mask(model, case)
    if not right and Rung.MENDED in rungs:
        alone: dict[str, str | None] = {}
        for span in missing(case.spans, case.output):
            yield from _by_itself(model, _source_of(case, span), alone)
        _mend(model, case, alone)
        _requote(model, case)
    case.done = True


def _steer(token: str | None, model: Model, case: _Case) -> None:
    """Set the tokens to decode: those of the sentence, and where the package takes them, its terms' wanted forms."""
    case.tokens = model.encode(case.plain)
    terms = [span for span in case.spans if span.kind is SpanKind.TERM]
    if token and terms:
        steering = []
        sent = case.plain
        for span in terms:
            sent += f"{token} {span.render[0]}"
            tokens = model.encode(sent)
            if len(tokens) > LONGEST + STEERING:
                break
            case.tokens = tokens
            steering.append((len(case.tokens), span))
        case.steering = tuple(steering)
        case.rung = Rung.STEERED


def _aligned(model: Model, case: _Case) -> Alignment:
    """Align the translation with `plain`, or what was made of it by the masks; a constraint stands for its span."""
    assert case.hypothesis is not None
    source = apply(case.plain, case.masks)[0]
    spans = piece_spans(model.encode(source), source)
    if not case.masks:
        for upto, span in case.steering:
            spans += [(span.start, span.end)] * (upto - len(spans))
    return align(source, spans, case.hypothesis)


def _prepared(text: str, spans: Sequence[Span]) -> tuple[str, bool]:
    """Return the text as models were trained on it, with the same offsets, and whether it was in capitals."""
    plain = _NUMBERS.sub(r"\1n° ", text.translate(_PLAIN))
    for span in spans:  # models know one minus, right before its figure
        if span.figure is not None and (sign := _SPACED_MINUS.match(plain, span.start, span.end)):
            plain = plain[: sign.start()] + "-".rjust(len(sign[0])) + plain[sign.end() :]
    letters = [
        char
        for index, char in enumerate(text)
        if char.isalpha() and not any(span.start <= index < span.end for span in spans)
    ]
    capitals = len(letters) > 5 and all(map(str.isupper, letters)) and " " in plain
    if capitals:
        lowered = plain[:1] + plain[1:].lower()
        for span in spans:
            lowered = lowered[: span.start] + text[span.start : span.end] + lowered[span.end :]
        if len(lowered) == len(plain):
            plain = lowered
    return plain, capitals


def _choose(model: Model, case: _Case) -> Generator[Job, list[Hypothesis], bool]:
    """Take the best hypothesis that satisfies all spans and does not loop; return whether there is one.

    Where the first one loops, the others mostly do, too: it is decoded again with no run of tokens coming twice.
    """
    looping = loops(case.text, case.output)
    if looping:
        short = len(_WORD.findall(case.text)) <= 4
        case.hypotheses = yield (
            Job(case.tokens, HYPOTHESES, no_repeat=1) if short else Job(case.tokens, model.beam, no_repeat=3)
        )
    good = next((h for h in case.hypotheses if case.good(apply(h.text, case.respelled(h.text))[0])), None)
    calm = next((h for h in case.hypotheses if not loops(case.text, h.text)), None) if looping else None
    if good or calm:
        case.hypothesis = good or calm
        assert case.hypothesis is not None
        case.edits = case.respelled(case.hypothesis.text)
        case.rung = Rung.CHOSEN
    return good is not None


def _mask(model: Model, case: _Case) -> Generator[Job, list[Hypothesis], bool]:
    """Decode again with placeholders for the spans that are missing, or said twice; return whether that helps.

    Other terms are asked for as before. Where one of them gets lost now, it is masked as well, in a second round.
    """
    marks = model.package.placeholders or GENERIC_PLACEHOLDERS
    free = [mark for mark in marks if mark not in case.text]
    lost = missing(case.spans, case.output) or tuple(case.doubled(case.output))
    for hypotheses in (model.beam, HYPOTHESES):
        if not 0 < len(lost) <= len(free):
            return False
        substitutes = {mark: span.render[0] for mark, span in zip(free, lost, strict=False)}
        masks = tuple(_masked(case.plain, span, mark) for mark, span in zip(free, lost, strict=False))
        asked = [span for _, span in case.steering if span not in lost]
        sent = apply(case.plain, masks)[0] + "".join(f"{model.package.constraint_token} {s.render[0]}" for s in asked)
        offered = yield Job(model.encode(sent), hypotheses)
        candidates: list[tuple[bool, int, Hypothesis, tuple[Edit, ...]]] = []
        for hypothesis in offered:
            unmasked = _unmask(hypothesis.text, substitutes)
            if unmasked is None:
                continue
            edits = case.respelled(hypothesis.text, unmasked)
            output = apply(hypothesis.text, edits)[0]
            if case.kept(output):
                candidates.append((not case.good(output), len(candidates), hypothesis, edits))
            elif hypothesis is offered[0]:
                more = {*lost, *missing(case.spans, output)}
                lost = tuple(sorted(more, key=lambda span: span.start))
        if candidates:
            _, _, case.hypothesis, edits = min(candidates)
            case.masks = masks
            case.edits = _fitted(case.hypothesis.text, edits, case.spans)
            case.rung = Rung.MASKED
            return case.good(case.output)
    return False


def _masked(text: str, span: Span, mark: str) -> Edit:
    """Return the edit that puts a placeholder in the place of a span.

    A name that keeps its article (au Havre: in Le Havre) takes it out of the preposition before.
    """
    article = _CONTRACTED.search(text, max(0, span.start - 4), span.start)
    if article and span.kind is SpanKind.ENTITY and span.render[0].startswith(("Le ", "Les ")):
        return Edit(article.start(), span.end, ("à " if article[0][0] in "aA" else "de ") + mark)
    return Edit(span.start, span.end, mark)


_CONTRACTED = re.compile(r"(?<!\w)(?:au|aux|du|des) $", re.IGNORECASE)


def _unmask(text: str, substitutes: dict[str, str]) -> tuple[Edit, ...] | None:
    """Return edits that put the forms in place of their placeholders, or None if one isn't there exactly once."""
    edits = []
    for mark, form in substitutes.items():
        places = occurrences(mark, text)
        if len(places) != 1:
            return None
        edits.append(Edit(places[0], places[0] + len(mark), form))
    return tuple(sorted(edits, key=lambda edit: edit.start))


def _source_of(case: _Case, span: Span) -> str:
    return case.plain[span.start : span.end]


def _mend(model: Model, case: _Case, alone: Mapping[str, str | None]) -> None:
    """Put the missing spans where the alignment says that their source words went."""
    assert case.hypothesis is not None
    lost = missing(case.spans, case.output)
    if not lost:
        return
    alignment = _aligned(model, case)
    text = case.hypothesis.text
    kept = [place for span in case.spans if span not in lost for place in places(span, text)]
    kept += [(edit.start, edit.end) for edit in case.edits]  # what was respelled is there as well
    wrong = [(f.start, f.end) for f in compare(case.plain, text).invented] if any(s.figure for s in lost) else []
    edits: list[Edit] = []
    for span in lost:
        hint = _hint(text, words(alone.get(_source_of(case, span)) or ""), words(" ".join(span.render)))
        place = _inner(text, alignment.target_range(span.start, span.end, hint))
        if span.figure is not None and wrong:
            at = place[0] if place else alignment.target_offset(span.start)
            place = min(wrong, key=lambda range_: abs(range_[0] - at))
            wrong.remove(place)
            place = place[0], _with_unit(text, place[1], _source_of(case, span))
        taken = kept + [(edit.start, edit.end) for edit in edits]
        if place is None or any(a < place[1] and place[0] < b for a, b in taken):
            at = alignment.target_offset(span.start)
            inside = next(((a, b) for a, b in taken if a < at < b), None)
            at = inside[1] if inside else at
            left = " " if at and not text[at - 1].isspace() else ""
            right = " " if at < len(text) and (text[at].isalnum() or text[at] in _OPENING) else ""
            edits.append(Edit(at, at, left + span.render[0] + right))
        else:
            left = " " if place[0] and text[place[0] - 1].isalnum() else ""
            edits.append(Edit(*place, left + span.render[0]))
    edits.sort(key=lambda edit: (edit.start, edit.end))
    for index, (before, edit) in enumerate(pairwise(edits), 1):
        if before.end == edit.start and edit.text[:1].isalnum():
            edits[index] = replace(edit, text=f" {edit.text}")
    case.edits = _fitted(text, case.respelled(text, edits), case.spans)
    case.rung = Rung.MENDED


def _with_unit(text: str, end: int, source: str) -> int:
    """Return the end of a figure together with the abbreviation behind it that was copied from the source: 18.4 M."""
    unit = _ABBREVIATED.search(source)
    copied = unit and re.compile(rf" ?{re.escape(unit[0])}(?!\w)(?:\.(?=[,;:]|$| [a-z]))?").match(text, end)
    return copied.end() if copied else end


def _requote(model: Model, case: _Case) -> None:
    """Put brackets and quotation marks around the right words, unless they are there."""
    if not bracketed(case.text, case.spans, case.output):
        marks = brackets(case.text, case.spans) or ()
        _set_marks(model, case, unbracket(case.spans, case.output), marks, round_=True)
    if case.marks is not None and not case.quoted(case.output):
        _set_marks(model, case, unquote(case.marks, case.spans, case.output), case.marks, round_=False)


def _set_marks(model: Model, case: _Case, removed: list[Edit], marks: Sequence[QuoteMark], *, round_: bool) -> None:
    assert case.hypothesis is not None
    text = case.hypothesis.text
    case.edits = tuple(compose(text, case.edits, removed))
    edits = requote(_finder(model, case, {}), case.text, marks, case.spans, case.output, round_=round_)
    case.edits = tuple(compose(text, case.edits, edits))
    case.rung = Rung.MENDED


def _hint(text: str, alone: Collection[str], forms: Collection[str]) -> list[bool]:
    """Tell for each word of a translation whether it is, or is akin to, one that a term alone is translated by."""
    return [
        word in alone or any(word == form or (len(word) > 3 and word[:5] == form[: len(word[:5])]) for form in forms)
        for word in words(text)
    ]


def _inner(text: str, place: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return a range without the marks, and the 's of a possessive, that it begins or ends with."""
    if place is None:
        return None
    words = [m.span() for m in WORD.finditer(text, *place) if m[0][0].isalnum()]
    return (words[0][0], words[-1][1]) if words else None


def _fitted(text: str, edits: Sequence[Edit], spans: Sequence[Span]) -> tuple[Edit, ...]:
    """Return the edits together with what makes the English around the terms right again: a/an, doubled words."""
    output = apply(text, edits)[0]
    mended: list[Edit] = []
    for span in spans:
        if span.kind is SpanKind.TERM:
            for start, end in places(span, output):
                found = article_edits(output, start, end)
                if not any(a.start < b.end and b.start < a.end for a in found for b in mended):
                    mended += [edit for edit in found if edit not in mended]
    mended.sort(key=lambda edit: edit.start)
    whole = compose(text, edits, mended)
    # What looks doubled may be two terms side by side.
    return tuple(edits if missing(spans, apply(text, whole)[0]) else whole)


def _result(model: Model, case: _Case, codes: tuple[InlineCode, ...], alone: Mapping[str, str]) -> Result:
    assert case.hypothesis is not None
    text = case.output
    whole = [(span.start, span.end) for span in case.spans]
    placed = place(_finder(model, case, alone), case.text, codes, text, whole) if codes else ()
    text, placed = moved(text, placed, _finish(case.text, case.spans, text, capitals=case.capitals))
    looping = loops(case.text, text)
    findings: tuple[Finding, ...] = ()
    if not (looping or case.hypothesis.complete):
        findings = (Finding("repetition", Severity.ERROR, "the translation has no end"),)
    return Result(
        text=text,
        score=case.hypothesis.score,
        rung=Rung.FAILED if findings or looping or missing(case.spans, text) else case.rung,
        codes=placed,
        findings=findings,
        alternatives=tuple((h.text, h.score) for h in case.hypotheses) if case.rung not in _FIRST else (),
    )


def _finder(model: Model, case: _Case, alone: Mapping[str, str]) -> Finder:
    """Return a function that finds ranges of the source in the translation."""
    hypothesis = case.hypothesis
    assert hypothesis is not None
    alignment = _aligned(model, case)
    spelled = words(hypothesis.text)

    def find(start: int, end: int) -> tuple[int, int]:
        around = next((span for span in case.spans if span.start <= start < end <= span.end), None)
        whole = _place_of(case, around) if around else None
        if around and whole and (around.start, around.end) == (start, end):
            return whole
        hints = set(words(alone.get(case.text[start:end], "")))
        _, (start, end) = apply(case.text, case.masks, (start, end))
        target = alignment.target_range(start, end, [word in hints for word in spelled]) if start < end else None
        if target is None:
            target = alignment.target_offset(start), alignment.target_offset(end)
        first, last = apply(hypothesis.text, case.edits, target)[1]
        if whole is None:
            return first, last
        # What is a part of a term, or of a figure, is a part of its form, or all of it.
        first, last = max(first, whole[0]), min(last, whole[1])
        return (first, last) if any(map(str.isalnum, case.output[first:last])) else whole

    return find


def _place_of(case: _Case, span: Span) -> tuple[int, int] | None:
    """Return where a span's form is in the translation: of as many alike as in the source, the one in its order."""
    found = places(span, case.output)
    alike = [other for other in case.spans if other.render == span.render]
    if len(found) == len(alike):
        return sorted(found)[alike.index(span)]
    return found[0] if found else None


def _finish(source: str, spans: Sequence[Span], text: str, *, capitals: bool) -> list[Edit]:
    """Return edits that give a translation the capitals and the final mark of its source."""
    if not text:
        return []
    kept = [place for span in spans if span.kind is SpanKind.CODE for place in places(span, text)]
    free = [index for index in range(len(text)) if not any(a <= index < b for a, b in kept)]
    edits: list[Edit] = []
    if capitals:
        edits += [Edit(i, i + 1, text[i].upper()) for i in free if text[i] != text[i].upper()]
    elif 0 in free and source[:1].isupper() and _first_word(text).islower():
        edits.append(Edit(0, 1, text[0].upper()))
    for span in spans:
        if span.kind is SpanKind.TERM:
            edits += _lowered(text, span)
        elif span.figure is not None and span.figure.kind == "phone":  # 05 36 49 1207
            edits += [Edit(*place, span.render[0]) for place in places(span, text)]
        elif span.kind is SpanKind.ENTITY and _BARE_OF.search(source, 0, span.start):
            for start, end in places(span, text):
                if _THE.search(text, 0, start) and text[end : end + 2] in ("'s", "’s"):  # the OpenAI's board
                    edits.append(Edit(start - 4, start, ""))
    # Models whose target pieces know no hyphen inside a name write "OpenAI- Microsoft".
    for gap in re.finditer(r"(\w+)(?:-( )|( )-)(?=(\w+))", text):
        if f"{gap[1]}-{gap[4]}" in source:
            at = gap.start(2) if gap[2] else gap.start(3)
            edits.append(Edit(at, at + 1, ""))
    # The final mark may stand inside a closing quotation mark.
    body, source_body = text.rstrip(_CLOSING), source.rstrip(_CLOSING)
    last = len(body) - 1
    if body.endswith(".") and not body.endswith("..") and source_body[-1:].isalnum() and last in free:
        before = _WORD.findall(body[-6:])
        if "." not in body[-4:-1] and before and len(before[-1]) > 2:  # not "U.S." or "Inc."
            edits.append(Edit(last, last + 1, ""))
    elif body.endswith(".") and not body.endswith("..") and source_body[-1:] in ("?", "!") and last in free:
        edits.append(Edit(last, last + 1, source_body[-1]))
    elif mark := _FINAL.search(source):
        end = len(text.rstrip("-–, "))  # models also end in the middle of a compound
        if text[end - 1 : end].isalnum() and {*range(end, len(text))} <= {*free}:
            edits.append(Edit(end, len(text), mark[0]))
    return sorted(set(edits), key=lambda edit: edit.start)


def _lowered(text: str, span: Span) -> list[Edit]:
    """Return edits that take away the capital of a term inside a sentence: models copy it from where they saw it."""
    return [
        Edit(start, start + 1, text[start].lower())
        for start, end in places(span, text)
        if text[start : start + 2].istitle()
        and text[start].lower() + text[start + 1 : end] in span.render
        and text[:start].rstrip(' "“‘«(\u00a0')[-1:] not in ("", ".", "!", "?", ":", "…", "–", "—")
    ]


def _first_word(text: str) -> str:
    word = _WORD.match(text)
    return word[0] if word else text


def _joined(request: Request, ranges: Sequence[tuple[int, int]], parts_done: Sequence[Result]) -> Result:
    """Return the parts of a sentence that was cut as one result."""
    text = ""
    codes: list[tuple[int, InlineCode]] = []
    for (start, _), part in zip(ranges, parts_done, strict=True):
        piece = part.text
        first = _first_word(piece)
        if text and request.text[start].islower() and first not in request.text and first != "I":
            piece = piece[:1].lower() + piece[1:]
        gap = " " if text and piece else ""
        codes += [(len(text) + len(gap) + offset, code) for offset, code in part.codes]
        text += gap + piece
    scores = [part.score for part in parts_done if part.score is not None]
    cut = Finding(
        "cut",
        Severity.WARNING,
        f"the sentence was too long for the model and was translated in {len(ranges)} parts",
    )
    return _restored(
        request,
        Result(
            text=text,
            score=round(sum(scores) / len(scores), 4) if scores else None,
            rung=max((part.rung for part in parts_done), key=list(Rung).index),
            codes=tuple(codes),
            findings=(*(finding for part in parts_done for finding in part.findings), cut),
        ),
    )


def _restored(request: Request, result: Result) -> Result:
    """Return the result with the request's own inline codes, whose offsets count in the whole sentence."""
    own = {(code.begin, code.end): code for code in request.codes}
    return replace(result, codes=tuple((at, own[code.begin, code.end]) for at, code in result.codes))
