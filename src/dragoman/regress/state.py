"""The state of a translated article: what a baseline records, as data and as a file.

The files are those that the fixture `data_regression` of pytest-regressions writes: YAML in block style, UTF-8, without
aliases. Each text stands on one line of its own, so that a diff shows the sentence that changed as a whole. The
decoder's scores are left out: they may differ in the last digits between kinds of processors, while a translation is
the same text or another one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman import __version__
from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from dragoman.check.settings import Settings
    from dragoman.engine.model import Model
    from dragoman.glossary.entry import Entry
    from dragoman.pipeline import Segment, Translation
    from dragoman.protect.quotations import QuoteMark

# The columns of a glossary entry that decide on a translation, after its source and target.
_COLUMNS = ("kind", "pos", "case", "plural", "first")


@dataclass(frozen=True, slots=True)
class ModelSignature:
    """Which model translated; `checksum` is that of `engine.packages.checksum`, 64 hexadecimal digits."""

    name: str
    version: str
    checksum: str


@dataclass(frozen=True, slots=True)
class GlossarySignature:
    """A glossary that was applied: how many of its entries are in force, and a checksum of these.

    `entries` are (source, what is to be written and how) in the order of a glossary. They are kept once for a suite,
    beside the baselines, and play no part in comparisons.
    """

    name: str
    terms: int
    checksum: str  # the first 12 hexadecimal digits of the SHA-256 of the entries
    entries: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Signature:
    """What translations depend on, besides the article: two states may differ where their signatures do."""

    dragoman: str
    model: ModelSignature
    glossaries: tuple[GlossarySignature, ...]  # the nearest first
    locale: str
    beam: int
    quotes: str  # what becomes of quotations: "translate", "keep" or "both"
    checks: tuple[str, ...] = ()  # what the project file changes about the checks: "spacing off"


@dataclass(frozen=True, slots=True)
class Kept:
    """Words of the source that must survive, and what stands for them in the translation.

    `translation` is None where a check says that they are lost, and "" where they are said in a way that the check
    accepts but that can't be shown (he, for a name).
    """

    source: str
    translation: str | None


@dataclass(frozen=True, slots=True)
class FindingState:
    """What a check found: its id, "error" or "warning", its message, and the words of the source that it is about."""

    check: str
    severity: str
    message: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class SegmentState:
    """A segment of an article and its translation."""

    source: str
    translation: str
    kind: str  # of its block: "paragraph", "title" …
    continues: bool = False  # it stands in the same block as the segment before it
    terms: tuple[Kept, ...] = ()
    entities: tuple[Kept, ...] = ()
    figures: tuple[Kept, ...] = ()
    quotations: tuple[Kept, ...] = ()  # with their marks
    findings: tuple[FindingState, ...] = ()
    rung: str = ""  # of the ladder; "rule" or "copied" where no model was asked
    line: int = field(default=0, compare=False)  # where it begins in the article, from 1; 0: unknown. Not in the file.


@dataclass(frozen=True, slots=True)
class State:
    """An article as it was translated; `article` is its path in the suite, with slashes."""

    article: str
    signature: Signature
    segments: tuple[SegmentState, ...]


def paragraphs(segments: Sequence[SegmentState]) -> list[range]:
    """Return the numbers of the segments of each block, in order."""
    starts = [index for index, segment in enumerate(segments) if not (segment.continues and index)]
    return [range(start, end) for start, end in pairwise([*starts, len(segments)])]


class Text(str):
    """A text that is written on a line of its own; in quotation marks, with escapes, if YAML would change it."""

    __slots__ = ()


class Ordered(dict[str, Any]):
    """A mapping that is written in its own order."""

    __slots__ = ()


def sign(
    model: Model, glossaries: Mapping[str, Sequence[Entry]], locale: str, quotes: str, settings: Settings
) -> Signature:
    """Return the signature of translations.

    Args:
        model: The loaded model.
        glossaries: The entries of the glossaries that apply, by their names, the nearest first.
        locale: "en-US" or "en-GB".
        quotes: What becomes of quotations.
        settings: What the project file says about the checks.

    """
    package = model.package
    checks = [f"{name} off" for name in settings.disabled]
    checks += [f"{name}: {severity}" for name, severity in settings.severities.items()]
    checks += [f"{check}.{name} = {value:g}" for (check, name), value in settings.thresholds.items()]
    return Signature(
        dragoman=__version__,
        model=ModelSignature(package.name, package.version, model.checksum),
        glossaries=tuple(_sign_glossary(name, entries) for name, entries in glossaries.items()),
        locale=locale,
        beam=model.beam,
        quotes=quotes,
        checks=tuple(sorted(checks)),
    )


def _sign_glossary(name: str, entries: Iterable[Entry]) -> GlossarySignature:
    written = []
    for entry in entries:
        if entry.in_force:
            rest = [f"{column} {entry.cell(column)}" for column in _COLUMNS if entry.cell(column)]
            written.append((entry.source, "; ".join([entry.target, *rest])))
    written.sort()
    digest = hashlib.sha256("".join(f"{source}\t{rest}\n" for source, rest in written).encode()).hexdigest()
    return GlossarySignature(name, len(written), digest[:12], tuple(written))


def state_of(translation: Translation, signature: Signature, article: str | None = None) -> State:
    """Return the state of an article; `article` is its path in the suite if its name is another one."""
    blocks, source = translation.article.blocks, translation.article.source
    segments = []
    line, read, before = 1, 0, -1
    for segment in translation.segments:
        begin = blocks[segment.block].begins[segment.start]
        line = line + source.count("\n", read, begin) if begin >= read else source.count("\n", 0, begin) + 1
        read = begin
        state = _segment(segment, blocks[segment.block].kind, continues=segment.block == before)
        segments.append(replace(state, line=line))
        before = segment.block
    return State(article or translation.article.name, signature, tuple(segments))


def _segment(segment: Segment, kind: str, *, continues: bool) -> SegmentState:
    from dragoman.protect.span import SpanKind

    findings = tuple(
        FindingState(f.check, f.severity.value, f.message, segment.source[slice(*f.source)] if f.source else "")
        for f in segment.findings
    )
    return SegmentState(
        source=segment.source,
        translation=segment.translation,
        kind=str(kind),
        continues=continues,
        terms=_kept(segment, SpanKind.TERM, "terms"),
        entities=_kept(segment, SpanKind.ENTITY, "entities"),
        figures=_kept(segment, SpanKind.FIGURE, "figures"),
        quotations=_quotations(segment),
        findings=findings,
        rung=segment.result.rung.value if segment.origin == "model" else segment.origin.value,
    )


def _kept(segment: Segment, kind: str, check: str) -> tuple[Kept, ...]:
    """Return the spans of a kind with what stands for each, of the places that are free the first in the text."""
    from dragoman.protect.span import places

    spans = [span for span in segment.spans if span.kind == kind]
    lost = [f.source for f in segment.findings if f.check == check and f.source]
    taken: set[tuple[int, int]] = set()
    kept = []
    for span in spans:
        words = segment.source[span.start : span.end]
        found = sorted(places(span, segment.translation))
        if any(a < span.end and span.start < b for a, b in lost):
            kept.append(Kept(words, None))
        elif first := _mention(span.first, segment.translation):
            kept.append(Kept(words, first))
        elif found:
            place = next((place for place in found if place not in taken), found[0])
            taken.add(place)
            kept.append(Kept(words, segment.translation[slice(*place)]))
        else:
            kept.append(Kept(words, ""))
    return tuple(kept)


def _mention(first: str, text: str) -> str:
    """Return the form of a first mention as it stands in a translation, or "" if it doesn't."""
    form = first.removeprefix("the ")
    at = text.casefold().find(form.casefold())
    return text[at : at + len(form)] if form and at >= 0 else ""


def _quotations(segment: Segment) -> tuple[Kept, ...]:
    """Return the quoted passages of a segment with their translations, both with their marks."""
    from dragoman.localise.quotes import quotation_marks

    if not segment.quotes:
        return ()
    there = quotation_marks(segment.translation, segment.inside)
    if segment.inside and len(there) == len(segment.quotes) + 1 and there[0].role == "open":
        there = there[1:]  # English repeats the mark in a paragraph inside a quotation
    source = _passages(segment.source, segment.quotes)
    if [mark.role for mark in there] == [mark.role for mark in segment.quotes]:
        return tuple(map(Kept, source, _passages(segment.translation, there)))
    lost = any(finding.check in ("quotations", "quoted-words") for finding in segment.findings)
    return tuple(Kept(passage, None if lost else "") for passage in source)


def _passages(text: str, marks: Sequence[QuoteMark] | Sequence[Any]) -> list[str]:
    """Return what stands between the marks of a text, with them; one without a partner is open to the edge."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for mark in marks:
        if mark.role == "open":
            opened.append(mark.start)
        else:
            found.append((opened.pop() if opened else 0, mark.end))
    found += [(start, len(text)) for start in opened]
    return [text[start:end].strip() for start, end in sorted(found)]


def dump(state: State) -> bytes:
    """Return the file of a state: the same bytes for the same state."""
    return _dumped(as_data(state))


def as_data(state: State) -> Ordered:
    """Return a state as data that `data_regression.check` writes as `dump` does, once `represent` was called."""
    return Ordered(
        article=_plain(state.article),
        signature=_signature_data(state.signature),
        segments=[_segment_data(segment) for segment in state.segments],
    )


def _signature_data(signature: Signature) -> Ordered:
    model = signature.model
    data = Ordered(
        dragoman=signature.dragoman,
        model=Ordered(name=model.name, version=model.version, checksum=model.checksum),
        glossaries=[Ordered({g.name: f"{g.terms} terms {g.checksum}"}) for g in signature.glossaries],
        locale=signature.locale,
        beam=signature.beam,
        quotes=signature.quotes,
    )
    if signature.checks:
        data["checks"] = list(signature.checks)
    return data


def _segment_data(segment: SegmentState) -> Ordered:
    """Return what is to be written of a segment: nothing that is empty."""
    data = Ordered(source=Text(segment.source), translation=Text(segment.translation), kind=segment.kind)
    if segment.continues:
        data["continues"] = True
    for name in ("terms", "entities", "figures"):
        if kept := getattr(segment, name):
            data[name] = [
                Ordered({_plain(k.source): None if k.translation is None else _plain(k.translation)}) for k in kept
            ]
    if segment.quotations:
        data["quotations"] = [
            Ordered(source=Text(q.source), translation=None if q.translation is None else Text(q.translation))
            for q in segment.quotations
        ]
    if segment.findings:
        data["findings"] = [_finding_data(finding) for finding in segment.findings]
    data["rung"] = segment.rung
    return data


def _finding_data(finding: FindingState) -> Ordered:
    data = Ordered(check=_plain(finding.check), severity=_plain(finding.severity), message=Text(finding.message))
    if finding.source:
        data["source"] = Text(finding.source)
    return data


def dump_glossaries(signature: Signature) -> bytes:
    """Return the file that keeps the entries of the glossaries of a suite: what its baselines were made with."""
    data = _signature_data(signature)
    data["entries"] = Ordered(
        {g.name: [Ordered({_plain(source): _plain(rest)}) for source, rest in g.entries] for g in signature.glossaries}
    )
    return _dumped(data, width=1000)  # a line for each


def load(data: bytes, name: str) -> State:
    """Return the state that `dump` wrote; `name` is the file's, for messages.

    Raises:
        DragomanError: It is no such file.

    """
    content = _loaded(data, name)
    try:
        return from_data(content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unreadable(name, error) from None


def from_data(data: Mapping[str, Any]) -> State:
    """Return the state that `as_data` gave.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: It is no such data.

    """
    signature = _signature_of(data["signature"])
    return State(str(data["article"]), signature, tuple(_segment_of(segment) for segment in data["segments"]))


def load_glossaries(data: bytes, name: str) -> Signature:
    """Return the signature that `dump_glossaries` wrote, with the entries of its glossaries.

    Raises:
        DragomanError: It is no such file.

    """
    content = _loaded(data, name)
    try:
        signature = _signature_of(content)
        entries = {
            glossary: tuple((str(source), str(rest)) for row in rows for source, rest in row.items())
            for glossary, rows in content["entries"].items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unreadable(name, error) from None
    return replace(
        signature, glossaries=tuple(replace(g, entries=entries.get(g.name, ())) for g in signature.glossaries)
    )


def _unreadable(name: str, error: Exception) -> DragomanError:
    what = f"{error} is missing" if isinstance(error, KeyError) else "it has another form"
    return DragomanError(f"{name}: is no baseline ({what}); write it anew with dragoman regress update")


def _signature_of(data: Mapping[str, Any]) -> Signature:
    glossaries = []
    for row in data["glossaries"]:
        ((name, text),) = row.items()
        terms, _, checksum = text.split()
        glossaries.append(GlossarySignature(str(name), int(terms), checksum))
    model = data["model"]
    return Signature(
        dragoman=str(data["dragoman"]),
        model=ModelSignature(str(model["name"]), str(model["version"]), str(model["checksum"])),
        glossaries=tuple(glossaries),
        locale=str(data["locale"]),
        beam=int(data["beam"]),
        quotes=str(data["quotes"]),
        checks=tuple(map(str, data.get("checks", ()))),
    )


def _segment_of(data: Mapping[str, Any]) -> SegmentState:
    def kept(name: str) -> tuple[Kept, ...]:
        return tuple(_kept_of(*pair) for row in data.get(name, ()) for pair in row.items())

    return SegmentState(
        source=str(data["source"]),
        translation=str(data["translation"]),
        kind=str(data["kind"]),
        continues=bool(data.get("continues", False)),
        terms=kept("terms"),
        entities=kept("entities"),
        figures=kept("figures"),
        quotations=tuple(_kept_of(row["source"], row["translation"]) for row in data.get("quotations", ())),
        findings=tuple(
            FindingState(*(str(f.get(name, "")) for name in ("check", "severity", "message", "source")))
            for f in data.get("findings", ())
        ),
        rung=str(data["rung"]),
    )


def _kept_of(source: object, translation: object) -> Kept:
    """Return what is kept; a file that a person edited may have a number where there was a text."""
    return Kept(str(source), None if translation is None else str(translation))


# Control characters, and the line ends that YAML 1.1 knows: it reads them as a line feed.
_CHANGED_BY_YAML = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def _plain(text: str) -> str:
    """Return a short text, to be written beside its key, where YAML leaves it as it is."""
    return Text(text) if _CHANGED_BY_YAML.search(text) else text


def represent(dumper: Any) -> None:  # noqa: ANN401 (PyYAML has no types)
    """Teach a YAML dumper class to write `Text` on a line of its own, and `Ordered` in its order.

    With pytest-regressions: represent(RegressionYamlDumper), before `data_regression.check(as_data(state))`.
    """

    def text(d: Any, text: Text) -> Any:  # noqa: ANN401
        style = '"' if _CHANGED_BY_YAML.search(text) else "|"
        return d.represent_scalar("tag:yaml.org,2002:str", str(text), style=style)

    dumper.add_representer(Text, text)
    dumper.add_representer(Ordered, lambda d, data: d.represent_mapping("tag:yaml.org,2002:map", data.items()))


@cache
def _dumper() -> Any:  # noqa: ANN401
    import yaml

    class Dumper(yaml.SafeDumper):  # type: ignore[misc]
        def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
            return True

    represent(Dumper)
    return Dumper


def _dumped(data: Ordered, width: int | None = None) -> bytes:
    import yaml

    written = yaml.dump_all(
        [data], Dumper=_dumper(), default_flow_style=False, allow_unicode=True, indent=2, encoding="utf-8", width=width
    )
    return bytes(written)


def _loaded(data: bytes, name: str) -> Any:  # noqa: ANN401
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where PyYAML was built with libyaml
    try:
        return yaml.load(data, loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark else name
        raise DragomanError(f"{where}: is not YAML; write it anew with dragoman regress update") from None


def read(path: Path) -> State:
    """Return the state in a baseline.

    Raises:
        DragomanError: It can't be read, or is no baseline.

    """
    return load(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """Return the content of a file.

    Raises:
        DragomanError: It can't be read.

    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise DragomanError(f"{path}: cannot be read ({error.strerror}); check its permissions") from None
