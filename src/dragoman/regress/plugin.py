"""A pytest plugin: a test for each article and each entry of a glossary, on the baselines of `dragoman regress`.

    def test_article(dragoman_article, translation_regression):
        translation_regression.check(dragoman_article)

    def test_glossary_entry(dragoman_entry, glossary_regression):
        glossary_regression.check(dragoman_entry)

Each test runs for all articles, or for all entries of the glossaries, that the suite names. Markers name others:
`@pytest.mark.dragoman_articles("sport/*.txt")`, `@pytest.mark.dragoman_glossary("house.csv", "acronyms")`. A suite is
the folder of the nearest dragoman.toml at or above the file of the test; paths are relative to it. With
`--force-regen`, pytest-regressions writes the baselines that differ and lets their tests fail this once; with
`--regen-all` it writes all of them.

The module is loaded by every run of pytest where Dragoman is installed, so it imports nothing but pytest: what costs
time is imported by the first test that needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from dragoman.engine.model import Model
    from dragoman.glossary.entry import Entry
    from dragoman.pipeline import Translation
    from dragoman.regress.compare import Comparison, SegmentComparison, Verdict
    from dragoman.regress.run import Setup
    from dragoman.regress.state import State
    from dragoman.regress.suite import Suite

# The arguments that a test can have, and the markers that narrow what it gets.
_MARKERS = {"dragoman_article": "dragoman_articles", "dragoman_entry": "dragoman_glossary"}

# The property of a test under which it tells what changed and was allowed to.
_CHANGES = "dragoman_changes"


# What is collected.


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers."""
    for line in (
        "dragoman_articles(*patterns): which articles of the suite the test gets as `dragoman_article`, a path; "
        "without it, those of dragoman.toml.",
        "dragoman_glossary(*files): from which files or built-in glossaries the test gets each `dragoman_entry`; "
        "without it, those of dragoman.toml.",
    ):
        config.addinivalue_line("markers", line)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make one test for each article or entry."""
    for argument, values_of in (("dragoman_article", _articles), ("dragoman_entry", _entries)):
        if argument in metafunc.fixturenames:
            marker = metafunc.definition.get_closest_marker(_MARKERS[argument])
            with _one_line():
                named = values_of(metafunc.definition.path, marker.args if marker else ())
            metafunc.parametrize(argument, [value for _, value in named], ids=[name for name, _ in named])


def _articles(test: Path, patterns: Sequence[str]) -> list[tuple[str, Path]]:
    """Return the names and paths of the articles that patterns name in the suite of a test's file; without any, of all.

    Raises:
        DragomanError: There is no suite, or no such article.

    """
    from dragoman.errors import DragomanError
    from dragoman.regress.run import chosen
    from dragoman.regress.suite import find

    suite = find(test)
    found = set() if patterns else set(chosen(suite, ()))
    for pattern in patterns:
        named = {path for path in suite.folder.glob(pattern) if path.is_file()}
        if not named:
            raise DragomanError(f"{test}: no article in {suite.folder} is named {pattern!r}; correct the marker")
        found |= named
    return [(suite.name(path), path) for path in sorted(found)]


def _entries(test: Path, names: Sequence[str]) -> list[tuple[str, Entry]]:
    """Return the entries of glossaries, as (GLOSSARY:SOURCE=TARGET, entry); without names, of those of the suite.

    Raises:
        DragomanError: There is no suite or no glossary, or it can't be read.

    """
    from dragoman.errors import DragomanError
    from dragoman.glossary.resolve import builtins, read_project
    from dragoman.glossary.table import load
    from dragoman.regress.suite import find

    suite = find(test)
    files = [suite.folder / name for name in names] or read_project(suite.project).files
    if not files:
        raise DragomanError(f'{suite.project}: names no glossary; write [glossary], and files = ["terms.csv"]')
    files = [file if file.exists() else builtins().get(file.name, file) for file in files]
    return [(f"{file.stem}:{_id(entry)}", entry) for file in files for entry in load(file) if entry.in_force]


def _id(entry: Entry) -> str:
    """Return SOURCE=TARGET in plain letters, without spaces: what pytest shows, and `-k` takes."""
    from dragoman.glossary.entry import EntryKind, fold

    sign = "!=" if entry.kind is EntryKind.FORBIDDEN else "="
    return "-".join(f"{fold(entry.source)}{sign}{fold(entry.target)}".split())


@contextmanager
def _one_line() -> Iterator[None]:
    """Make a failure of one line of what is wrong with the user's files."""
    from dragoman.errors import DragomanError

    try:
        yield
    except DragomanError as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None


# What the tests of a run share.


@dataclass(frozen=True, slots=True)
class _Tried:
    """What became of an entry: what is wrong with it, and why it is not in force, if so, both in words."""

    faults: tuple[str, ...] = ()
    overridden: str = ""


class _Shared:
    """Models and glossaries, loaded by the first test that needs them, and what they made of articles and entries.

    What all the selected tests will need is translated at once, which takes two thirds of the time. A translation
    depends on nothing but its sentence, so it is the same either way. The workers of pytest-xdist translate one by
    one: which tests they will run, they are not told beforehand.
    """

    def __init__(self, session: pytest.Session) -> None:
        self._selected: list[pytest.Item] = [] if hasattr(session.config, "workerinput") else session.items
        self._models: dict[tuple[str, int], Model] = {}
        self._setups: dict[Path, Setup] = {}
        self._comparisons: dict[Path, Comparison] = {}
        self._tried: dict[tuple[Path, str], dict[Entry, _Tried]] = {}
        self._signed: set[Path] = set()

    def setup(self, suite: Suite) -> Setup:
        """Return what a suite is translated with.

        Raises:
            DragomanError: The model or a glossary can't be read.

        """
        from dragoman.regress.run import load_model, prepare

        if suite.project not in self._setups:
            key = suite.model, suite.beam
            if key not in self._models:
                self._models[key] = load_model(suite)
            self._setups[suite.project] = prepare(suite, self._models[key])
        return self._setups[suite.project]

    def comparison(self, suite: Suite, article: Path) -> Comparison:
        """Return what became of an article since its baseline was made.

        Raises:
            DragomanError: It, or its baseline, can't be read, or it is not French.

        """
        from dragoman.errors import DragomanError

        if article not in self._comparisons:
            together = {*self._wanted("dragoman_article", suite), article} - self._comparisons.keys()
            try:
                self._compare(suite, sorted(together))
            except DragomanError:  # of one article, which must not fail the tests of the others
                self._selected = []
        if article not in self._comparisons:
            self._compare(suite, [article])
        return self._comparisons[article]

    def _compare(self, suite: Suite, articles: Sequence[Path]) -> None:
        from dragoman.regress.run import judge, translate

        states = translate(suite, self.setup(suite), articles)
        # Metrics say little about one article; `dragoman regress run` measures them on all.
        outcome = judge(replace(suite, references=None), states, complete=False)
        self._comparisons |= {suite.folder / comparison.article: comparison for comparison in outcome.comparisons}

    def tried(self, suite: Suite, entry: Entry) -> _Tried:
        """Return what became of an entry of a glossary.

        Raises:
            DragomanError: A glossary can't be read.

        """
        known = self._tried.setdefault((suite.project, entry.file), {})
        if entry not in known:
            together = [other for other in self._wanted("dragoman_entry", suite) if other.file == entry.file]
            known.update(_try(suite, self.setup(suite), [*dict.fromkeys([*together, entry])]))
        return known[entry]

    def accept(self, suite: Suite, state: State) -> None:
        """Make a state the baseline of its article.

        Raises:
            DragomanError: A file can't be written.

        """
        from dragoman.regress.run import accept, keep_entries

        signature = self.setup(suite).signature
        accept(suite, [state], signature, complete=False)
        if suite.project not in self._signed and {*suite.articles} <= {*self._wanted("dragoman_article", suite)}:
            keep_entries(suite, signature)
        self._signed.add(suite.project)

    def _wanted(self, argument: str, suite: Suite) -> Iterator[Any]:
        """Yield what the selected tests of a suite get as one of the arguments."""
        from dragoman.glossary.resolve import find_project

        for item in self._selected:
            params = item.callspec.params if hasattr(item, "callspec") else {}
            if argument in params and find_project(item.path.parent) == suite.project:
                yield params[argument]


def _try(suite: Suite, setup: Setup, entries: Sequence[Entry]) -> dict[Entry, _Tried]:
    """Translate the terms of entries of one glossary, alone and in their examples, and return what became of them.

    The glossaries of the suite apply; this one comes before them if it is none of them.

    Raises:
        DragomanError: A glossary can't be read.

    """
    from dragoman.glossary import examples
    from dragoman.glossary.match import compile as compiled
    from dragoman.glossary.resolve import paths, read_project, resolve
    from dragoman.pipeline import translate

    project = read_project(suite.project)
    file = Path(entries[0].file)
    known = {path.resolve() for path in paths((), project)}
    glossary = resolve(() if file.resolve() in known else (file,), project)
    matcher = compiled(glossary.entries)
    in_force = set(glossary.entries)
    tried = {
        entry: _Tried()
        if entry in in_force
        else _Tried(overridden=next((c.message for c in glossary.conflicts if c.loser == entry), "not in force"))
        for entry in entries
    }
    texts = [
        (entry, article)
        for entry in entries
        if entry in in_force
        for text in dict.fromkeys((entry.source, entry.example))
        for _, article in examples.articles([replace(entry, example=text)])
    ]
    articles = [article for _, article in texts]
    done = translate(articles, setup.engine, suite.locale, matchers=[matcher] * len(texts))
    for (entry, article), translation in zip(texts, done, strict=True):
        fault = examples.outcome(entry, matcher, article.blocks[0].text, translation.text()).fault
        if fault:
            text = f"{fault}\n  source: {article.source}\n  translation: {translation.text()}"
            tried[entry] = replace(tried[entry], faults=(*tried[entry].faults, text))
    return tried


# The fixtures.


@pytest.fixture(scope="session")
def _dragoman(request: pytest.FixtureRequest) -> _Shared:
    return _Shared(request.session)


@pytest.fixture
def translate_article(request: pytest.FixtureRequest, _dragoman: _Shared) -> Callable[[Path | str], Translation]:
    """Return a function that translates a French file (a Path), or text (a str), as the suite of the test says."""

    def translated(article: Path | str) -> Translation:
        from dragoman.article.model import Format
        from dragoman.article.read import parse, read
        from dragoman.pipeline import translate
        from dragoman.protect.annotate import QuotePolicy
        from dragoman.regress.suite import find

        with _one_line():
            suite = find(request.path)
            setup = _dragoman.setup(suite)
            if isinstance(article, Path):
                read_article = read(str(suite.folder / article))
            else:
                read_article = parse(article.encode(), "<text>", Format.TEXT)
        (translation,) = translate(
            [read_article],
            setup.engine,
            suite.locale,
            matchers=[setup.matcher],
            settings=[setup.settings],
            quotes=QuotePolicy(suite.quotes),
        )
        return translation

    return translated


@dataclass(frozen=True, slots=True)
class TranslationRegression:
    """Checks that an article is translated as well as when its baseline was made."""

    _request: pytest.FixtureRequest
    _shared: _Shared

    def check(self, article: Path | str) -> None:
        """Translate an article, a path in the suite, and fail if the limits of the suite are exceeded.

        Without `[regress.fail]` in dragoman.toml, only broken segments fail. Limits on numbers of segments count for
        each article; those on metrics are left to `dragoman regress run`. An article without a baseline gets one, and
        fails this once.
        """
        __tracebackhide__ = True
        from pytest_regressions.common import perform_regression_check

        from dragoman.regress.state import dump
        from dragoman.regress.suite import find

        with _one_line():
            suite = find(self._request.path)
            path = suite.folder / article
            if not path.is_relative_to(suite.folder):
                pytest.fail(f"{path} is not in the suite {suite.folder}", pytrace=False)
            comparison = self._shared.comparison(suite, path)
        state = comparison.new
        assert state is not None
        baseline = suite.baseline(comparison.renamed_from or state.article)
        excess = _excess(suite, comparison)
        regenerated = self._request.config.getoption("force_regen")

        def write(file: Path) -> None:
            if file != baseline:
                file.write_bytes(dump(state))
                return
            if comparison.renamed_from:
                baseline.unlink()
            self._shared.accept(suite, state)

        def compare(obtained: Path, expected: Path) -> None:
            if excess or (regenerated and obtained.read_bytes() != expected.read_bytes()):
                raise AssertionError(_message(suite, comparison, excess))

        failure = ""
        try:
            perform_regression_check(
                datadir=self._request.getfixturevalue("lazy_datadir"),
                original_datadir=self._request.getfixturevalue("original_datadir"),
                request=self._request,
                check_fn=compare,
                dump_fn=write,
                extension=".yml",
                fullpath=baseline,
            )
        except AssertionError as error:
            failure = str(error)
        except pytest.fail.Exception as error:  # there was no baseline, or it was written anew
            failure = f"{_summary(comparison)}\n{error}"
        if failure:
            pytest.fail(failure, pytrace=False)
        if comparison.renamed_from or any(segment.verdict != "same" for segment in comparison.segments):
            self._request.node.user_properties.append((_CHANGES, _summary(comparison)))


@pytest.fixture
def translation_regression(request: pytest.FixtureRequest, _dragoman: _Shared) -> TranslationRegression:
    """Check an article against its baseline: `translation_regression.check(dragoman_article)`."""
    if not request.config.pluginmanager.has_plugin("regressions"):
        pytest.fail(
            "translation_regression needs pytest-regressions; install it with: pip install 'dragoman[test]'",
            pytrace=False,
        )
    return TranslationRegression(request, _dragoman)


@dataclass(frozen=True, slots=True)
class GlossaryRegression:
    """Checks that the term of an entry comes out right."""

    _request: pytest.FixtureRequest
    _shared: _Shared

    def check(self, entry: Entry) -> None:
        """Translate the term of an entry, alone and in its example, and fail if it does not come out as the entry says.

        An entry that gives way to one of a nearer glossary is skipped.
        """
        __tracebackhide__ = True
        from dragoman.regress.suite import find

        with _one_line():
            tried = self._shared.tried(find(self._request.path), entry)
        if tried.overridden:
            pytest.skip(tried.overridden)
        if tried.faults:
            wanted = f"not {entry.target}" if entry.kind == "forbidden" else entry.target
            lines = [f"{entry.place}: {entry.source} → {wanted}", *tried.faults]
            pytest.fail("\n".join(lines), pytrace=False)


@pytest.fixture
def glossary_regression(request: pytest.FixtureRequest, _dragoman: _Shared) -> GlossaryRegression:
    """Check the entry of a glossary: `glossary_regression.check(dragoman_entry)`."""
    return GlossaryRegression(request, _dragoman)


# What is said.


def _excess(suite: Suite, comparison: Comparison) -> list[Verdict]:
    """Return the verdicts that more segments of an article have than the suite allows; all if it is another article."""
    from dragoman.regress.compare import Verdict

    if comparison.lost:
        return list(Verdict)

    limits = {verdict: getattr(suite.fail, verdict) for verdict in Verdict if verdict is not Verdict.SAME}
    return [verdict for verdict, most in limits.items() if most is not None and comparison.count(verdict) > most]


def _summary(comparison: Comparison) -> str:
    """Return how many segments of an article have which verdict, and the likely causes, in a line."""
    from dragoman.regress.compare import Verdict

    counts = [f"{comparison.count(verdict)} {verdict}" for verdict in Verdict if comparison.count(verdict)]
    causes = f" (likely cause: {'; '.join(comparison.causes)})" if comparison.causes else ""
    renamed = f" (was {comparison.renamed_from})" if comparison.renamed_from else ""
    return f"{comparison.article}{renamed}: {', '.join(counts)}{causes}"


def _message(suite: Suite, comparison: Comparison, excess: Sequence[Verdict]) -> str:
    """Return what a failing test says: the segments of the verdicts that are too many, and what can be done."""
    name = comparison.article
    lines = [_summary(comparison)]
    for segment in comparison.segments:
        if segment.verdict in excess:
            lines += ["", *_lines(name, segment)]
    return "\n".join(
        [
            *lines,
            "",
            f"baseline: {suite.baseline(comparison.renamed_from or name)}",
            f"if the new translations are right: --force-regen, or dragoman regress update --only '{name}'",
        ]
    )


def _lines(name: str, segment: SegmentComparison) -> Iterator[str]:
    """Yield what became of a segment, with the words that differ marked as Git marks them."""
    from dragoman.report.escape import for_terminal
    from dragoman.report.word_diff import differences, marked

    yield f"{segment.verdict}: {f'{name}:{segment.line}' if segment.line else name}"
    yield from (f"  {failure.what}: {for_terminal(failure.message)}" for failure in segment.failures)
    yield from (f"  now right: {failure.what}: {for_terminal(failure.message)}" for failure in segment.resolved)
    yield from (f"  {for_terminal(note)}" for note in segment.notes)
    yield f"  source: {for_terminal(segment.source)}"
    old, new = (state.translation if state else "" for state in (segment.old, segment.new))
    was, now = differences(old, new)
    if segment.old:
        yield f"  old: {for_terminal(marked(was, '[-', '-]'))}"
    if segment.new:
        yield f"  new: {for_terminal(marked(now, '{+', '+}'))}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List the articles whose translations changed, and may."""
    changes = [
        text
        for report in terminalreporter.getreports("passed")
        if report.when == "call"
        for name, text in report.user_properties
        if name == _CHANGES
    ]
    if changes:
        terminalreporter.section("changed translations")
        for text in changes:
            terminalreporter.write_line(text)
        terminalreporter.write_line("accept them with: --force-regen, or dragoman regress update")
