"""`dragoman models`: list, describe, verify, install and remove model packages."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.engine.packages import Broken, Package

app = typer.Typer(
    rich_markup_mode=None, help="List, install and check the Argos Translate model packages.", no_args_is_help=True
)

_MODEL = "auto, bundled, a version, a name, or the path of an .argosmodel file or an unpacked folder."


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of a table.")] = False,
) -> None:
    """List the bundled and the installed packages; an asterisk marks the one that `--model auto` takes."""
    from dragoman.engine import packages

    auto = packages.choose("auto")
    found = [packages.bundled(), *packages.installed()]
    broken = packages.broken()
    if as_json:
        typer.echo(json.dumps(_as_data(found, broken, auto), ensure_ascii=False, indent=2))
        return
    _table(found, auto)
    for folder in broken:
        typer.echo(f"broken: {folder.reason}", err=True)


@app.command()
def info(model: Annotated[str, typer.Argument(help=_MODEL)] = "auto") -> None:
    """Describe a package: metadata, checksum, vocabularies, what it can be asked for, and its model card."""
    from dragoman.engine import packages

    package = packages.choose(model, None, None) if model != "auto" else packages.choose()
    files = packages.read(package)
    metadata = json.loads(files["metadata.json"])
    lines = {
        "name": package.name,
        "version": package.version,
        "languages": _languages(package),
        "origin": package.origin,
        "path": str(package.path),
        "size": _megabytes(packages.size(package)),
        "checksum": f"sha256 {packages.checksum(files)}",
        "tokenizer": package.tokenizer,
        "vocabulary": ", ".join(f"{side} {count}" for side, count in _vocabularies(files).items()),
        "constraints": package.constraint_token or "none declared",
        "placeholders": " ".join(package.placeholders) or "none declared",
        "target prefix": package.target_prefix or "none",
        "for Argos": str(metadata.get("argos_version", "any version")),
    }
    for label, value in lines.items():
        typer.echo(f"{label + ':':<15}{value}")
    if card := packages.readme(package):
        typer.echo(f"\n{card.rstrip()}")


@app.command()
def install(
    package: Annotated[str, typer.Argument(help="An .argosmodel file, or a name in the Argos index: fr_en.")],
) -> None:
    """Check a package and install it for every program that uses Argos Translate.

    A file needs no network. A name (translate-fr_en, fr_en, fr_en==1.9) is fetched from the Argos index, or
    from the index that ARGOS_PACKAGE_INDEX names.
    """
    from dragoman.engine import install as installation

    if os.path.exists(package) or package.endswith(".argosmodel"):  # noqa: PTH110
        done = installation.install(Path(package))
    else:
        typer.echo(f"fetching {package} from the Argos index", err=True)
        done = installation.install_by_name(package)
    typer.echo(f"installed {done.name} {done.version} ({_languages(done)}) in {done.path}")


@app.command()
def remove(
    package: Annotated[str, typer.Argument(help="A version, a name, or a name and a version: fr_en==1.9.")],
) -> None:
    """Remove an installed package, or a broken folder by its name. The bundled package stays."""
    from dragoman.engine import install as installation
    from dragoman.engine import packages
    from dragoman.errors import DragomanError

    found: list[Package | Broken] = [one for one in packages.named(package) if one.origin == "installed"]
    found = found or [folder for folder in packages.broken() if folder.path.name == package]
    if not found and (package == "bundled" or packages.named(package)):
        found = [packages.bundled()]
    if not found:
        raise DragomanError(f"{package}: not installed; see: dragoman models list")
    if len(found) > 1:
        there = ", ".join(one.path.name for one in found)
        raise DragomanError(f"{package}: there are several ({there}); give one of these names")
    installation.remove(found[0])
    typer.echo(f"removed {found[0].path}")


@app.command()
def verify(models: Annotated[list[str] | None, typer.Argument(help=f"Each {_MODEL}")] = None) -> None:
    """Check packages: the archive's structure, its checksums, and that the model loads and translates a word.

    Without an argument, all bundled and installed packages are checked. Ends with exit code 2 if one is bad.
    """
    from dragoman.engine import install as installation
    from dragoman.engine import packages
    from dragoman.errors import DragomanError

    faults = [] if models else [folder.reason for folder in packages.broken()]
    chosen: Sequence[str | Package] = models or [packages.bundled(), *packages.installed()]
    for model in chosen:
        try:
            package = packages.choose(model, None, None) if isinstance(model, str) else model
            if package.path.is_file():
                installation.check_archive(package.path)
            word = installation.smoke_test(package)
            digest = packages.checksum(packages.read(package))
        except DragomanError as error:
            faults.append(str(error))
        else:
            typer.echo(f"good: {package.path}")
            typer.echo(f"  {package.name} {package.version}, {package.origin}; Bonjour → {word}; sha256 {digest}")
    for fault in faults:
        typer.echo(f"bad: {fault}", err=True)
    if faults:
        raise typer.Exit(2)


def _as_data(found: list[Package], broken: list[Broken], auto: Package) -> dict[str, object]:
    from dragoman.engine import packages

    return {
        "packages": [
            {
                "name": package.name,
                "version": package.version,
                "from": package.from_code,
                "to": package.to_code,
                "origin": package.origin,
                "path": str(package.path),
                "bytes": packages.size(package),
                "auto": package == auto,
            }
            for package in found
        ],
        "broken": [{"path": str(folder.path), "reason": folder.reason} for folder in broken],
    }


def _table(found: list[Package], auto: Package) -> None:
    from rich.console import Console
    from rich.table import Table

    from dragoman.engine import packages

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("", "name", "version", "languages", "origin"):
        table.add_column(title, overflow="fold")
    table.add_column("size", justify="right")
    for package in found:
        table.add_row(
            "*" if package == auto else "",
            package.name,
            package.version,
            _languages(package),
            package.origin,
            _megabytes(packages.size(package)),
        )
    # In a pipe nothing is folded: one package, one line.
    console = Console(width=None if sys.stdout.isatty() else 1000, markup=False, highlight=False)
    console.print(table)


def _languages(package: Package) -> str:
    return f"{package.from_code} → {package.to_code}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _vocabularies(files: dict[str, bytes]) -> dict[str, int]:
    """Return how many tokens each vocabulary of a package has: "source", "target", or "shared" by both."""
    sizes = {}
    for name, content in sorted(files.items()):
        side, marker, form = name.removeprefix("model/").partition("_vocabulary.")
        if marker:
            sizes[side] = len(json.loads(content)) if form == "json" else len(content.splitlines())
    return sizes
