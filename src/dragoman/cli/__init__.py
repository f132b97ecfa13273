"""The command line: parses arguments and prints. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated

import typer

from dragoman import __version__
from dragoman.cli.check import check
from dragoman.cli.compare import compare
from dragoman.cli.glossary import app as glossary_app
from dragoman.cli.models import app as models_app
from dragoman.cli.regress import app as regress_app
from dragoman.cli.translate import translate
from dragoman.errors import DragomanError

app = typer.Typer(
    name="dragoman",
    help="Translate French news articles into English, offline.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # Rich's tables cut the names of options in a narrow terminal
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(translate)
app.command()(check)
app.command()(compare)
app.add_typer(models_app, name="models")
app.add_typer(glossary_app, name="glossary")
app.add_typer(regress_app, name="regress")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"dragoman {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Take the options that stand before the command."""


def main() -> None:
    """Run the command line; bad input ends with one line on stderr and exit code 2."""
    # Results are UTF-8 wherever they go; a pipe would get the encoding of the system.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        code = app(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except DragomanError as error:
        _stop(str(error), 2)
    except BrokenPipeError:  # the reader of the pipe has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (MemoryError, RecursionError) as error:
        _stop(
            f"out of {'memory' if isinstance(error, MemoryError) else 'stack'}: translate fewer files at a time",
            2,
        )
    except (KeyboardInterrupt, typer.Abort):
        _stop("stopped", 130)
    except Exception as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            error.show()  # type: ignore[attr-defined]
            sys.exit(2)
        if hasattr(error, "format_message"):  # an argument that is not right
            what = error.format_message().replace("Value error, ", "").rstrip(".")
            _stop(f"{what}; see --help", 2)
        if os.environ.get("DRAGOMAN_TRACEBACK"):
            raise
        what = f"internal error ({type(error).__name__}: {error})"
        _stop(f"{what}; run again with DRAGOMAN_TRACEBACK=1 and report what it prints", 2)


def _stop(message: str, code: int) -> None:
    line = " ".join(message.split())
    print(f"dragoman: {line}", file=sys.stderr)
    sys.exit(code)
