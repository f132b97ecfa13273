"""Runs a suite: translates its articles, compares them with their baselines, and says whether that is good enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import partial
from typing import TYPE_CHECKING

from dragoman.errors import DragomanError
from dragoman.files import write_whole
from dragoman.regress.compare import Comparison, Verdict, compare, source_key
from dragoman.regress.metrics import Score
from dragoman.regress.state import (
    SegmentState,
    Signature,
    State,
    dump,
    dump_glossaries,
    load_glossaries,
    paragraphs,
    read,
    read_bytes,
    sign,
    state_of,
)
from dragoman.regress.suite import METRICS, SIGNATURE_FILE, Suite

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.article.model import Article
    from dragoman.check.settings import Settings
    from dragoman.engine.model import Model
    from dragoman.glossary.entry import Entry
    from dragoman.glossary.match import Matcher
    from dragoman.pipeline import Engine

# The share of the paragraphs of a baseline that an article of another name must have to be the same, renamed.
_RENAMED = 0.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found."""

    suite: Suite
    comparisons: tuple[Comparison, ...]  # by the names of the articles
    metrics: tuple[Score, ...]  # none without references
    exceeded: tuple[str, ...]  # why it is not good enough: "2 segments broken, and none are allowed"
    causes: tuple[str, ...]  # how the signatures differ, of all articles

    @property
    def passed(self) -> bool:
        """Whether no limit was exceeded."""
        return not self.exceeded

    def count(self, verdict: Verdict) -> int:
        """Return how many segments of the suite have a verdict."""
        return sum(comparison.count(verdict) for comparison in self.comparisons)


@dataclass(frozen=True, slots=True)
class Update:
    """What an update did, by the names of the articles."""

    written: tuple[str, ...]  # baselines that are new or have another content
    removed: tuple[str, ...]  # baselines of articles that are gone
    kept: int  # baselines that were right already


@dataclass(frozen=True, slots=True)
class Setup:
    """All that a suite is translated with, in memory."""

    signature: Signature  # with the entries of the glossaries
    matcher: Matcher
    settings: Settings
    engine: Engine


def load_model(suite: Suite, model: str | None = None, threads: int = 0) -> Model:
    """Return the model of a suite, or another one by its name, version or path.

    Raises:
        DragomanError: There is no such model, or it can't be read.

    """
    from dragoman.engine import packages
    from dragoman.engine.model import Model

    return Model(packages.choose(model or suite.model), beam=suite.beam, threads=threads)


def prepare(suite: Suite, model: Model, engine: Engine | None = None) -> Setup:
    """Return what a suite is translated with.

    Args:
        suite: The suite.
        model: A loaded model, with the beam of the suite.
        engine: Translates segments instead of the model; the signature names the model all the same.

    Raises:
        DragomanError: The project file or a glossary can't be read.

    """
    from dragoman.check.settings import read_settings
    from dragoman.engine import ladder
    from dragoman.glossary.match import compile as compiled
    from dragoman.glossary.resolve import combine

    settings = read_settings(suite.project)
    named = _glossaries(suite)
    return Setup(
        sign(model, named, suite.locale, suite.quotes, settings),
        compiled(combine(list(named.values())).entries),
        settings,
        engine or partial(ladder.translate, model),
    )


def _glossaries(suite: Suite) -> Mapping[str, Sequence[Entry]]:
    """Return the entries of the glossaries of a suite, the nearest first, by their file names without extension."""
    from dragoman.glossary import table
    from dragoman.glossary.resolve import paths, read_project

    files = paths([], read_project(suite.project))
    stems = Counter(file.stem for file in files)
    folder = suite.folder.resolve()

    def name(file: Path) -> str:
        if stems[file.stem] == 1:
            return file.stem
        inside = file.resolve().is_relative_to(folder)
        return file.resolve().relative_to(folder).as_posix() if inside else f"built-in {file.stem}"

    return {name(file): table.load(file) for file in files}


def translate(suite: Suite, setup: Setup, articles: Sequence[Path]) -> list[State]:
    """Translate articles of a suite, with all their segments in one queue, and return their states.

    Raises:
        DragomanError: An article can't be read, or is not French.

    """
    from dragoman.pipeline import check_language
    from dragoman.pipeline import translate as run_pipeline
    from dragoman.protect.annotate import QuotePolicy

    read_articles = [_article(suite, path) for path in articles]
    for article in read_articles:
        check_language(article, "take it out of the suite")
    done = run_pipeline(
        read_articles,
        setup.engine,
        suite.locale,
        matchers=[setup.matcher] * len(read_articles),
        settings=[setup.settings] * len(read_articles),
        quotes=QuotePolicy(suite.quotes),
    )
    return [state_of(translation, setup.signature) for translation in done]


def _article(suite: Suite, path: Path) -> Article:
    from dragoman.article.read import read as read_article

    return replace(read_article(str(path)), name=suite.name(path))


def run(
    suite: Suite,
    model: Model | None = None,
    *,
    engine: Engine | None = None,
    only: Sequence[str] = (),
    threads: int = 0,
) -> Outcome:
    """Translate the articles of a suite and compare them with their baselines.

    Args:
        suite: The suite.
        model: A loaded model; None: that of the suite.
        engine: Translates segments instead of the model.
        only: Patterns of the names of articles; none: all of them.
        threads: Processor cores that a model loaded here may use; 0: all.

    Raises:
        DragomanError: Something can't be read, or there is no baseline at all.

    """
    if not suite.stored():
        raise DragomanError(f"{suite.baselines}: holds no baseline; make them with dragoman regress update")
    setup = prepare(suite, model or load_model(suite, threads=threads), engine)
    states = translate(suite, setup, chosen(suite, only))
    return judge(suite, states, complete=not only)


def judge(suite: Suite, states: Sequence[State], *, complete: bool = True) -> Outcome:
    """Compare states of articles with their baselines.

    Args:
        suite: The suite.
        states: As the articles are translated now.
        complete: Whether these are all articles of the suite: a baseline without one is that of one that is gone.

    Raises:
        DragomanError: A baseline or a reference can't be read.

    """
    old = _baselines(suite, states, complete=complete)
    references = {state.article: _references(suite, state) for state in states}
    comparisons = [
        _with_references(compare(old.get(state.article), state), references[state.article]) for state in states
    ]
    comparisons += [compare(before, None) for name, before in old.items() if name not in references]
    comparisons.sort(key=lambda comparison: comparison.article)
    found = Outcome(
        suite,
        tuple(comparisons),
        _scores(comparisons, references),
        (),
        tuple(dict.fromkeys(cause for comparison in comparisons for cause in comparison.causes)),
    )
    return replace(found, exceeded=tuple(_exceeded(found)))


def chosen(suite: Suite, only: Sequence[str]) -> list[Path]:
    """Return the articles whose names, or file names, match one of some patterns; all if there are none.

    Raises:
        DragomanError: A pattern matches none, or there is no article at all.

    """
    if not suite.articles:
        raise DragomanError(f"{suite.folder}: there is no article in it; put .txt, .md or .html files there")
    if not only:
        return list(suite.articles)
    chosen: set[Path] = set()
    for pattern in only:
        found = {path for path in suite.articles if fnmatch(suite.name(path), pattern) or fnmatch(path.name, pattern)}
        if not found:
            raise DragomanError(f"--only {pattern}: no article of the suite has such a name; see {suite.project}")
        chosen |= found
    return sorted(chosen)


def _baselines(suite: Suite, states: Sequence[State], *, complete: bool) -> dict[str, State]:
    """Return the baselines by the names that their articles have now, with the entries of their glossaries.

    Those whose articles are gone keep their own names. An article without a baseline has that of an article that is
    gone if most of its paragraphs are in it: it was renamed.
    """
    stored = suite.stored()
    kept = suite.baselines / SIGNATURE_FILE
    entries = {}
    if kept.is_file():
        glossaries = load_glossaries(read_bytes(kept), str(kept)).glossaries
        entries = {(glossary.name, glossary.checksum): glossary for glossary in glossaries}
    names = {state.article for state in states}
    # Without all articles at hand, only a file that is no more is known to be gone.
    gone = [name for name in stored if name not in names and (complete or not (suite.folder / name).is_file())]
    old = {}
    for name in [*(name for name in stored if name in names), *gone]:
        state = read(stored[name])
        signature = replace(
            state.signature,
            glossaries=tuple(entries.get((g.name, g.checksum), g) for g in state.signature.glossaries),
        )
        old[name] = replace(state, article=name, signature=signature)
    new = [state for state in states if state.article not in old]
    for share, name, now in sorted((-_shared(old[name], state), name, state.article) for name in gone for state in new):
        if -share >= _RENAMED and name in old and now not in old:
            old[now] = old.pop(name)
    return old if complete else {name: state for name, state in old.items() if name in names}


def _shared(old: State, new: State) -> float:
    """Return the share of the segments of two states that both have."""
    before, now = (Counter(source_key(segment.source) for segment in state.segments) for state in (old, new))
    return 2 * (before & now).total() / max(1, before.total() + now.total())


def _references(suite: Suite, state: State) -> dict[str, str]:
    """Return the human translations of the paragraphs of an article, by their French; nothing without a reference.

    Raises:
        DragomanError: The reference has not the same paragraphs.

    """
    path = suite.reference(state.article)
    if path is None:
        return {}
    from dragoman.article.model import Kind
    from dragoman.article.read import read as read_article

    blocks = [
        block for block in read_article(str(path)).blocks if not block.boilerplate and block.kind is not Kind.ATTRIBUTE
    ]
    french = [p for p in _paragraphs(state) if p[0].kind != Kind.ATTRIBUTE]
    if len(blocks) != len(french):
        count = f"{len(blocks)} paragraph{'s' * (len(blocks) != 1)}"
        raise DragomanError(f"{path}: has {count}, its article {len(french)}; give it the same ones")
    return {_french(paragraph): block.text for paragraph, block in zip(french, blocks, strict=True)}


def _paragraphs(state: State) -> Iterator[tuple[SegmentState, ...]]:
    for numbers in paragraphs(state.segments):
        yield state.segments[numbers.start : numbers.stop]


def _french(paragraph: Sequence[SegmentState]) -> str:
    return source_key(" ".join(segment.source for segment in paragraph))


def _with_references(comparison: Comparison, references: Mapping[str, str]) -> Comparison:
    if not references or comparison.new is None:
        return comparison
    of_segment = {}
    for paragraph in _paragraphs(comparison.new):
        found = references.get(_french(paragraph), "")
        of_segment.update({id(segment): found for segment in paragraph})
    segments = tuple(replace(s, reference=of_segment.get(id(s.new), "")) for s in comparison.segments)
    return replace(comparison, segments=segments)


def _scores(comparisons: Sequence[Comparison], references: Mapping[str, Mapping[str, str]]) -> tuple[Score, ...]:
    """Return the scores on all paragraphs that have a reference, and are the same before and now."""
    units: list[tuple[str, str, str]] = []
    for comparison in comparisons:
        known = references.get(comparison.article)
        if not known or comparison.old is None or comparison.new is None:
            continue
        before, now = _by_source(comparison.old), _by_source(comparison.new)
        units += [
            (before[key], now[key], reference) for key, reference in known.items() if key in before and key in now
        ]
    if not units:
        return ()
    from dragoman.regress.metrics import scores

    old, new, human = (list(texts) for texts in zip(*units, strict=True))
    return scores(old, new, human)


def _by_source(state: State) -> dict[str, str]:
    """Return the translations of the paragraphs of an article by their French."""
    return {
        _french(paragraph): " ".join(segment.translation for segment in paragraph) for paragraph in _paragraphs(state)
    }


def _exceeded(outcome: Outcome) -> Iterator[str]:
    """Yield the articles that were lost, and the limits that an outcome exceeds, in words."""
    for comparison in outcome.comparisons:
        if comparison.lost:
            yield f"{comparison.article}: {comparison.lost}; if that is meant, accept it: dragoman regress update"
    limits = outcome.suite.fail
    for verdict in Verdict:
        limit = None if verdict is Verdict.SAME else getattr(limits, verdict)
        count = outcome.count(verdict)
        if limit is not None and count > limit:
            are = "is" if limit == 1 else "are"
            yield f"{count} {'segment' if count == 1 else 'segments'} {verdict}, and {limit or 'none'} {are} allowed"
    for score in outcome.metrics:
        limit = getattr(limits, next(name for name in METRICS if score.name.lower().startswith(name)))
        if limit is not None and score.significant and score.loss > limit:
            change = f"{score.name} {score.old:.2f} → {score.new:.2f} (p = {score.p:.3f})"
            yield f"{change}, and a loss of {limit:g} is allowed"


def update(
    suite: Suite,
    model: Model | None = None,
    *,
    engine: Engine | None = None,
    only: Sequence[str] = (),
    threads: int = 0,
) -> Update:
    """Translate the articles of a suite and make that their baselines; arguments as those of `run`.

    Raises:
        DragomanError: Something can't be read or written.

    """
    setup = prepare(suite, model or load_model(suite, threads=threads), engine)
    return accept(suite, translate(suite, setup, chosen(suite, only)), setup.signature, complete=not only)


def accept(suite: Suite, states: Sequence[State], signature: Signature, *, complete: bool = True) -> Update:
    """Write states as the baselines of their articles.

    Args:
        suite: The suite.
        states: As the articles are translated now.
        signature: Theirs, with the entries of the glossaries.
        complete: Whether these are all articles of the suite: baselines of others are removed.

    Raises:
        DragomanError: A file can't be written.

    """
    written, kept = [], 0
    for state in states:
        if _write(suite.baseline(state.article), dump(state)):
            written.append(state.article)
        else:
            kept += 1
    removed = []
    if complete:
        names = {state.article for state in states}
        removed = [name for name in suite.stored() if name not in names]
        for name in removed:
            suite.baseline(name).unlink(missing_ok=True)
    if complete or not (suite.baselines / SIGNATURE_FILE).is_file():  # else the others were made with what it has
        keep_entries(suite, signature)
    return Update(tuple(written), tuple(removed), kept)


def keep_entries(suite: Suite, signature: Signature) -> None:
    """Write the entries of the glossaries that the baselines of a suite were made with.

    Raises:
        DragomanError: The file can't be written.

    """
    _write(suite.baselines / SIGNATURE_FILE, dump_glossaries(signature))


def _write(path: Path, data: bytes) -> bool:
    """Write a file if it has another content, and tell whether it had."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.read_bytes() == data:
            return False
    except OSError as error:
        raise DragomanError(f"{path}: cannot be written ({error.strerror}); check the folder") from None
    write_whole(path, data)
    return True
