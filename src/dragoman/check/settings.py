"""What a project file says about the checks.

[check]
locale = "en-GB"              # what translations are to follow; without it, `--to` or nothing
disable = ["capitalisation"]

[check.severity]
spacing = "error"             # or "warning"

[check.length]                # the thresholds of a check that has some
shortest = 0.4
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.check.finding import Severity
from dragoman.errors import DragomanError
from dragoman.files import read_table

_LOCALES = ("en-US", "en-GB")


@dataclass(frozen=True, slots=True)
class Settings:
    """Which checks run, how bad their findings are, and their thresholds by (id of the check, name)."""

    locale: str | None = None
    disabled: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    thresholds: Mapping[tuple[str, str], float] = field(default_factory=dict)


def read_settings(path: Path) -> Settings:
    """Return what the table `[check]` of a project file says.

    Raises:
        DragomanError: The file can't be read, or says something that no check understands.

    """
    table = read_table(path, "check")
    try:
        return _settings(table)
    except DragomanError as error:
        raise DragomanError(f"{path}: {error}") from None


def _settings(table: Mapping[str, object]) -> Settings:
    from dragoman.check.registry import CHECKS

    severities: dict[str, Severity] = {}
    thresholds: dict[tuple[str, str], float] = {}
    for key, value in table.items():
        if key in ("locale", "disable", "severity"):
            continue
        if key not in CHECKS:
            names = ("locale", "disable", "severity", *(name for name, check in CHECKS.items() if check.thresholds))
            raise DragomanError(f"[check] has no setting {key!r}; {_near(key, names)}")
        known = CHECKS[key].thresholds
        if not known:
            raise DragomanError(f"[check.{key}]: the check {key} has no thresholds; remove it")
        if not isinstance(value, dict):
            raise DragomanError(f"check.{key} is not a table; write [check.{key}], and its thresholds below")
        for name, number in value.items():
            if name not in known:
                raise DragomanError(f"[check.{key}] has no threshold {name!r}; {_near(name, known)}")
            if isinstance(number, bool) or not isinstance(number, int | float):
                raise DragomanError(f"[check.{key}]: {name} is not a number; write {name} = {known[name]}")
            thresholds[key, name] = float(number)
    disabled = table.get("disable", [])
    if not isinstance(disabled, list) or not all(isinstance(name, str) for name in disabled):
        raise DragomanError('[check]: disable is not a list of checks; write disable = ["capitalisation"]')
    for name in disabled:
        if name not in CHECKS:
            raise DragomanError(f"[check]: disable names no check: {name!r}; {_near(name, CHECKS)}")
    given = table.get("severity", {})
    if not isinstance(given, dict):
        raise DragomanError("check.severity is not a table; write [check.severity], and a check's severity below")
    for name, value in given.items():
        if name not in CHECKS:
            raise DragomanError(f"[check.severity] names no check: {name!r}; {_near(name, CHECKS)}")
        if value not in tuple(Severity):
            raise DragomanError(f'[check.severity]: {name} is neither "error" nor "warning"')
        severities[name] = Severity(value)
    locale = table.get("locale")
    if locale is not None and (not isinstance(locale, str) or locale not in _LOCALES):
        raise DragomanError(f"[check]: locale is neither {' nor '.join(_LOCALES)}")
    return Settings(locale, frozenset(disabled), severities, thresholds)


def _near(name: str, names: Iterable[str]) -> str:
    import difflib

    names = list(names)
    near = difflib.get_close_matches(name, names, n=3)
    return f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(names)}"
