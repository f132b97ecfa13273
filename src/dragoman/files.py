"""Reads project files, and writes files so that no half-written one is ever seen."""

from __future__ import annotations

import difflib
import os
import tempfile
from pathlib import Path
from typing import Any

from dragoman.errors import DragomanError

# The tables of a project file.
_TABLES = ("glossary", "check", "regress")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file as a whole: to a temporary file beside it, which is then renamed.

    A symbolic link stays one, and what is no file (/dev/stdout, a named pipe) is written to directly.

    Raises:
        DragomanError: It can't be written.

    """
    place = path.resolve()
    temporary = None
    try:
        if place.exists() and not place.is_file():
            place.write_bytes(data)
            return
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=f".{place.name}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(place.stat().st_mode if place.exists() else 0o666 & ~umask)
        temporary.replace(place)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise DragomanError(f"{path}: cannot be written ({error.strerror}); check the folder") from None


def read_table(path: Path, name: str) -> dict[str, Any]:
    """Return a table of a project file (`dragoman.toml`); an empty one if the file doesn't have it.

    Raises:
        DragomanError: The file can't be read, or the name is something else than a table in it.

    """
    import tomllib

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DragomanError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise DragomanError(f"{path}: is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise DragomanError(f"{path}: {error}") from None
    for key in data:
        near = difflib.get_close_matches(key, _TABLES, n=1)
        if near and key not in _TABLES:
            raise DragomanError(f"{path}: there is no table [{key}]; did you mean [{near[0]}]?")
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise DragomanError(f"{path}: {name} is not a table; write [{name}], and its settings below")
    return table
