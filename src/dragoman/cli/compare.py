"""`dragoman compare`."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import PIPE_WIDTH, Beam, Output, TargetLocale, Threads, report_format, say, write_report
from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from dragoman.article.model import Article
    from dragoman.engine.model import Model
    from dragoman.glossary.match import Matcher
    from dragoman.regress.compare_systems import Contender


class ComparisonFormat(StrEnum):
    """What `--format` takes."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


_EXTENSIONS = {".json": ComparisonFormat.JSON, ".html": ComparisonFormat.HTML, ".htm": ComparisonFormat.HTML}


def compare(
    a: Annotated[
        str,
        typer.Argument(
            metavar="A",
            help="A model as --model of translate takes it (auto, bundled, a version, a path), or the JSON report that "
            "dragoman translate --format json wrote about the articles.",
        ),
    ],
    b: Annotated[str, typer.Argument(metavar="B", help="The other one; the same model with other glossaries will do.")],
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="French articles.")],
    output: Output = None,
    report: Annotated[
        ComparisonFormat | None,
        typer.Option("--format", help="What to write; by the extension of --output if not given, else text."),
    ] = None,
    glossary_a: Annotated[
        list[Path] | None,
        typer.Option(
            "--glossary-a", metavar="FILE", help="A glossary for A alone, as --glossary of translate; may be repeated."
        ),
    ] = None,
    glossary_b: Annotated[
        list[Path] | None, typer.Option("--glossary-b", metavar="FILE", help="A glossary for B alone.")
    ] = None,
    no_glossary_a: Annotated[bool, typer.Option("--no-glossary-a", help="A applies no glossary at all.")] = False,
    no_glossary_b: Annotated[bool, typer.Option("--no-glossary-b", help="B applies no glossary at all.")] = False,
    references: Annotated[
        Path | None,
        typer.Option(
            "--references",
            metavar="DIR",
            help="A folder with human translations, NAME.en.EXT or NAME.EXT for each article: scores are computed.",
        ),
    ] = None,
    to: Annotated[TargetLocale, typer.Option("--to", help="English to write.")] = TargetLocale.US,
    beam: Beam = 4,
    threads: Threads = 0,
    top: Annotated[
        int, typer.Option("--top", min=0, metavar="N", help="Sentences to show: those that differ most.")
    ] = 20,
    force: Annotated[bool, typer.Option("--force", help="Go on where a text doesn't look French.")] = False,
) -> None:
    """Compare two models, two sets of glossaries or two versions on the same articles.

    Both translate the articles; you get scores with their significance, how many terms, names and figures each kept,
    the speed of each, and the sentences that differ most, the best for B first.
    """
    form = report_format(report, output, _EXTENSIONS, ComparisonFormat.TEXT)
    for letter, name, files_of, none in (("a", a, glossary_a, no_glossary_a), ("b", b, glossary_b, no_glossary_b)):
        if files_of and none:
            raise DragomanError(f"--no-glossary-{letter}: contradicts --glossary-{letter}; give one of them")
        if (files_of or none) and _is_report(name):
            raise DragomanError(f"{name}: is translated already; leave out the glossaries of {letter.upper()}")
    articles = _read(files, force=force)
    wanted = _references(articles, references)
    from dragoman.cli.translate import settings_of
    from dragoman.regress.compare_systems import compare as side_by_side
    from dragoman.regress.compare_systems import read_report, run

    settings = settings_of(articles)
    same = (glossary_a or [], no_glossary_a) == (glossary_b or [], no_glossary_b)
    matchers_a = _matchers(articles, glossary_a or [], none=no_glossary_a)
    matchers_b = matchers_a if same else _matchers(articles, glossary_b or [], none=no_glossary_b)
    outputs = {letter: read_report(Path(name), articles) for letter, name in (("A", a), ("B", b)) if _is_report(name)}
    models: dict[str, Model] = {}
    contenders: dict[str, Contender] = {}
    for letter, name, matchers, glossaries, none in (
        ("A", a, matchers_a, glossary_a, no_glossary_a),
        ("B", b, matchers_b, glossary_b, no_glossary_b),
    ):
        if letter not in outputs:
            if name not in models:
                models[name] = _load(name, beam, threads)
            names = ["no glossary"] if none else [file.stem for file in glossaries or ()]
            contenders[letter] = _contender(models[name], names, matchers)
    systems = [contender.system for contender in contenders.values()]
    if same and len(systems) == 2 and systems[0] == systems[1]:
        raise DragomanError(f"{a} and {b}: are one model; name two, or give one of them other glossaries")
    if contenders:
        say(f"translating {len(articles)} article{'s' * (len(articles) != 1)} with {' and '.join(contenders)}")
        outputs |= zip(contenders, run(list(contenders.values()), articles, to.value, settings), strict=True)
    found = side_by_side(articles, outputs["A"], outputs["B"], matchers_a, matchers_b, settings, wanted)
    if found.missing:
        say(f"{found.missing} sentences were left out: a report hasn't them as this version cuts them")
    from dragoman.report import compare as reports

    written = {
        ComparisonFormat.TEXT: lambda: reports.text(found, top, PIPE_WIDTH),
        ComparisonFormat.JSON: lambda: reports.as_json(found),
        ComparisonFormat.HTML: lambda: reports.html(found, top),
    }
    text = partial(reports.print_text, found, top) if form is ComparisonFormat.TEXT else None
    write_report(output, written[form], text)


def _is_report(name: str) -> bool:
    return name.lower().endswith(".json")


def _load(name: str, beam: int, threads: int) -> Model:
    from dragoman.engine import packages
    from dragoman.engine.model import Model

    return Model(packages.choose(name), beam=beam, threads=threads)


def _read(files: Sequence[str], *, force: bool) -> list[Article]:
    """Return the articles.

    Raises:
        DragomanError: One can't be read, or is not French.

    """
    from dragoman.article.read import read
    from dragoman.pipeline import check_language

    articles = [read(file) for file in dict.fromkeys(files)]
    for article in articles:
        if not force:
            check_language(article)
    return articles


def _references(articles: Sequence[Article], folder: Path | None) -> list[Article | None]:
    """Return the human translation of each article, or None, which is said.

    Raises:
        DragomanError: There is no such folder, it has none at all, or one can't be read.

    """
    from dragoman.article.read import read

    if folder is None:
        return [None] * len(articles)
    if not folder.is_dir():
        raise DragomanError(f"--references {folder}: there is no such folder")
    found = []
    for article in articles:
        place = _reference(Path(article.name), folder)
        found.append(read(str(place)) if place else None)
    missing = [article.name for article, reference in zip(articles, found, strict=True) if reference is None]
    if len(missing) == len(articles):
        raise DragomanError(f"--references {folder}: has no reference; call it NAME.en.EXT, or NAME.EXT")
    if missing:
        say(f"{folder} has no reference for {', '.join(missing)}")
    return found


def _reference(article: Path, folder: Path) -> Path | None:
    stem = article.stem.removesuffix(".fr")
    places = [folder / f"{stem}.en{article.suffix}", folder / f"{stem}{article.suffix}", folder / article.name]
    return next((p for p in places if p.is_file() and not (article.exists() and p.samefile(article))), None)


def _matchers(articles: Sequence[Article], files: Sequence[Path], *, none: bool) -> Sequence[Matcher | None]:
    from dragoman.cli.translate import matchers_of

    return [None] * len(articles) if none else matchers_of(articles, files, verbose=False)


def _contender(model: Model, glossaries: Sequence[str], matchers: Sequence[Matcher | None]) -> Contender:
    from dragoman.engine import ladder
    from dragoman.regress.compare_systems import Contender, system_of

    package = model.package
    system = system_of(package.name, package.version, model.checksum, model.beam, glossaries)
    return Contender(system, partial(ladder.translate, model), matchers)
