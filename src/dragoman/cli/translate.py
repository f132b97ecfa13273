"""`dragoman translate`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.article.model import Article, Format
from dragoman.cli.options import Beam, Glossaries, NoGlossary, Output, TargetLocale, Threads, say
from dragoman.errors import DragomanError
from dragoman.files import write_whole
from dragoman.report import ledger as ledgers

if TYPE_CHECKING:
    from rich.progress import Progress

    from dragoman.check.settings import Settings
    from dragoman.engine.ladder import Request, Result
    from dragoman.engine.model import Model
    from dragoman.glossary.match import Matcher
    from dragoman.pipeline import Translation

# Articles that are translated and written together: enough to keep the decoder busy, and no more than that is lost
# when a long run is killed.
BATCH = 50


class OutputFormat(StrEnum):
    """What `--format` takes."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


class Quotes(StrEnum):
    """What `--quotes` takes."""

    TRANSLATE = "translate"
    KEEP = "keep"
    BOTH = "both"


_LEDGERS = {".json": ledgers.as_json, ".csv": ledgers.as_csv, ".md": ledgers.as_markdown}
_EXTENSIONS = {"text": ".txt", "markdown": ".md", "html": ".html", "json": ".json"}


def translate(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="French articles; - reads standard input.")],
    output: Output = None,
    output_dir: Annotated[
        Path | None,
        typer.Option("--output-dir", metavar="DIR", help="Write each translation into this folder, as NAME.en.EXT."),
    ] = None,
    input_format: Annotated[
        Format | None,
        typer.Option("--input-format", help="Format of the files; by content and extension if not given."),
    ] = None,
    output_format: Annotated[
        OutputFormat | None,
        typer.Option(
            "--format", help="Format to write; by the extension of --output, or that of the file, if not given."
        ),
    ] = None,
    to: Annotated[TargetLocale, typer.Option("--to", help="English to write.")] = TargetLocale.US,
    model: Annotated[
        str,
        typer.Option("--model", metavar="MODEL", help="auto, bundled, the version of an installed package, or a path."),
    ] = "auto",
    glossary: Glossaries = None,
    no_glossary: NoGlossary = False,
    quotes: Annotated[
        Quotes,
        typer.Option("--quotes", help="Translate quotations, keep their French words, or give both."),
    ] = Quotes.TRANSLATE,
    ledger: Annotated[
        Path | None,
        typer.Option(
            "--ledger",
            metavar="FILE",
            help="List every quotation with its speaker, original, translation and place; as JSON, CSV or Markdown, "
            "by the extension.",
        ),
    ] = None,
    beam: Beam = 4,
    threads: Threads = 0,
    keep_boilerplate: Annotated[
        bool, typer.Option("--keep-boilerplate", help="Translate menus, share buttons and tag clouds too.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Go on where a text doesn't look French.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if an error was found in a translation.")
    ] = False,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Skip articles whose translation is in the output folder already."),
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="List what was left out, the model, and every finding.")
    ] = False,
) -> None:
    """Translate French articles (plain text, Markdown or HTML) into English.

    The translation alone goes to standard output; findings go to standard error.
    """
    if output is not None and output_format is None:
        extensions = {extension: OutputFormat(name) for name, extension in _EXTENSIONS.items()}
        output_format = extensions.get(output.suffix.lower())
    to_json = output_format is OutputFormat.JSON
    wanted = Format(output_format) if output_format and not to_json else None
    if output_dir is None:
        destinations: dict[str, Path] = {}
        if len(files) > 1 and not to_json:
            raise DragomanError("several files need --output-dir DIR (or --format json)")
        if resume:
            raise DragomanError("--resume: needs --output-dir, which holds what is done already")
        if output is not None:
            for file in files:
                _spare(file, output)
    else:
        if output is not None:
            raise DragomanError("--output: names one file, --output-dir a folder; give one of them")
        destinations = _destinations(files, output_dir, output_format, input_format)
    if ledger is not None and ledger.suffix.lower() not in _LEDGERS:
        raise DragomanError(f"--ledger {ledger}: the name must end in .json, .csv or .md")
    if resume:
        files = [file for file in files if not destinations[file].exists()]
        if not files:
            say("everything is translated already")
            return
    background = ThreadPoolExecutor(1)
    # The model is loaded while the files are read, and names and quotations found in them.
    loading = background.submit(_load, model, beam, threads)
    background.shutdown(wait=False)
    articles = _read(files, input_format, force=force)
    if not articles:
        raise typer.Exit(2)
    matchers = [] if no_glossary else matchers_of(articles, glossary or [], verbose=verbose)
    settings = settings_of(articles)
    from dragoman.engine import ladder
    from dragoman.pipeline import translate as run
    from dragoman.protect.annotate import QuotePolicy
    from dragoman.report import json

    failed = len(articles) < len(files)
    if verbose:
        package = loading.result().package
        say(f"model {package.name} {package.version} ({package.origin}), sha256 {loading.result().checksum}")
    errors = False
    entries: list[ledgers.Entry] = []
    # One file for all articles is written at the end; a folder is filled as the work goes on.
    size = BATCH if destinations else len(articles)
    for first in range(0, len(articles), size):
        batch = articles[first : first + size]
        with _progress(
            f"{min(first + size, len(articles))} of {len(articles)}" if len(articles) > 1 else batch[0].name
        ) as bar:
            done = run(
                batch,
                partial(_with_progress, bar, lambda requests, **how: ladder.stream(loading.result(), requests, **how)),
                to,
                matchers=matchers[first : first + size],
                settings=settings[first : first + size],
                quotes=QuotePolicy(quotes),
                keep_boilerplate=keep_boilerplate,
            )
        if ledger is not None:
            for translation in done:
                quotations = translation.annotation.quotations
                entries += ledgers.ledger(translation.article, quotations, translation.quoted)
        for translation in done:
            _tell(translation, verbose=verbose)
            errors |= any(finding.severity == "error" for _, finding in translation.findings)
        if to_json and not destinations:
            _write(output, json.report(done, loading.result(), to).encode())
            continue
        for translation in done:
            article = translation.article
            if to_json:
                data = json.report([translation], loading.result(), to).encode()
            else:
                text = translation.text(wanted, keep_boilerplate=keep_boilerplate)
                in_place = wanted in (None, article.format) and (keep_boilerplate or not article.page)
                data = encode(text, article) if in_place else text.encode()
            _write(destinations.get(article.name, output), data)
    if ledger is not None:
        write_whole(ledger, _LEDGERS[ledger.suffix.lower()](entries).encode())
    if failed:
        raise typer.Exit(2)
    if strict and errors:
        raise typer.Exit(1)


def _load(model: str, beam: int, threads: int) -> Model:
    from dragoman.engine import packages
    from dragoman.engine.model import Model

    return Model(packages.choose(model), beam=beam, threads=threads)


def matchers_of(articles: Sequence[Article], files: Sequence[Path], *, verbose: bool) -> list[Matcher]:
    """Return the compiled glossaries of each article, and report where they contradict each other.

    Raises:
        DragomanError: A glossary or a project file can't be read.

    """
    from dragoman.glossary.match import compile as compiled
    from dragoman.glossary.resolve import find_project, locate, read_project, resolve

    of_project: dict[Path | None, Matcher] = {}
    matchers = []
    for article in articles:
        project = find_project(Path() if article.name == "<stdin>" else Path(article.name).parent)
        if project not in of_project:
            settings = read_project(project) if project else None
            found = resolve([locate(str(file)) for file in files], settings)
            own = {file.resolve() for file in (*files, *(settings.files if settings else ()))}
            for conflict in found.conflicts:
                # To overrule a built-in glossary is what one's own is for.
                if verbose or Path(conflict.loser.file).resolve() in own:
                    say(conflict.message)
            of_project[project] = compiled(found.entries)
        matchers.append(of_project[project])
    return matchers


def settings_of(articles: Sequence[Article]) -> list[Settings]:
    """Return what the project file of each article says about the checks.

    Raises:
        DragomanError: A project file can't be read, or says something that no check understands.

    """
    from dragoman.check.settings import Settings, read_settings
    from dragoman.glossary.resolve import find_project

    of_project: dict[Path | None, Settings] = {None: Settings()}
    settings = []
    for article in articles:
        project = find_project(Path() if article.name == "<stdin>" else Path(article.name).parent)
        if project is not None and project not in of_project:
            of_project[project] = read_settings(project)
        settings.append(of_project[project])
    return settings


def encode(text: str, article: Article) -> bytes:
    """Return the bytes of a translation that was written into its source.

    HTML declares its encoding, and keeps it: what it lacks becomes a character reference. Other text becomes UTF-8. A
    byte order mark is kept.
    """
    encoding = article.encoding if article.format is Format.HTML else "utf-8"
    if article.bom:
        encoding = article.encoding
        text = "\ufeff" + text
    return text.encode(encoding, "xmlcharrefreplace" if article.format is Format.HTML else "strict")


def _destinations(
    files: Sequence[str], folder: Path, output_format: OutputFormat | None, input_format: Format | None
) -> dict[str, Path]:
    """Return where the translation of each file goes.

    Raises:
        DragomanError: Two would go to the same place, or one onto its source; or the folder can't be made.

    """
    places: dict[str, Path] = {}
    owners: dict[Path, str] = {}
    for file in files:
        path = Path("stdin" if file == "-" else file)
        extension = path.suffix
        if output_format is not None:
            extension = _EXTENSIONS[output_format]
        elif file == "-":
            extension = _EXTENSIONS[input_format or "text"]
        place = folder / f"{path.stem.removesuffix('.fr')}.en{extension}"
        if place in owners and owners[place] != file:
            raise DragomanError(f"{file}: its translation would overwrite that of {owners[place]}; use two folders")
        _spare(file, place)
        places[file] = places["<stdin>" if file == "-" else file] = place
        owners[place] = file
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DragomanError(f"{folder}: cannot be made ({error.strerror}); name another --output-dir") from None
    return places


def _spare(file: str, place: Path) -> None:
    if place.is_file() and Path(file).exists() and place.samefile(file):
        raise DragomanError(f"{file}: would be overwritten by its translation; write to another place")


def _read(files: Sequence[str], input_format: Format | None, *, force: bool) -> list[Article]:
    """Return the articles that can be read and are French; of several files, the others are only reported."""
    from dragoman.article.read import read
    from dragoman.pipeline import check_language

    articles = []
    for file in dict.fromkeys(files):
        try:
            article = read(file, input_format)
            if not force:
                check_language(article)
        except DragomanError as error:
            if len(files) == 1:
                raise
            say(str(error))
            continue
        if not article.blocks:
            say(f"{article.name}: there is no text in it")
        for note in article.notes:
            say(f"{article.name}: {note}")
        articles.append(article)
    return articles


def _write(path: Path | None, data: bytes) -> None:
    """Write a file as a whole; None is standard output."""
    if path is None:
        sys.stdout.buffer.write(data if data.endswith(b"\n") or not data or not sys.stdout.isatty() else data + b"\n")
        sys.stdout.buffer.flush()
        return
    write_whole(path, data)


def _tell(translation: Translation, *, verbose: bool) -> None:
    """Print the findings, and what was left out of the article, to standard error."""
    article = translation.article
    left_out = [block for block in article.blocks if block.boilerplate and block.kind != "attribute"]
    for segment, finding in translation.findings:
        if verbose or finding.severity == "error":
            line = article.source.count("\n", 0, article.blocks[segment.block].start) + 1
            what = f"{finding.severity}: {finding.message} [{finding.check}]"
            say(f"{article.name}:{line}: {what} {_short(segment.source)}")
    if verbose:
        for block in left_out:
            line = article.source.count("\n", 0, block.start) + 1
            say(f"{article.name}:{line}: left out ({block.boilerplate}): {_short(block.text)}")


def _short(text: str, width: int = 60) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


@contextmanager
def _progress(what: str) -> Iterator[Progress | None]:
    """Show a progress bar on standard error while the block runs, if that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        bar.add_task(what, total=None)
        yield bar


def _with_progress(
    bar: Progress | None, engine: Callable[..., Iterable[Result]], requests: Sequence[Request]
) -> Iterable[Result]:
    if bar is None:
        return engine(requests)
    task = bar.task_ids[0]
    bar.update(task, total=len(requests))
    return engine(requests, progress=lambda count: bar.advance(task, count))
