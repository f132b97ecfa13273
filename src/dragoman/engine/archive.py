"""Package archives (`.argosmodel`: zip files with one folder), opened and unpacked only if harmless."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import zipfile
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_MEMBERS = 2_000
MAX_UNPACKED = 2 << 30  # bytes; the largest packages in the Argos index are well below 1 GiB
MAX_RATIO = 100  # unpacked to packed: weights hardly shrink, vocabularies to a quarter; a zip bomb has 1000
FETCH_AGAIN = "fetch the package again from its source"

_TOP_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@contextlib.contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, str]]:
    """Open an archive and yield it with the name of its one top folder.

    The names of all members are checked first: plain relative paths in one folder, no links, nothing twice.

    Raises DragomanError for a name that is not, and for whatever zipfile finds wrong while the archive is
    open.
    """
    if not path.exists():
        raise DragomanError(f"{path}: no such file; give the path of an .argosmodel file")
    if not path.is_file():
        raise DragomanError(f"{path}: is not a file; give the path of an .argosmodel file")
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive, _top_folder(archive, path)
    except zipfile.BadZipFile as error:
        raise DragomanError(f"{path}: damaged or not a zip archive ({one_line(error)}); {FETCH_AGAIN}") from None
    # zipfile lets these out when the bytes that steer it are damaged.
    except (zlib.error, EOFError, RuntimeError, ValueError, IndexError, OverflowError) as error:
        raise DragomanError(f"{path}: damaged archive ({one_line(error)}); {FETCH_AGAIN}") from None


def unpack(path: Path, folder: Path | None) -> None:
    """Read every member of an archive to its end, which checks its CRC; write it under `folder` if given.

    The size is counted while reading, whatever the headers say.

    Raises DragomanError if the archive is refused, and OSError if the files cannot be written.
    """
    limit = min(MAX_UNPACKED, MAX_RATIO * path.stat().st_size)
    total = 0
    with opened(path) as (archive, _):
        for member in archive.infolist():
            if member.is_dir():
                continue
            with archive.open(member) as source, _target(folder, member.filename) as target:
                while piece := source.read(1 << 20):
                    total += len(piece)
                    if total > limit:
                        raise DragomanError(
                            f"{path}: unpacks to more than {limit} bytes, at member {member.filename!r}, "
                            f"too much for a package of its size (a zip bomb?); {FETCH_AGAIN}"
                        )
                    target.write(piece)
                if folder:
                    target.flush()
                    os.fsync(target.fileno())


def one_line(error: Exception) -> str:
    """Return what an exception says, on one line."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(reason.split()) or type(error).__name__


def _target(folder: Path | None, name: str) -> IO[bytes]:
    if folder is None:
        return Path(os.devnull).open("wb")
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    return (folder / name).open("xb")


def _top_folder(archive: zipfile.ZipFile, path: Path) -> str:
    members = archive.infolist()
    if not members:
        raise DragomanError(f"{path}: the archive is empty; {FETCH_AGAIN}")
    if len(members) > MAX_MEMBERS:
        raise DragomanError(f"{path}: {len(members)} members, more than {MAX_MEMBERS}; {FETCH_AGAIN}")
    seen: set[str] = set()
    tops: set[str] = set()
    for member in members:
        name = member.orig_filename.removesuffix("/")  # `filename` is tidied by zipfile
        folded = name.casefold()  # some file systems do not tell capitals
        if fault := _fault(member, name) or ("there twice" if folded in seen else ""):
            raise DragomanError(f"{path}: member {member.orig_filename!r} is {fault}; {FETCH_AGAIN}")
        seen.add(folded)
        tops.add(name.split("/")[0])
    if len(tops) > 1:
        found = ", ".join(sorted(tops)[:3])
        raise DragomanError(f"{path}: several top folders ({found}); pack the package's own folder only")
    (top,) = tops
    if not _TOP_FOLDER.fullmatch(top):
        raise DragomanError(f"{path}: the top folder is named {top!r}; name it like translate-fr_en-1_0")
    return top


def _fault(member: zipfile.ZipInfo, name: str) -> str:
    """Return what is wrong with one member, or ""."""
    parts = name.split("/")
    if any(part in {"", ".", ".."} for part in parts) or re.search(r"[\\:\x00-\x1f\x7f]", name):
        return "a path that is not plain and relative"
    if stat.S_IFMT(member.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "a link or a device"
    if len(parts) == 1 and not member.is_dir():
        return "outside the package's folder"
    if member.flag_bits & 1:
        return "encrypted"
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return "neither stored nor deflated"
    return ""
