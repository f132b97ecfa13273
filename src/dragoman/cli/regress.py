"""`dragoman regress`."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import Output, Threads, report_format, say, write_report
from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from dragoman.regress.run import Outcome
    from dragoman.regress.suite import Suite

app = typer.Typer(
    help="""Compare the translations of a suite of articles with their baselines.

A suite is a folder with articles (.txt, .md, .html) and a dragoman.toml, which may be empty, or say:

\b
[regress]
articles = ["articles/*"]
[regress.fail]
broken = 0

First make the baselines: dragoman regress update. Then, after each change: dragoman regress run.""",
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


@app.command()
def run(
    folder: _Folder = Path(),
    only: _Only = None,
    report: _Format = None,
    output: Output = None,
    model: _Model = None,
    threads: Threads = 0,
) -> None:
    """Translate the articles and compare them with the baselines; exit with 1 if that exceeds a limit.

    The limits are in the table [regress.fail] of the suite's dragoman.toml. Without one, nothing may break.
    """
    from dragoman.regress import last_run, suite
    from dragoman.regress.run import chosen, judge, load_model, prepare, translate

    form = report_format(report, output, _EXTENSIONS, RegressFormat.TEXT)
    found = suite.find(folder)
    _need_baselines(found)
    articles = chosen(found, only or [])
    states = translate(found, prepare(found, load_model(found, model, threads)), articles)
    try:
        last_run.save(found, states, complete=not only)
    except DragomanError as error:  # the report is what was asked for
        say(str(error))
    _print(judge(found, states, complete=not only), form, output)


@app.command()
def update(folder: _Folder = Path(), only: _Only = None, model: _Model = None, threads: Threads = 0) -> None:
    """Translate the articles and make that their baselines."""
    from dragoman.regress import suite
    from dragoman.regress.run import load_model
    from dragoman.regress.run import update as accept

    found = suite.find(folder)
    done = accept(found, load_model(found, model, threads), only=only or [])
    for name in done.written:
        say(f"{name}: written")
    for name in done.removed:
        say(f"{name}: removed, there is no such article any more")
    counts = (
        (len(done.written), "written"),
        (done.kept, "unchanged"),
        (len(done.removed), "removed"),
    )
    say(f"{found.baselines}: {', '.join(f'{count} {what}' for count, what in counts if count)}")


@app.command()
def report(folder: _Folder = Path(), report: _Format = None, output: Output = None) -> None:
    """Write another report of the last run, without translating anything; exit as that did."""
    from dragoman.regress import last_run, suite
    from dragoman.regress.run import judge

    form = report_format(report, output, _EXTENSIONS, RegressFormat.TEXT)
    found = suite.find(folder)
    states, complete = last_run.load(found)
    _need_baselines(found)
    _print(judge(found, states, complete=complete), form, output)


def _need_baselines(found: Suite) -> None:
    if not found.stored():
        raise DragomanError(f"{found.baselines}: holds no baseline; make them with dragoman regress update")


def _print(outcome: Outcome, form: RegressFormat, output: Path | None) -> None:
    """Write a report, and end the program with 1 if a limit was exceeded."""
    from dragoman.report import regress as reports

    written = {
        RegressFormat.TEXT: reports.text,
        RegressFormat.JSON: reports.as_json,
        RegressFormat.JUNIT: reports.junit,
        RegressFormat.GITHUB: reports.github,
        RegressFormat.HTML: reports.html,
        RegressFormat.SUMMARY: reports.summary,
    }[form]
    text = partial(reports.print_text, outcome) if form is RegressFormat.TEXT else None
    write_report(output, partial(written, outcome), text)
    if output is not None or form is not RegressFormat.TEXT:
        for line in reports.conclusion(outcome):
            say(line)
    if not outcome.passed:
        raise typer.Exit(1)
