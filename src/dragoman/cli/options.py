"""What commands have in common: options, the choice of a report's format, and where the report goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from dragoman.errors import DragomanError
from dragoman.files import write_whole

if TYPE_CHECKING:
    from rich.console import Console

PIPE_WIDTH = 100
"""The columns of a report where there is no terminal."""


class TargetLocale(StrEnum):
    """What `--to` takes."""

    US = "en-US"
    GB = "en-GB"


Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of to standard output.")
]
Glossaries = Annotated[
    list[Path] | None,
    typer.Option(
        "--glossary",
        "-g",
        metavar="FILE",
        help="A glossary, or the name of a built-in one; may be repeated, the first one wins. It comes before "
        "those of the nearest dragoman.toml, and these before the built-in ones.",
    ),
]
NoGlossary = Annotated[bool, typer.Option("--no-glossary", help="Apply no glossary at all.")]
Beam = Annotated[int, typer.Option("--beam", min=1, max=32, help="Beam size of the decoder.")]
Threads = Annotated[
    int, typer.Option("--threads", min=0, help="Processor cores to use; 0 uses all.", show_default=False)
]

_Form = TypeVar("_Form", bound=StrEnum)


def report_format(given: _Form | None, output: Path | None, extensions: Mapping[str, _Form], text: _Form) -> _Form:
    """Return the format of a report: the one that was asked for, else that of a file's extension.

    Args:
        given: What `--format` says.
        output: The file to write; None: standard output.
        extensions: The formats by their extensions, in small letters with the dot.
        text: The format for people to read: without a file, or in one named .txt or without extension.

    Raises:
        DragomanError: The extension is no format's.

    """
    extension = output.suffix.lower() if output else ""
    if given is not None or extension in ("", ".txt"):
        return given or text
    if extension not in extensions:
        known = ", ".join([".txt", *extensions])
        raise DragomanError(f"--output {output}: no format has this extension; use one of {known}, or add --format")
    return extensions[extension]


def write_report(output: Path | None, written: Callable[[], str], printed: Callable[[Console], None] | None) -> None:
    """Write a report into a file, or to standard output.

    Args:
        output: The file; None: standard output.
        written: Returns the report.
        printed: Prints it to a terminal instead; None: it looks the same there.

    Raises:
        DragomanError: The file can't be written.

    """
    if output is not None:
        write_whole(output, written().encode())
    elif printed and sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        from rich.console import Console

        printed(Console(markup=False, highlight=False))
    else:
        typer.echo(written(), nl=False)


def say(message: str) -> None:
    """Say something that is no result."""
    print(f"dragoman: {message}", file=sys.stderr)
