"""What a suite is: a folder with articles, their baselines, and a project file that says how they are translated.

[regress]                        # all of it may be left out: these are the defaults
articles = ["articles/*.txt"]    # without it, every .txt, .md and .html file below the folder
baselines = "baselines"
references = "references"        # human translations: NAME.en.EXT or NAME.EXT for an article NAME.fr.EXT or NAME.EXT
locale = "en-US"
quotes = "translate"             # or "keep", "both"
model = "auto"
beam = 4

[regress.fail]                   # how many segments of a class are too many; without a number, any number will do
broken = 0
changed = 20
bleu = 0.5                       # the largest loss that is no failure; only significant losses count
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from dragoman.errors import DragomanError
from dragoman.files import read_table
from dragoman.glossary.resolve import PROJECT_FILE, find_project

SIGNATURE_FILE = "signature.yml"
"""Beside the baselines: the signature of the last update, with the entries of the glossaries."""

_EXTENSIONS = (".txt", ".md", ".html")
_LOCALES = ("en-US", "en-GB")
_QUOTES = ("translate", "keep", "both")
# Texts that stand in a repository and are no articles.
_NO_ARTICLES = ("readme", "license", "licence", "changelog", "contributing", "requirements", "notes")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is too much: more segments of a class, or a larger loss of a metric, fail. None: there is no limit."""

    broken: int | None = 0
    changed: int | None = None
    typography: int | None = None
    improved: int | None = None
    added: int | None = None
    removed: int | None = None
    bleu: float | None = None
    chrf: float | None = None
    ter: float | None = None


METRICS = ("bleu", "chrf", "ter")
"""The limits that are losses of metrics; the others count segments."""


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite as its project file describes it."""

    project: Path  # the project file
    articles: tuple[Path, ...]  # sorted, all below the folder
    baselines: Path
    references: Path | None
    locale: str = "en-US"
    quotes: str = "translate"
    model: str = "auto"
    beam: int = 4
    fail: Limits = Limits()

    @property
    def folder(self) -> Path:
        """Where the project file is."""
        return self.project.parent

    def name(self, article: Path) -> str:
        """Return what an article is called in reports and baselines: its path in the suite, with slashes."""
        return article.relative_to(self.folder).as_posix()

    def baseline(self, name: str) -> Path:
        """Return where the baseline of an article, by its name, is or would be."""
        return self.baselines / f"{name}.yml"

    def reference(self, name: str) -> Path | None:
        """Return the human translation of an article, by its name, if there is one."""
        if self.references is None:
            return None
        path = Path(name)
        stem = path.stem.removesuffix(".fr")
        names = (f"{stem}.en{path.suffix}", f"{stem}{path.suffix}", path.name)
        places = [folder / name for folder in (self.references / path.parent, self.references) for name in names]
        return next((place for place in places if place.is_file()), None)

    def stored(self) -> dict[str, Path]:
        """Return all baselines that there are, by the names of their articles."""
        found = sorted(path for path in self.baselines.rglob("*.yml") if ".obtained" not in path.suffixes)
        names = {path.relative_to(self.baselines).as_posix().removesuffix(".yml"): path for path in found}
        names.pop(SIGNATURE_FILE.removesuffix(".yml"), None)
        return names


def find(path: Path = Path()) -> Suite:
    """Return the suite that a folder, or a file in it, belongs to.

    Raises:
        DragomanError: There is no project file at or above it, or it can't be read.

    """
    if not path.exists():
        raise DragomanError(f"{path}: there is no such folder; check the path")
    project = find_project(path if path.is_dir() else path.parent)
    if project is None:
        raise DragomanError(f"{path}: is in no suite; put a {PROJECT_FILE} into the folder of the articles")
    return read(project)


def read(project: Path) -> Suite:
    """Return the suite that a project file describes.

    Raises:
        DragomanError: It can't be read, or says something that is no setting.

    """
    table = read_table(project, "regress")
    try:
        return _suite(project, table)
    except DragomanError as error:
        raise DragomanError(f"{project}: {error}") from None


_KEYS = ("articles", "baselines", "references", "locale", "quotes", "model", "beam", "fail")


def _suite(project: Path, table: Mapping[str, Any]) -> Suite:
    for key in table:
        if key not in _KEYS:
            raise DragomanError(f"[regress] has no setting {key!r}; {_near(key, _KEYS)}")
    folder = project.parent
    baselines = folder / _text(table, "baselines", "baselines")
    references = folder / _text(table, "references", "references")
    if "references" in table and not references.is_dir():
        raise DragomanError(f"[regress]: references: there is no folder {references}; correct it")
    beam = table.get("beam", 4)
    if not isinstance(beam, int) or isinstance(beam, bool) or not 1 <= beam <= 32:
        raise DragomanError("[regress]: beam is not a whole number from 1 to 32; write beam = 4")
    return Suite(
        project=project,
        articles=_articles(folder, table.get("articles"), (baselines, references)),
        baselines=baselines,
        references=references if references.is_dir() else None,
        locale=_one_of(table, "locale", _LOCALES),
        quotes=_one_of(table, "quotes", _QUOTES),
        model=_text(table, "model", "auto"),
        beam=beam,
        fail=_limits(table.get("fail", {})),
    )


def _limits(table: object) -> Limits:
    if not isinstance(table, dict):
        raise DragomanError("regress.fail is not a table; write [regress.fail], and the limits below")
    known = [field.name for field in fields(Limits)]
    for key, value in table.items():
        if key not in known:
            raise DragomanError(f"[regress.fail] has no limit {key!r}; {_near(key, known)}")
        if key in METRICS and not _is_number(value, int | float):
            raise DragomanError(f"[regress.fail]: {key} is not a loss of points; write {key} = 0.5")
        if key not in METRICS and not _is_number(value, int):
            raise DragomanError(f"[regress.fail]: {key} is not a number of segments; write {key} = 0")
    return Limits(**table)


def _is_number(value: object, kind: object) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool) and value >= 0  # type: ignore[arg-type, operator]


def _articles(folder: Path, patterns: object, others: Collection[Path]) -> tuple[Path, ...]:
    """Return the articles that patterns name, or all that there are."""
    if patterns is not None and not (isinstance(patterns, list) and all(isinstance(item, str) for item in patterns)):
        raise DragomanError('[regress]: articles is not a list of patterns; write articles = ["articles/*.txt"]')
    found: set[Path] = set()
    if patterns is None:
        found.update(_texts(folder, others))
    for pattern in patterns or ():
        try:
            named = {path for path in folder.glob(pattern) if path.is_file()}
        except (ValueError, NotImplementedError):
            raise DragomanError(f"[regress]: {pattern!r} is no pattern of paths in this folder; correct it") from None
        if not named:
            raise DragomanError(f"[regress]: no article is named {pattern!r}; correct articles")
        found |= named
    return tuple(sorted(found))


def _texts(folder: Path, others: Collection[Path]) -> Iterable[Path]:
    """Yield the texts below a folder, without hidden folders, those of other suites, and what is never an article."""
    for here, folders, files in os.walk(folder):
        place = Path(here)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith((".", "_"))
            and name not in ("node_modules", "venv")
            and place / name not in others
            and not (place / name / PROJECT_FILE).exists()
        )
        for name in files:
            path = place / name
            if (
                path.suffix.lower() in _EXTENSIONS
                and not name.startswith((".", "_"))
                and not path.stem.endswith(".en")
                and not path.stem.lower().startswith(_NO_ARTICLES)
            ):
                yield path


def _text(table: Mapping[str, object], key: str, default: str) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or not value:
        raise DragomanError(f'[regress]: {key} is not a text; write {key} = "{default}"')
    return value


def _one_of(table: Mapping[str, object], key: str, values: tuple[str, ...]) -> str:
    value = _text(table, key, values[0])
    if value not in values:
        raise DragomanError(f"[regress]: {key} is {value!r}, and not {' or '.join(values)}")
    return value


def _near(name: str, names: Iterable[str]) -> str:
    import difflib

    names = list(names)
    near = difflib.get_close_matches(name, names, n=3)
    return f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(names)}"
