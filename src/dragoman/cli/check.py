"""`dragoman check`."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import (
    PIPE_WIDTH,
    Glossaries,
    NoGlossary,
    Output,
    TargetLocale,
    report_format,
    say,
    write_report,
)
from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from dragoman.check.files import FileFinding
    from dragoman.glossary.match import Matcher


class ReportFormat(StrEnum):
    """What `--format` takes."""

    TABLE = "table"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"


class FailOn(StrEnum):
    """What `--fail-on` takes."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


_EXTENSIONS = {".json": ReportFormat.JSON, ".sarif": ReportFormat.SARIF, ".xml": ReportFormat.JUNIT}


def check(
    source: Annotated[
        str | None,
        typer.Argument(metavar="SOURCE", help="The French text; or an XLIFF, TMX or PO file, which has both texts."),
    ] = None,
    translation: Annotated[
        str | None, typer.Argument(metavar="[TRANSLATION]", help="Its English translation, in any format.")
    ] = None,
    output: Output = None,
    report: Annotated[
        ReportFormat | None,
        typer.Option(
            "--format", help="How to write the findings; by the extension of --output if not given, else a table."
        ),
    ] = None,
    to: Annotated[
        TargetLocale | None,
        typer.Option(
            "--to", help="English that the translation is to follow; that of the nearest dragoman.toml if not given."
        ),
    ] = None,
    glossary: Glossaries = None,
    no_glossary: NoGlossary = False,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Exit with 1 if there are findings as bad as this, or worse.")
    ] = FailOn.ERROR,
    force: Annotated[bool, typer.Option("--force", help="Go on where the source doesn't look French.")] = False,
    list_checks: Annotated[bool, typer.Option("--list", help="List the checks.")] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CHECK", help="Print the manual of a check.")
    ] = None,
) -> None:
    """Check an English translation of a French text, whoever made it.

    Text, Markdown and HTML files are compared sentence by sentence, also where sentences or paragraphs were merged,
    split or moved. XLIFF, TMX and PO files hold both texts: dragoman check FILE.
    """
    if list_checks or explain is not None:
        _print_checks(explain)
        return
    if source is None:
        raise DragomanError("check: no file is named; give SOURCE and TRANSLATION, or an XLIFF, TMX or PO file")
    form = report_format(report, output, _EXTENSIONS, ReportFormat.TABLE)
    from dragoman.check.files import check_bitext
    from dragoman.check.finding import Severity
    from dragoman.check.read import read_bitext
    from dragoman.check.registry import CHECKS
    from dragoman.check.settings import Settings, read_settings
    from dragoman.glossary.resolve import find_project
    from dragoman.report import check as reports
    from dragoman.report.findings import github, junit

    bitext = read_bitext(source, translation, force=force)
    project = find_project(Path() if source == "-" else Path(source).parent)
    settings = read_settings(project) if project else Settings()
    locale = to or settings.locale
    matcher = None if no_glossary else _matcher(project, glossary or [])
    findings = check_bitext(bitext, matcher, locale, settings)
    for text in (bitext.source, bitext.target):
        for note in text.article.notes:
            say(f"{text.article.name}: {note}")
    failing = {FailOn.ERROR: {Severity.ERROR}, FailOn.WARNING: set(Severity), FailOn.NEVER: set()}[fail_on]
    checks = [check for name, check in CHECKS.items() if name not in settings.disabled]
    names = list(dict.fromkeys(text.article.name for text in (bitext.source, bitext.target)))
    written = {
        ReportFormat.JSON: lambda: reports.as_json(names[0], names[-1], locale, findings),
        ReportFormat.SARIF: lambda: reports.sarif(findings, checks),
        ReportFormat.GITHUB: lambda: github(findings),
        ReportFormat.JUNIT: lambda: junit("dragoman check", findings, names, [check.id for check in checks], failing),
        ReportFormat.TABLE: lambda: reports.table(findings, PIPE_WIDTH),
    }
    table = partial(reports.print_table, findings) if form is ReportFormat.TABLE else None
    write_report(output, written[form], table)
    say(f"{names[-1]}: {_summary(findings)}")
    if any(finding.severity in failing for finding in findings):
        raise typer.Exit(1)


def _matcher(project: Path | None, files: Sequence[Path]) -> Matcher:
    """Return the compiled glossaries that apply.

    Raises:
        DragomanError: A glossary or the project file can't be read.

    """
    from dragoman.glossary.match import compile as compiled
    from dragoman.glossary.resolve import locate, read_project, resolve

    settings = read_project(project) if project else None
    return compiled(resolve([locate(str(file)) for file in files], settings).entries)


def _summary(findings: Sequence[FileFinding]) -> str:
    if not findings:
        return "nothing found"
    from dragoman.check.finding import Severity

    counts = [(sum(f.severity is severity for f in findings), severity.value) for severity in Severity]
    return ", ".join(f"{count} {name}{'s' * (count != 1)}" for count, name in counts if count)


def _print_checks(wanted: str | None) -> None:
    from dragoman.check.registry import CHECKS

    if wanted is None:
        _print_list()
    elif wanted in CHECKS:
        typer.echo(f"{wanted} ({CHECKS[wanted].severity})\n\n{CHECKS[wanted].manual()}")
    else:
        near = difflib.get_close_matches(wanted, CHECKS, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(CHECKS)}"
        raise DragomanError(f"--explain {wanted}: there is no such check; {hint}")


def _print_list() -> None:
    """Print all checks as a table; in a pipe, a line for each with tabs between the columns."""
    from dragoman.check.registry import CHECKS

    rows = [("check", "severity", "finds"), *((name, c.severity.value, c.summary()) for name, c in CHECKS.items())]
    if not sys.stdout.isatty():
        for row in rows:
            typer.echo("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in rows[0]:
        table.add_column(title, overflow="fold")
    for row in rows[1:]:
        table.add_row(*row)
    Console(markup=False, highlight=False).print(table)
