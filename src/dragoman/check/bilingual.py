"""Reads files that hold a text and its translation, unit by unit: XLIFF 1.2 and 2.0, TMX, PO.

Through Translate Toolkit, which is GPL: it belongs to the extra `formats`, and is imported only when such a file is
read. XML is parsed without network, and refused if it has entities of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.article.model import Article, Block, Format, InlineCode, Kind
from dragoman.check.files import Bitext, Text
from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from lxml.etree import _Element

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Elements that stand for inline codes; those of the second kind hold the code itself, which is no text.
_AROUND_TEXT = ("g", "pc", "mrk", "hi", "sub")
_CODES = ("bpt", "ept", "it", "ph", "ut", "x", "bx", "ex", "sc", "ec", "cp", "sm", "em")
_NO_CODES = ("mrk", "hi", "sub", "sm", "em")  # of these, that mark no formatting
_WHITE_SPACE = re.compile("[ \t\r\n]+")

Side = tuple[str, int]  # a text, and how many inline codes are in it
Unit = tuple[Side, Side, int]  # source, target, line


def is_bilingual(path: str) -> bool:
    """Tell by its name whether a file holds both texts."""
    return Path(path).suffix.lower() in _READERS


def read_bilingual(path: str) -> Bitext:
    """Read a bilingual file; units that are not to be translated, or no longer used, are left out.

    Raises:
        DragomanError: It can't be read, has no French and English units, or Translate Toolkit is not installed.

    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise DragomanError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    try:
        units = list(_READERS[Path(path).suffix.lower()](data, path))
    except ImportError:
        raise DragomanError(
            f"{path}: Translate Toolkit is not installed; install it with: pip install 'dragoman[formats]'"
        ) from None
    except ValueError as error:  # PO
        raise DragomanError(f"{path}: {' '.join(str(error).split())}") from None
    units = [unit for unit in units if unit[0][0]]
    if not units:
        raise DragomanError(f"{path}: has no units with a French text")
    lines = tuple(unit[2] for unit in units)
    return Bitext(
        _text(path, [unit[0] for unit in units], lines), _text(path, [unit[1] for unit in units], lines), True
    )


def _text(path: str, sides: Sequence[Side], lines: tuple[int, ...]) -> Text:
    blocks = []
    for text, count in sides:
        text = text or " "  # a block has a text
        codes = tuple(InlineCode(0, 0, 0, "whole", number) for number in range(count))
        places = tuple(range(len(text) + 1))
        blocks.append(Block(Kind.PARAGRAPH, 0, len(text), text, places[:-1], places[1:], codes))
    return Text(Article(path, Format.TEXT, "", tuple(blocks)), lines)


def _xliff(data: bytes, path: str) -> Iterator[Unit]:
    root = _root(data, path)
    if _local(root) != "xliff":
        raise DragomanError(f"{path}: is XML, but not XLIFF (its root is {_local(root)}); export it as XLIFF")
    store: Any
    if root.get("version", "").startswith("2"):
        from translate.storage.xliff2 import Xliff2File

        store = Xliff2File
        languages = [(root.get("srcLang", ""), root.get("trgLang", ""))]
    else:
        from translate.storage.xliff import xlifffile

        store = xlifffile
        files = [element for element in root if _local(element) == "file"]
        languages = [(file.get("source-language", ""), file.get("target-language", "")) for file in files]
    for source, target in languages:
        _check_languages(path, source, target)
    for unit in store.parsestring(data).units:
        if unit.istranslatable() and unit.source_dom is not None:
            target = unit.target_dom
            yield _side(unit.source_dom), _side(target), (unit.source_dom if target is None else target).sourceline


def _tmx(data: bytes, path: str) -> Iterator[Unit]:
    root = _root(data, path)
    if _local(root) != "tmx":
        raise DragomanError(f"{path}: is XML, but not TMX (its root is {_local(root)}); export it as TMX")
    from translate.storage.tmx import tmxfile

    store: Any = tmxfile
    for unit in store.parsestring(data).units:
        sides: dict[str, Any] = {}
        for variant in unit.getlanguageNodes():
            language = (variant.get(_XML_LANG) or variant.get("lang") or "").lower()[:2]
            sides.setdefault(language, variant.find("{*}seg"))
        if sides.get("fr") is not None and sides.get("en") is not None:
            yield _side(sides["fr"]), _side(sides["en"]), sides["en"].sourceline


def _po(data: bytes, path: str) -> Iterator[Unit]:
    from translate.storage.pypo import pofile

    reader: Any = pofile
    store = reader.parsestring(data)
    _check_languages(path, "", store.parseheader().get("Language", ""))
    for unit in store.units:
        if unit.isheader() or unit.isobsolete():
            continue
        sources = unit.source.strings if unit.hasplural() else [unit.source]
        targets = unit.target.strings if unit.hasplural() else [unit.target]
        for number, source in enumerate(sources):
            target = targets[number] if number < len(targets) else ""
            yield (_folded(source), 0), (_folded(target or ""), 0), unit.line_number


_READERS: dict[str, Callable[[bytes, str], Iterator[Unit]]] = {
    ".xlf": _xliff,
    ".xliff": _xliff,
    ".tmx": _tmx,
    ".po": _po,
}


def _check_languages(path: str, source: str, target: str) -> None:
    """Refuse a file that says that it translates other languages.

    Raises:
        DragomanError: It does.

    """
    for name, language, wanted in (("from", source, "fr"), ("into", target, "en")):
        if language and language.lower()[:2] != wanted:
            raise DragomanError(f"{path}: translates {name} {language}; what is checked is French into English")


def _root(data: bytes, path: str) -> _Element:
    """Return the root of an XML file, parsed without entities and network.

    Raises:
        DragomanError: It isn't well-formed, or has entities of its own.

    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DragomanError(f"{path}: line {error.position[0]}: is not well-formed XML; export it again") from None
    if next(root.iter(etree.Entity), None) is not None:
        raise DragomanError(f"{path}: has XML entities of its own, which are not read; export it without them")
    return root


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _side(element: _Element | None) -> Side:
    """Return the text of a segment, and how many inline codes are in it."""
    if element is None:
        return "", 0
    count = 0
    pieces: list[str] = []

    def walk(inner: _Element) -> None:
        nonlocal count
        pieces.append(inner.text or "")
        for child in inner:
            name = _local(child) if isinstance(child.tag, str) else ""
            count += name in (*_AROUND_TEXT, *_CODES) and name not in _NO_CODES
            if name in _AROUND_TEXT:
                walk(child)
            pieces.append(child.tail or "")

    walk(element)
    return _folded("".join(pieces)), count


def _folded(text: str) -> str:
    """Return a text with each run of ordinary white space as one space, as blocks have it."""
    return _WHITE_SPACE.sub(" ", text).strip(" ")
