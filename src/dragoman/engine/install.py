"""Check, install, fetch and remove Argos Translate packages.

The folder with the packages is shared with every program that uses Argos Translate. It is
`argostranslate.package` that knows where it is, reads the Argos index, downloads and uninstalls. Archives
are checked and unpacked here, because `argostranslate.package.install_from_path` extracts unchecked members
straight into that folder, where half of one would break the other programs.
"""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from http.client import HTTPException
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from dragoman.engine.archive import FETCH_AGAIN, one_line, unpack
from dragoman.engine.packages import (
    NAME,
    UNFINISHED,
    Broken,
    Package,
    argos,
    checksum,
    from_file,
    package_folders,
    parse_version,
    read,
)
from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from collections.abc import Iterator

TRIAL_SECONDS = 120
NETWORK_SECONDS = 10

_ELSEWHERE = "download the .argosmodel file elsewhere and run: dragoman models install FILE"


def check_archive(path: Path) -> Package:
    """Check an .argosmodel file without unpacking it to disk or loading the model.

    It is a complete zip archive in which every CRC is right, with plain relative names in one folder, no
    links, and no more in it than a package can have; its metadata is sane; model, vocabulary and tokenizer
    are there. Whether the model needs a config.json depends on its version and is left to CTranslate2 (see
    `smoke_test`).

    Raises DragomanError for the first fault.
    """
    if path.is_dir():
        raise DragomanError(f"{path}: is a folder; give the path of an .argosmodel file")
    package = from_file(path)
    unpack(path, None)
    return package


def smoke_test(package: Package) -> str:
    """Load the package, translate "Bonjour", and return the result.

    This happens in a process of its own, because CTranslate2 trusts model files: a bad one can end the
    process.

    Raises DragomanError if the package does not load or translates to nothing.
    """
    code = "import sys; from dragoman.engine.install import translate_word; print(translate_word(sys.argv[1]))"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    try:
        child = subprocess.run(
            [sys.executable, "-c", code, package.path],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TRIAL_SECONDS,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except subprocess.TimeoutExpired:
        fault = f"one word takes more than {TRIAL_SECONDS} s"
    else:
        if child.returncode == 0:
            return child.stdout.strip()
        lines = child.stderr.strip().splitlines()
        if child.returncode < 0 or not lines:
            fault = f"the decoder crashed ({child.returncode})"
        else:
            fault = lines[-1].partition(": ")[2] or lines[-1]  # the end of a traceback: the exception
    raise DragomanError(f"{package.path}: the model does not translate ({fault}); {FETCH_AGAIN}")


def translate_word(path: str) -> str:
    """Translate "Bonjour" with the package at `path`; this is the inner side of `smoke_test`."""
    from dragoman.engine.model import Model

    model = Model(from_file(Path(path)), beam=1, threads=1)
    hypothesis = model.translate([model.encode("Bonjour")])[0][0]
    if not hypothesis.text.strip():
        raise DragomanError("the translation is empty")
    return hypothesis.text.strip()


def verify_archive(path: Path) -> Package:
    """Check an .argosmodel file as `check_archive` and `smoke_test` do; nothing is unpacked to disk.

    Raises DragomanError for the first fault.
    """
    package = check_archive(path)
    smoke_test(package)
    return package


def install(path: Path) -> Package:
    """Check an .argosmodel file, put its folder among the Argos Translate packages, and return it.

    The archive is unpacked elsewhere, and renamed into place when it is complete and has the checksum of
    what was checked: if this is interrupted, or the disk is full, nothing of it is installed. A folder of
    the same name is replaced by two renames, one right after the other.

    Raises DragomanError if the archive is refused or cannot be written.
    """
    expected = checksum(read(verify_archive(path)))
    packages = package_folders()[0]
    try:
        packages.mkdir(parents=True, exist_ok=True)
        with _staging(packages) as staging:
            unpacked = staging / "new"
            unpacked.mkdir()
            unpack(path, unpacked)
            (new,) = unpacked.iterdir()
            if checksum(read(from_file(new))) != expected:
                raise DragomanError(f"{path}: changed while it was being installed; install it again")
            target = packages / new.name
            _replace(target, new, staging / "old")
    except OSError as error:
        raise DragomanError(
            f"{packages}: {path.name} cannot be installed ({one_line(error)}); free some space there, or set "
            "ARGOS_PACKAGES_DIR to a folder that can be written"
        ) from None
    return dataclasses.replace(from_file(target), origin="installed")


def install_by_name(name: str) -> Package:
    """Fetch a package from the Argos index (ARGOS_PACKAGE_INDEX), and install it as `install` does.

    `name` is `translate-fr_en`, `fr_en` or `fr-en`, with `==1.9` behind it for that version instead of the
    newest.

    Raises DragomanError if there is no network or no such package, or if what came is refused; nothing of it
    stays in the download cache.
    """
    asked = NAME.fullmatch(name)
    if not asked:
        raise DragomanError(f"{name}: neither a file nor a package name; give an .argosmodel file or, say, fr_en")
    package_module = argos()
    offers = {
        version: offer
        for offer in _index(package_module)
        if (offer.type, offer.from_code, offer.to_code) == ("translate", asked["from"], asked["to"])
        and (version := parse_version(offer.package_version))
        and (asked["version"] is None or version == parse_version(asked["version"]))
    }
    if not offers:
        index = package_module.settings.remote_package_index
        raise DragomanError(f"{name}: not in the index {index}; check the name and the version, or give a file")
    archive = _download(package_module, offers[max(offers)])
    try:
        found = from_file(archive)
        if (found.from_code, found.to_code) != (asked["from"], asked["to"]):
            raise DragomanError(f"{name}: what came translates {found.from_code} to {found.to_code}; {_ELSEWHERE}")
        return install(archive)
    finally:
        archive.unlink(missing_ok=True)


def remove(package: Package | Broken) -> None:
    """Remove an installed package, or a broken folder among them.

    It is moved out of the packages folder first, so that no half of it is left there if this is interrupted.

    Raises DragomanError for the bundled package, for a file, and if it cannot be removed.
    """
    if isinstance(package, Package) and package.origin == "bundled":
        raise DragomanError(f"{package.path}: is part of Dragoman and stays; use --model to choose another one")
    if isinstance(package, Package) and package.origin == "file":
        raise DragomanError(f"{package.path}: is not installed; delete the file itself")
    uninstall = argos().uninstall
    try:
        with _staging(package.path.parent) as staging:
            moved = package.path.rename(staging / "old")
            if not moved.is_symlink():  # a link goes with the staging folder, what it points to stays
                uninstall(SimpleNamespace(package_path=moved))
    except OSError as error:
        raise DragomanError(f"{package.path}: cannot be removed ({one_line(error)}); check permissions") from None


@contextlib.contextmanager
def _staging(packages: Path) -> Iterator[Path]:
    """Yield an empty folder from which a rename reaches `packages`; it is removed with what is left in it.

    It stands beside `packages`, since Argos Translate takes every folder in there for a package. Where
    `packages` is a file system of its own (a mounted volume), it has to be inside, and then has a
    metadata.json with a type that Argos Translate passes over. What a killed process left behind is removed
    after a day.
    """
    for place in (packages.parent, packages):
        for left in place.glob(f"{UNFINISHED}*"):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > 86_400:
                    shutil.rmtree(left)
    folder = None
    try:
        try:
            folder = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=packages.parent))
            probe = folder / "probe"
            probe.touch()
            probe.rename(packages / folder.name).unlink()  # Argos Translate overlooks files
        except OSError:
            if folder:
                shutil.rmtree(folder)
            folder = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=packages))
            (folder / "metadata.json").write_text('{"type": "unfinished"}')
        yield folder
    finally:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


def _replace(target: Path, new: Path, old: Path) -> None:
    """Rename `new` to `target`; what is there already goes to `old`, and comes back if that fails."""
    there = os.path.lexists(target)
    if there:
        target.rename(old)
    try:
        new.rename(target)
    except BaseException:
        if there:
            old.rename(target)
        raise


def _index(package_module: Any) -> list[Any]:  # noqa: ANN401 (argostranslate has no types)
    """Fetch the Argos index and return what it offers.

    `update_package_index` only logs that it failed, and `get_available_packages` then tries for ever: so the
    second is called only if nothing was logged. A bad index does not replace the one that was there.
    """
    settings = package_module.settings
    local: Path = settings.local_package_index
    before = local.read_bytes() if local.is_file() else None
    try:
        with _networking() as failures:
            package_module.update_package_index()
            if not failures:
                return list(package_module.get_available_packages())
        fault = failures[-1]
    except (OSError, HTTPException, ValueError, AttributeError, TypeError) as error:
        fault = one_line(error)
        with contextlib.suppress(OSError):
            if before is None:
                local.unlink()
            else:
                local.write_bytes(before)
    raise DragomanError(
        f"{settings.remote_package_index}: the index of packages cannot be fetched ({fault}); {_ELSEWHERE}"
    )


def _download(package_module: Any, offer: Any) -> Path:  # noqa: ANN401
    """Fetch the archive that the index offers; return its path in the download cache of Argos Translate."""
    name = package_module.argospm_package_name(offer)
    cached: Path = package_module.settings.downloads_dir / f"{name}.argosmodel"
    failures: list[str] = []
    try:
        # The name has no version: what is in the cache may be an older package, or half of one.
        cached.unlink(missing_ok=True)
        with _networking() as failures:
            return Path(offer.download())
    except Exception as error:
        with contextlib.suppress(OSError):
            cached.unlink(missing_ok=True)
        fault = failures[-1] if failures else one_line(error)
        raise DragomanError(
            f"{name} {offer.package_version}: cannot be downloaded from {offer.links} ({fault}); {_ELSEWHERE}"
        ) from None


@contextlib.contextmanager
def _networking() -> Iterator[list[str]]:
    """Give connections a time limit, and yield the list of errors that Argos Translate only logs."""
    failures: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            failures.append(" ".join(record.getMessage().removeprefix("(").removesuffix(",)").split()))

    logger = logging.getLogger("argostranslate.utils")
    collector = Collector(logging.ERROR)
    limit, propagate = socket.getdefaulttimeout(), logger.propagate
    logger.addHandler(collector)
    logger.propagate = False
    socket.setdefaulttimeout(NETWORK_SECONDS)
    try:
        yield failures
    finally:
        socket.setdefaulttimeout(limit)
        logger.removeHandler(collector)
        logger.propagate = propagate
