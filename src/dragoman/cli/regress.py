"""`dragoman regress`."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.errors import DragomanError
from dragoman.files import write_whole

if TYPE_CHECKING:
    from dragoman.regress.run import Outcome
    from dragoman.regress.suite import Suite

app = typer.Typer(
    help="Compare the translations of a suite of articles with their baselines.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class RegressFormat(StrEnum):
    """What `--format` takes."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    GITHUB = "github"
    HTML = "html"
    SUMMARY = "summary"


_EXTENSIONS = {
    ".json": RegressFormat.JSON,
    ".xml": RegressFormat.JUNIT,
    ".html": RegressFormat.HTML,
    ".htm": RegressFormat.HTML,
    ".md": RegressFormat.SUMMARY,
}

_Folder = Annotated[
    Path, typer.Argument(metavar="[FOLDER]", help="The suite: a folder with a dragoman.toml, or one in it.")
]
_Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of to standard output.")
]
_Format = Annotated[
    RegressFormat | None,
    typer.Option("--format", help="How to write the report; by the extension of --output if not given, else text."),
]
_Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="MODEL",
        help="auto, bundled, the version of an installed package, or a path; that of the suite if not given.",
    ),
]
_Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only", metavar="PATTERN", help="Articles with such names (sport*.txt); may be repeated. All if not given."
    ),
]
_Threads = Annotated[
    int, typer.Option("--threads", min=0, help="Processor cores to use; 0 uses all.", show_default=False)
]


@app.command()
def run(
    folder: _Folder = Path(),
    only: _Only = None,
    report: _Format = None,
    output: _Output = None,
    model: _Model = None,
    threads: _Threads = 0,
) -> None:
    """Translate the articles and compare them with the baselines; exit with 1 if that exceeds a limit.

    The limits are in the table [regress.fail] of the suite's dragoman.toml. Without one, nothing may break.
    """
    from dragoman.regress import last_run, suite
    from dragoman.regress.run import chosen, judge, load_model, prepare, translate

    found = suite.find(folder)
    _need_baselines(found)
    articles = chosen(found, only or [])
    states = translate(found, prepare(found, load_model(found, model, threads)), articles)
    try:
        last_run.save(found, states, complete=not only)
    except DragomanError as error:  # the report is what was asked for
        _say(str(error))
    _print(judge(found, states, complete=not only), report, output)


@app.command()
def update(folder: _Folder = Path(), only: _Only = None, model: _Model = None, threads: _Threads = 0) -> None:
    """Translate the articles and make that their baselines."""
    from dragoman.regress import suite
    from dragoman.regress.run import load_model
    from dragoman.regress.run import update as accept

    found = suite.find(folder)
    done = accept(found, load_model(found, model, threads), only=only or [])
    for name in done.written:
        _say(f"{name}: written")
    for name in done.removed:
        _say(f"{name}: removed, there is no such article any more")
    counts = (
        (len(done.written), "written"),
        (done.kept, "unchanged"),
        (len(done.removed), "removed"),
    )
    _say(f"{found.baselines}: {', '.join(f'{count} {what}' for count, what in counts if count)}")


@app.command()
def report(folder: _Folder = Path(), report: _Format = None, output: _Output = None) -> None:
    """Write another report of the last run, without translating anything; exit as that did."""
    from dragoman.regress import last_run, suite
    from dragoman.regress.run import judge

    found = suite.find(folder)
    states, complete = last_run.load(found)
    _need_baselines(found)
    _print(judge(found, states, complete=complete), report, output)


def _need_baselines(found: Suite) -> None:
    if not found.stored():
        raise DragomanError(f"{found.baselines}: holds no baseline; make them with dragoman regress update")


def _print(outcome: Outcome, form: RegressFormat | None, output: Path | None) -> None:
    """Write a report, and end the program with 1 if a limit was exceeded."""
    from dragoman.report import regress as reports

    if form is None:
        form = _EXTENSIONS.get(output.suffix.lower(), RegressFormat.TEXT) if output else RegressFormat.TEXT
    written = {
        RegressFormat.TEXT: reports.text,
        RegressFormat.JSON: reports.as_json,
        RegressFormat.JUNIT: reports.junit,
        RegressFormat.GITHUB: reports.github,
        RegressFormat.HTML: reports.html,
        RegressFormat.SUMMARY: reports.summary,
    }[form]
    if output is not None:
        write_whole(output, written(outcome).encode())
    elif form is RegressFormat.TEXT and sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        from rich.console import Console

        reports.print_text(outcome, Console(markup=False, highlight=False))
    else:
        typer.echo(written(outcome), nl=False)
    if output is not None or form is not RegressFormat.TEXT:
        for line in reports.conclusion(outcome):
            _say(line)
    if not outcome.passed:
        raise typer.Exit(1)


def _say(message: str) -> None:
    print(f"dragoman: {message}", file=sys.stderr)
