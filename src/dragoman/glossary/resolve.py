"""Which glossaries apply to an article, and which of their entries where two contradict each other.

The nearer wins: glossaries of the command line, in the order given there, before those of the project file, in the
order given there, before the built-in ones. For each source term,

- the forms to write, preferred and admitted, come from the nearest glossary that has one in force;
- forbidden forms add up, but what is nearer stands: what a nearer glossary writes a farther one cannot forbid, and
  what a nearer one forbids a farther one cannot write.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import DragomanError
from dragoman.files import read_table
from dragoman.glossary import table as tables
from dragoman.glossary.entry import Entry, EntryKind, exact_sources, normal, source_key

PROJECT_FILE = "dragoman.toml"


@dataclass(frozen=True, slots=True)
class Project:
    """What the table `[glossary]` of a project file says; `builtin` is whether, or which, built-in ones apply."""

    path: Path
    files: tuple[Path, ...] = ()
    builtin: bool | tuple[str, ...] = True


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two entries with one source that contradict each other, of which the first is in force."""

    winner: Entry
    loser: Entry

    @property
    def message(self) -> str:
        """A line for the keeper of the glossaries."""
        winner, loser = (
            f"{e.target!r}{' (forbidden)' * (e.kind is EntryKind.FORBIDDEN)}" for e in (self.winner, self.loser)
        )
        return f"{self.loser.place}: {self.loser.source}: {loser} gives way to {winner} in {self.winner.place}"


@dataclass(frozen=True, slots=True)
class Glossary:
    """The entries that apply, the files they come from, the nearest first, and the conflicts that were found."""

    entries: tuple[Entry, ...]
    files: tuple[Path, ...]
    conflicts: tuple[Conflict, ...]


def resolve(
    glossaries: Sequence[Path], project: Project | None = None, builtin: bool | Sequence[str] | None = None
) -> Glossary:
    """Return what applies: the entries of the glossaries that `paths` returns, without those that give way.

    Raises:
        DragomanError: A glossary can't be read, or has a row that is no entry.

    """
    files = paths(glossaries, project, builtin)
    return combine([tables.load(path) for path in files], files)


def paths(
    glossaries: Sequence[Path], project: Project | None = None, builtin: bool | Sequence[str] | None = None
) -> list[Path]:
    """Return the files of the glossaries that apply, the nearest first.

    Args:
        glossaries: Those of the command line.
        project: The project file that belongs to the article.
        builtin: Whether built-in glossaries apply, or the names of those that do; None leaves it to the project file,
            and without one all apply.

    Raises:
        DragomanError: There is no built-in glossary of that name.

    """
    if builtin is None:
        builtin = project.builtin if project else True
    where = str(project.path) if project else "glossaries"
    names = builtins() if builtin is True else () if builtin is False else builtin
    named = [*glossaries, *(project.files if project else ()), *(_builtin(name, where) for name in names)]
    unique: dict[Path, Path] = {}
    for path in named:
        unique.setdefault(path.resolve(), path)
    return list(unique.values())


def combine(glossaries: Sequence[Sequence[Entry]], files: Sequence[Path] = ()) -> Glossary:
    """Return which of the entries of several glossaries apply, of which the nearest comes first."""
    groups: dict[str, dict[int, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    exact = exact_sources(entry for entries in glossaries for entry in entries if entry.in_force)
    for level, entries in enumerate(glossaries):
        for entry in entries:
            if entry.in_force:
                groups[source_key(entry, exact)][level].append(entry)
    chosen: list[Entry] = []
    conflicts: list[Conflict] = []
    for key, levels in groups.items():
        # A case-sensitive source is covered by a nearer one with the same letters in any case.
        general = groups.get(key.casefold(), {}) if key != key.casefold() else {}
        nearest = min((level for level, entries in general.items() if any(map(_writes, entries))), default=None)
        if nearest is not None:
            covering = next(filter(_writes, general[nearest]))
            covered = [entry for level in levels if level > nearest for entry in levels[level]]
            conflicts += [Conflict(covering, e) for e in covered if _writes(e) and e.target != covering.target]
            levels = {level: entries for level, entries in levels.items() if level <= nearest}
        entries, contradictions = _choose(list(levels.values()))
        chosen += entries
        conflicts += contradictions
    return Glossary(tuple(chosen), tuple(files), tuple(conflicts))


def _choose(glossaries: Sequence[Sequence[Entry]]) -> tuple[list[Entry], list[Conflict]]:
    """Return the entries for one source that apply, from glossaries of which the nearest comes first."""
    written: dict[str, Entry] = {}
    banned: dict[str, Entry] = {}
    conflicts = []
    for entries in glossaries:
        settled = bool(written)
        main = next(iter(written.values()), None)
        for entry in filter(_writes, entries):
            target = normal(entry.target)
            if target in written:
                continue
            if target in banned:
                conflicts.append(Conflict(banned[target], entry))
            elif main and entry.kind is not EntryKind.ADMITTED:
                conflicts.append(Conflict(main, entry))
            elif not settled:
                written[target] = entry
                main = main or (entry if entry.kind is not EntryKind.ADMITTED else None)
        for entry in entries:
            target = normal(entry.target)
            if _writes(entry):
                continue
            if target in written:
                conflicts.append(Conflict(written[target], entry))
            else:
                banned.setdefault(target, entry)
    forms = sorted(written.values(), key=lambda entry: entry.kind is EntryKind.ADMITTED)
    return [*forms, *banned.values()], conflicts


def _writes(entry: Entry) -> bool:
    return entry.kind is not EntryKind.FORBIDDEN


def find_project(folder: Path) -> Path | None:
    """Return the project file in a folder, or in the nearest one above it."""
    folder = folder.resolve()
    places = (place / PROJECT_FILE for place in (folder, *folder.parents))
    return next((place for place in places if place.is_file()), None)


def read_project(path: Path) -> Project:
    """Return what a project file says about glossaries: `files = ["terms.csv"]`, `builtin = true`, false, or names.

    Paths are relative to the project file.

    Raises:
        DragomanError: It can't be read, or says something else.

    """
    settings = read_table(path, "glossary")
    for key in settings:
        if key not in ("files", "builtin"):
            raise DragomanError(f"{path}: [glossary] has no setting {key!r}; it has files and builtin")
    names = settings.get("files", [])
    builtin = settings.get("builtin", True)
    if not _are_texts(names):
        raise DragomanError(f'{path}: files is not a list of paths; write files = ["terms.csv"]')
    if not isinstance(builtin, bool) and not _are_texts(builtin):
        raise DragomanError(f"{path}: builtin is neither true, false nor a list of names: {', '.join(builtins())}")
    files = tuple(path.parent / name for name in names)
    for file in files:
        if not file.is_file():
            raise DragomanError(f"{path}: there is no glossary {file}; correct files")
    return Project(path, files, builtin if isinstance(builtin, bool) else tuple(builtin))


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def builtins() -> Mapping[str, Path]:
    """Return the built-in glossaries by their names.

    In an installed package they are beside this one (the wheel takes them in); in a checkout, in the repository's
    folder `glossaries`.
    """
    package = Path(__file__).parents[1]
    folder = package / "glossaries"
    if not folder.is_dir():
        folder = package.parents[1] / "glossaries"
    return {path.stem: path for path in sorted(folder.glob("*.csv"))}


def built_in(*entries: Entry) -> bool:
    """Tell whether entries are all of built-in glossaries."""
    return all(entry.file in _built_in_files() for entry in entries)


@functools.cache
def _built_in_files() -> frozenset[str]:
    return frozenset(str(path) for path in builtins().values())


def _builtin(name: str, where: str) -> Path:
    found = builtins().get(name)
    if found is None:
        raise DragomanError(f"{where}: there is no built-in glossary {name!r}; there are: {', '.join(builtins())}")
    return found


def locate(name: str) -> Path:
    """Return the glossary that a path, or the name of a built-in one, stands for."""
    path = Path(name)
    return path if path.exists() else builtins().get(name, path)
