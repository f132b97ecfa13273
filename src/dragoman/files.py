"""Writes files so that no half-written one is ever seen."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from dragoman.errors import DragomanError


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
