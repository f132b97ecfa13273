"""Argos Translate model packages: what there is, what is in them, and which one to translate with.

A package is a folder with `metadata.json`, a CTranslate2 model in `model/` and a tokenizer
(`sentencepiece.model` or `bpe.model`). It is handed on as an `.argosmodel` file, a zip archive of that one
folder. `dragoman.engine.install` checks, installs and removes packages.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib
import json
import os
import re
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from dragoman.engine.archive import FETCH_AGAIN, MAX_UNPACKED, one_line, opened
from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packaging.version import Version

Origin = Literal["bundled", "installed", "file"]

UNFINISHED = ".dragoman-"  # begins the names of folders in which packages are being installed or removed
NAME = re.compile(r"(?:translate-)?(?P<from>[A-Za-z]{2,8})[_-](?P<to>[A-Za-z]{2,8})(?:==(?P<version>.+))?")

_MAX_TEXT = 1 << 20  # bytes of metadata.json and README.md
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_TOKENIZERS: tuple[Literal["sentencepiece", "bpe"], ...] = ("sentencepiece", "bpe")  # Argos prefers the first


@dataclass(frozen=True, slots=True)
class Package:
    """A translation package that can be read; it is not in memory yet (see `read`)."""

    name: str  # as in the Argos index: translate-fr_en
    version: str
    from_code: str
    to_code: str
    origin: Origin
    path: Path  # the archive, or the unpacked folder
    tokenizer: Literal["sentencepiece", "bpe"]
    constraint_token: str | None = None  # stands before each phrase that the model is asked to use
    placeholders: tuple[str, ...] = ()  # tokens that the model copies
    target_prefix: str = ""  # the first target token of a multilingual model


@dataclass(frozen=True, slots=True)
class Broken:
    """A folder among the installed packages that cannot be used, and why."""

    path: Path
    reason: str  # one line that names the file, the place and the cure


def read(package: Package) -> dict[str, bytes]:
    """Return the files that decide on a translation: relative name ("model/model.bin") to content.

    These are `metadata.json`, the tokenizer, and the files right in `model/`. Sentence splitters (`stanza/`,
    `minisbd/`: hundreds of megabytes in some packages) and the README are not read. An archive is read in
    memory.
    """
    tokenizer = f"{package.tokenizer}.model"
    files = {}
    left = MAX_UNPACKED
    with _root(package.path) as root:
        members = {"metadata.json": root / "metadata.json", tokenizer: root / tokenizer}
        for member in (root / "model").iterdir():
            if member.is_file() and not member.name.startswith("."):
                members[f"model/{member.name}"] = member
        for name, member in members.items():
            with member.open("rb") as stream:
                files[name] = stream.read(left + 1)
            left -= len(files[name])
            if left < 0:
                raise DragomanError(f"{package.path}: larger than {MAX_UNPACKED} bytes; {FETCH_AGAIN}")
    return files


def checksum(files: dict[str, bytes]) -> str:
    """Return the checksum of a package's files as `read` returns them: 64 hexadecimal digits.

    It is the SHA-256 of a list with one line per file, sorted by name (by code points, "/" included): the
    SHA-256 of the content in lower-case hexadecimal, two spaces, the name, a line feed; all in UTF-8. An
    archive and the folder it was unpacked to have the same checksum. In such a folder, this prints it, too:

        LC_ALL=C sha256sum metadata.json model/* sentencepiece.model | sha256sum
    """
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def readme(package: Package) -> str:
    """Return the text of the package's README.md, its model card, or "" if it has none."""
    with _root(package.path) as root:
        card = root / "README.md"
        if not card.is_file():
            return ""
        with card.open("rb") as stream:
            return stream.read(_MAX_TEXT).decode("utf-8", errors="replace")


def size(package: Package) -> int:
    """Return the bytes that the package takes on disk, with everything in it."""
    if package.path.is_file():
        return package.path.stat().st_size
    return sum(file.stat().st_size for file in package.path.rglob("*") if file.is_file())


def parse_version(text: object) -> Version | None:
    """Return a version for comparison (1.10 is newer than 1.9), or None if `text` is not one."""
    from packaging.version import InvalidVersion, Version

    try:
        return Version(text) if isinstance(text, str) else None
    except InvalidVersion:
        return None


def from_file(path: Path) -> Package:
    """Return the package in an .argosmodel file or in an unpacked folder.

    Its metadata is read, and the files that a translation needs have to be there; what is in them is not
    looked at.
    """
    return _describe(path, "file")


@functools.cache
def bundled() -> Package:
    """Return the newest fr→en package that comes with Dragoman."""
    import atexit
    from importlib import resources

    kept = contextlib.ExitStack()  # keeps the copy that is made where Dragoman itself runs from a zip file
    atexit.register(kept.close)
    data = resources.files("dragoman") / "data"
    found = [
        _describe(kept.enter_context(resources.as_file(entry)), "bundled")
        for entry in (data.iterdir() if data.is_dir() else ())
        if entry.name.startswith("translate-fr_en") and entry.name.endswith(".argosmodel")
    ]
    if not found:
        raise DragomanError(f"{data}: the bundled model package is missing; install Dragoman again")
    return _newest(found)[0]


def installed() -> list[Package]:
    """Return the translation packages that Argos Translate has, for all languages, without broken ones."""
    return _scan()[0]


def broken() -> list[Broken]:
    """Return the folders that stand where Argos Translate keeps its packages but cannot be used."""
    return _scan()[1]


def named(wanted: str) -> list[Package]:
    """Return the installed and bundled packages with this version or name, the newest first.

    A name is `translate-fr_en`, `fr_en`, `fr-en`, one of these with `==` and a version, or the folder's name.
    """
    return _newest([package for package in [*installed(), bundled()] if _answers(package, wanted)])


def choose(model: str = "auto", from_code: str | None = "fr", to_code: str | None = "en") -> Package:
    """Return the package to translate with.

    `model` is "auto" (the newest installed package for the languages, else the bundled one), "bundled", a
    version or a name (see `named`), or the path of an .argosmodel file or an unpacked folder. A language
    code of None stands for any language.

    Raises DragomanError if there is no such package, or if it is for other languages.
    """

    def suits(package: Package) -> bool:
        return from_code in {None, package.from_code} and to_code in {None, package.to_code}

    if model == "auto":
        package = next(filter(suits, _newest(installed())), None) or bundled()
    elif model == "bundled":
        package = bundled()
    elif suitable := list(filter(suits, named(model))):
        package = suitable[0]
    elif os.path.exists(model):  # noqa: PTH110 (Path.exists raises for folders that may not be read)
        package = from_file(Path(model))
    else:
        there = [f"{other.version} ({other.origin})" for other in [bundled(), *installed()] if suits(other)]
        raise DragomanError(
            f"{model}: no such model; give auto, bundled, the path of an .argosmodel file, or a version that "
            f"there is: {', '.join(there) or 'none for these languages'}"
        )
    if not suits(package):
        raise DragomanError(
            f"{package.path}: translates {package.from_code} to {package.to_code}; "
            f"give a model that translates {from_code or 'any language'} to {to_code or 'any language'}"
        )
    return package


def package_folders() -> list[Path]:
    """Return the folders in which Argos Translate keeps packages; it installs into the first one.

    They are worked out as in `argostranslate.settings` 1.12 (ARGOS_PACKAGES_DIR, settings.json,
    XDG_DATA_HOME, snaps), because importing that module creates them, and fails where it cannot.
    """
    try:
        home = Path(os.environ["SNAP_USER_DATA"]) if "SNAP" in os.environ else Path.home()
    except RuntimeError:  # the user has no home directory
        home = Path(os.devnull)
    data = Path(os.getenv("XDG_DATA_HOME", home / ".local" / "share")) / "argos-translate"
    settings = Path(os.getenv("XDG_CONFIG_HOME", home / ".config")) / "argos-translate" / "settings.json"
    setting = None
    with contextlib.suppress(OSError, ValueError, AttributeError):
        setting = json.loads(settings.read_text("utf-8")).get("ARGOS_PACKAGES_DIR")
    folders = [Path(os.getenv("ARGOS_PACKAGES_DIR", setting or data / "packages"))]
    if "SNAP" in os.environ:
        custom = Path(os.environ["SNAP"]) / "snap_custom"
        folders += [custom / "packages", *_subfolders(custom / "content_snap_packages")]
    return folders


def argos() -> Any:  # noqa: ANN401 (argostranslate has no types)
    """Return `argostranslate.package`.

    Its settings module creates folders in the home directory when it is imported. Where that fails, it is
    given a throw-away home: listing packages needs only the folder that they are in.
    """
    try:
        with contextlib.redirect_stdout(sys.stderr):  # it prints what it finds wrong with its settings
            try:
                return importlib.import_module("argostranslate.package")
            except OSError:
                with tempfile.TemporaryDirectory(prefix=UNFINISHED) as home, _throw_away_home(home):
                    return importlib.import_module("argostranslate.package")
    except OSError as error:
        raise DragomanError(
            f"{package_folders()[0]}: Argos Translate cannot create its folders ({one_line(error)}); set "
            "XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_CACHE_HOME to folders that can be written"
        ) from None
    except (AssertionError, KeyError, ValueError) as error:
        raise DragomanError(
            f"Argos Translate refuses its settings ({one_line(error)}); correct its settings.json or the "
            "environment variables that begin with ARGOS_"
        ) from None


@contextlib.contextmanager
def _throw_away_home(home: str) -> Iterator[None]:
    before = dict(os.environ)
    packages = str(package_folders()[0])
    os.environ.update(XDG_DATA_HOME=home, XDG_CONFIG_HOME=home, XDG_CACHE_HOME=home, ARGOS_PACKAGES_DIR=packages)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _subfolders(folder: Path) -> list[Path]:
    try:
        return sorted(child for child in folder.iterdir() if child.is_dir())
    except OSError:  # not there, or not to be read
        return []


def _scan() -> tuple[list[Package], list[Broken]]:
    packages: list[Package] = []
    unusable: list[Broken] = []
    children = [child for folder in package_folders() for child in _subfolders(folder)]
    children = [child for child in children if not child.name.startswith(UNFINISHED)]
    if not children:
        return packages, unusable
    package_module = argos()
    for child in children:
        try:
            # One at a time: get_installed_packages() fails for all of them if it cannot read one.
            if package_module.Package(child).type == "translate":
                packages.append(_describe(child, "installed"))
        except DragomanError as error:
            unusable.append(Broken(child, str(error)))
        except (OSError, ValueError, AttributeError, TypeError) as error:
            reason = f"{child}: not an Argos Translate package ({one_line(error)}); remove or replace the folder"
            unusable.append(Broken(child, reason))
    return packages, unusable


def _newest(packages: list[Package]) -> list[Package]:
    def key(package: Package) -> Version:
        version = parse_version(package.version)
        assert version  # `_metadata` saw to it
        return version

    return sorted(packages, key=key, reverse=True)


def _answers(package: Package, wanted: str) -> bool:
    if wanted == package.path.name.removesuffix(".argosmodel"):
        return True
    name = NAME.fullmatch(wanted)
    if name and (name["from"], name["to"]) != (package.from_code, package.to_code):
        return False
    version = name["version"] if name else wanted
    return version is None or parse_version(version) == parse_version(package.version)


@contextlib.contextmanager
def _root(path: Path) -> Iterator[Path | zipfile.Path]:
    """Yield a package's own folder, on disk or in the archive."""
    try:
        if path.is_dir():
            yield path
        else:
            with opened(path) as (archive, top):
                yield zipfile.Path(archive, f"{top}/")
    except OSError as error:
        reason = one_line(error)
        raise DragomanError(f"{path}: cannot be read ({reason}); check the path and its permissions") from None


def _describe(path: Path, origin: Origin) -> Package:
    with _root(path) as root:
        metadata = _metadata(root, path)
        tokenizer = next((name for name in _TOKENIZERS if (root / f"{name}.model").is_file()), None)
        if not tokenizer:
            raise DragomanError(f"{path}: no sentencepiece.model or bpe.model; {FETCH_AGAIN}")
        if not (root / "model" / "model.bin").is_file():
            raise DragomanError(f"{path}: no model/model.bin; {FETCH_AGAIN}")
        if not any("_vocabulary." in member.name for member in (root / "model").iterdir()):
            raise DragomanError(f"{path}: no vocabulary in model/; {FETCH_AGAIN}")
    own = metadata.get("dragoman", {})
    return Package(
        name=f"translate-{metadata['from_code']}_{metadata['to_code']}",
        version=metadata["package_version"],
        from_code=metadata["from_code"],
        to_code=metadata["to_code"],
        origin=origin,
        path=path,
        tokenizer=tokenizer,
        constraint_token=own.get("constraint_token"),
        placeholders=tuple(own.get("placeholders", ())),
        target_prefix=metadata.get("target_prefix", ""),
    )


def _metadata(root: Path | zipfile.Path, path: Path) -> dict[str, Any]:
    """Return metadata.json, in which every key that is used here has been checked."""
    place = f"{path}: metadata.json"
    if not (root / "metadata.json").is_file():
        raise DragomanError(f"{place}: missing, so this is no Argos Translate package; {FETCH_AGAIN}")
    with (root / "metadata.json").open("rb") as stream:
        content = stream.read(_MAX_TEXT + 1)
    if len(content) > _MAX_TEXT:
        raise DragomanError(f"{place}: larger than {_MAX_TEXT} bytes; {FETCH_AGAIN}")
    try:
        metadata = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DragomanError(f"{place}: not JSON in UTF-8 ({one_line(error)}); {FETCH_AGAIN}") from None
    if not isinstance(metadata, dict):
        raise DragomanError(f"{place}: not a JSON object; {FETCH_AGAIN}")
    if (kind := metadata.get("type", "translate")) != "translate":
        raise DragomanError(f"{place}: type is {kind!r}; give a package of type 'translate'")
    for key in ("from_code", "to_code"):
        code = metadata.get(key)
        if not isinstance(code, str) or not _LANGUAGE.fullmatch(code):
            raise DragomanError(f"{place}: {key} is {code!r}; it has to be a language code such as 'fr'")
    if not parse_version(version := metadata.get("package_version")):
        raise DragomanError(f"{place}: package_version is {version!r}; it has to be a version such as '1.0'")
    if not isinstance(metadata.get("target_prefix", ""), str):
        raise DragomanError(f"{place}: target_prefix is not a string; correct it or leave it out")
    own = metadata.get("dragoman", {})
    if not isinstance(own, dict) or not isinstance(own.get("constraint_token", ""), str | None):
        raise DragomanError(f"{place}: dragoman.constraint_token is not a string; correct it or leave it out")
    tokens = own.get("placeholders", [])
    if not isinstance(tokens, list) or not all(isinstance(token, str) and token for token in tokens):
        raise DragomanError(f"{place}: dragoman.placeholders is no list of strings; correct it or leave it out")
    return metadata
