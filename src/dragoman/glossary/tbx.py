"""Reads and writes TBX (ISO 30042), through Translate Toolkit.

Translate Toolkit is GPL: it belongs to the extra `formats`, and is imported only when a TBX file is read or written.

A concept (`termEntry`) is a French term in a domain with its English forms, one `tig` each. Data categories are those
of TBX-Basic: subjectField (domain), partOfSpeech and termType (part of speech), administrativeStatus (kind), context
(example), note, and a transaction "origination" (date added); the status is processStatus, of TBX-Default. What has
no category (case, plural, first, the kind "keep", other columns) is in `admin` elements, whose types start with
"x-dragoman-".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import DragomanError
from dragoman.glossary.entry import COLUMNS, STATUSES, Entry, EntryKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_OWN = "x-dragoman-"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# TBX-Basic, "partOfSpeech" and "termType".
_PARTS_OF_SPEECH = {
    "noun": ("noun", ""),
    "name": ("properNoun", ""),
    "adjective": ("adjective", ""),
    "verb": ("verb", ""),
    "adverb": ("adverb", ""),
    "phrase": ("other", "phrase"),
    "abbreviation": ("other", "abbreviation"),
}
_TERM_TYPES = {
    "abbreviation": "abbreviation",
    "acronym": "abbreviation",
    "initialism": "abbreviation",
    "phrase": "phrase",
}
_ADMINISTRATIVE = {
    EntryKind.PREFERRED: "preferredTerm-admn-sts",
    EntryKind.KEEP: "preferredTerm-admn-sts",
    EntryKind.ADMITTED: "admittedTerm-admn-sts",
    EntryKind.FORBIDDEN: "deprecatedTerm-admn-sts",
}
_KINDS = {"preferred": "", "admitted": "admitted", "deprecated": "forbidden", "superseded": "forbidden"}
_PROCESS = {"approved": "finalized", "proposed": "provisionallyProcessed"}
_STATUSES = {"finalized": "approved", "provisionallyProcessed": "proposed", "unprocessed": "proposed"}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

# ISO 30042:2019 renamed elements of the 2008 edition, which Translate Toolkit reads.
_OLD_NAMES = {"tbx": "martif", "conceptEntry": "termEntry", "langSec": "langSet", "termSec": "tig"}


def _toolkit(path: Path) -> type[Any]:
    """Return Translate Toolkit's class for TBX files."""
    try:
        from translate.storage.tbx import tbxfile
    except ImportError:
        raise DragomanError(
            f"{path}: Translate Toolkit is not installed; install it with: pip install 'dragoman[formats]'"
        ) from None
    return tbxfile


def write(entries: Sequence[Entry], path: Path) -> bytes:
    """Return the bytes of a TBX file; the path is for messages.

    Raises:
        DragomanError: Translate Toolkit is not installed.

    """
    store = _toolkit(path)(sourcelanguage="fr", targetlanguage="en")
    for paragraph in store.document.getroot().iter("p"):
        paragraph.text = f"dragoman glossary export: {path.name}"
    for (source, domain), group in groupby(entries, key=lambda entry: (entry.source, entry.domain)):
        rows = list(group)
        unit = store.addsourceunit(source)
        unit.set_target_terms([entry.target for entry in rows], "en")
        if domain:
            concept = unit.xmlelement
            concept.insert(0, concept.makeelement("descrip", {"type": "subjectField"}))
            concept[0].text = domain
        french, *english = unit.xmlelement.iter("tig")
        if len({entry.pos for entry in rows}) == 1:
            _add(french, _part_of_speech(rows[0]))
        if rows[0].example:
            _add(french, [("descrip", "context", rows[0].example)])
        for number, (tig, entry) in enumerate(zip(english, rows, strict=True)):
            _add(tig, _term_notes(entry))
            if number and entry.example:
                _add(tig, [("descrip", "context", entry.example)])
                tig[-1].set(_XML_LANG, "fr")
            _add(tig, _own(entry))
            if _DATE.fullmatch(entry.added):
                _add_origination(tig, entry.added)
            if entry.note:
                _add(tig, [("note", "", entry.note)])
    return bytes(store)


def _add(parent: _Element, items: Iterable[tuple[str, str, str]]) -> None:
    """Append elements, each given by its tag, its type and its text."""
    for tag, type_, text in items:
        element = parent.makeelement(tag, {"type": type_} if type_ else {})
        element.text = text
        parent.append(element)


def _add_origination(tig: _Element, added: str) -> None:
    group = tig.makeelement("transacGrp", {})
    _add(group, [("transac", "transactionType", "origination"), ("date", "", added)])
    tig.append(group)


def _part_of_speech(entry: Entry) -> Iterator[tuple[str, str, str]]:
    if entry.pos:
        part, term_type = _PARTS_OF_SPEECH.get(entry.pos, ("other", ""))
        yield "termNote", "partOfSpeech", part
        if term_type:
            yield "termNote", "termType", term_type


def _term_notes(entry: Entry) -> Iterator[tuple[str, str, str]]:
    yield from _part_of_speech(entry)
    yield "termNote", "administrativeStatus", _ADMINISTRATIVE[entry.kind]
    if entry.status in _PROCESS:
        yield "termNote", "processStatus", _PROCESS[entry.status]


def _own(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """Yield what has no data category."""
    if entry.kind is EntryKind.KEEP:
        yield "admin", f"{_OWN}kind", entry.kind.value
    texts = {column: entry.cell(column) for column in ("case", "plural", "first")}
    texts["pos"] = "" if entry.pos in _PARTS_OF_SPEECH else entry.pos
    texts["status"] = "" if entry.status in _PROCESS else entry.status
    texts["added"] = "" if _DATE.fullmatch(entry.added) else entry.added
    for column, text in (*texts.items(), *entry.extra):
        if text:
            yield "admin", f"{_OWN}{column}", text


def read(data: bytes, path: Path) -> tuple[list[tuple[dict[str, str], int]], list[str]]:
    """Return the rows in a TBX file (texts by column, and the line), and what was left out, a line each.

    Each French term of a concept makes a row with each of its English terms. Without an administrative status the
    first English term is preferred, others are admitted. A data category that has no column here gets one.

    Raises:
        DragomanError: It is no TBX file, or Translate Toolkit is not installed.

    """
    from lxml import etree

    toolkit = _toolkit(path)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise DragomanError(f"{path}:{line}:{column}: is not well-formed XML; export it again") from None
    if next(root.iter(etree.Entity), None) is not None:
        raise DragomanError(f"{path}: has XML entities of its own, which are not read; export it without them")
    for element in root.iter(etree.Element):
        name = etree.QName(element)
        if "type" not in element.attrib and "tbxinfo.net" in (name.namespace or ""):
            element.set("type", name.localname)  # the other style: a data category is an element of its own
            element.tag = "descrip"
        else:
            element.tag = _OLD_NAMES.get(name.localname, name.localname)
    if root.tag != "martif":
        raise DragomanError(f"{path}: is XML, but not TBX (its root is {root.tag}); export the glossary as TBX")
    etree.cleanup_namespaces(root)
    lines = [concept.sourceline for concept in root.iter("termEntry")]
    store = toolkit.parsestring(etree.tostring(root))
    rows: list[tuple[dict[str, str], int]] = []
    useless = 0
    for unit, line in zip(store.units, lines, strict=True):
        found = list(_rows(unit.xmlelement))
        useless += not found
        rows += [(texts, line) for texts in found]
    if not rows:
        raise DragomanError(f"{path}: no concept has a French and an English term (xml:lang fr and en)")
    counts = {
        "concepts that lack a French or an English term": useless,
        "cross-references": sum(1 for _ in root.iter("ref", "xref")),
    }
    return rows, [f"left out: {what}: {count}" for what, count in counts.items() if count]


def _rows(concept: _Element) -> Iterator[dict[str, str]]:
    common = _items(concept)
    for source, of_source in _terms(concept, "fr"):
        for number, (target, of_target) in enumerate(_terms(concept, "en")):
            texts = {"source": source, "target": target, **_columns(common, of_source, of_target, first=not number)}
            if target or texts["status"] in STATUSES[1:]:
                yield texts


Items = dict[str, list[str]]  # texts by data category; a context that is in French among English terms is "context fr"


def _terms(concept: _Element, language: str) -> list[tuple[str, Items]]:
    """Return the terms of a concept in a language, with what is said about them."""
    terms = []
    for langset in concept.iter("langSet"):
        if langset.get(_XML_LANG, "").lower().split("-")[0] == language:
            common = _items(langset)
            for tig in langset.iter("tig", "ntig"):
                term = tig.find(".//term")
                if term is not None:
                    terms.append(("".join(term.itertext()), _joined(common, _items(tig))))
    return terms


def _items(parent: _Element) -> Items:
    """Return what is said in an element, but not in the languages and terms below it."""
    items: Items = {}
    for child in parent:
        if child.tag in ("langSet", "tig", "ntig", "term"):
            continue
        text = "".join(child.itertext())
        if child.tag == "transacGrp":
            if "origination" in (transac.text for transac in child.iter("transac")):
                items.setdefault("origination", []).extend((date.text or "")[:10] for date in child.iter("date"))
        elif child.tag in ("descrip", "termNote", "admin", "note"):
            type_ = child.get("type", child.tag)
            if type_ == "context" and child.get(_XML_LANG) == "fr":
                type_ = "context fr"
            items.setdefault(type_, []).append(text)
        else:
            items = _joined(items, _items(child))  # descripGrp, termGrp, adminGrp
    return items


def _joined(*several: Items) -> Items:
    return {type_: [text for items in several for text in items.get(type_, ())] for items in several for type_ in items}


def _columns(concept: Items, source: Items, target: Items, *, first: bool) -> dict[str, str]:
    """Return the texts of the columns other than source and target."""
    everything = _joined(concept, source, target)

    def taken(type_: str, *places: Items) -> str:
        everything.pop(type_, None)
        return next((place[type_][0] for place in places if place.get(type_)), "")

    texts = {"note": "\n".join(everything.pop("note", ()))}
    texts["domain"] = "; ".join(dict.fromkeys(everything.pop("subjectField", ())))
    texts["added"] = taken("origination", target, concept)
    texts["status"] = _STATUSES.get(taken("processStatus", target), "")
    texts["example"] = taken("context fr", target)
    french = source.get("context", [])
    if french:
        texts["example"] = french[0] if first else texts["example"]
        everything["context"] = [text for text in everything["context"] if text not in french] + french[1:] * first
    status = taken("administrativeStatus", target) or taken("normativeAuthorization", target)
    texts["kind"] = _KINDS.get(re.split("[^a-z]|term", status.lower())[0], "" if first or status else "admitted")
    part = taken("partOfSpeech", target, source)
    term_type = _TERM_TYPES.get(target.get("termType", [""])[0], "")
    if part in ("", "other") and term_type:
        texts["pos"] = term_type
        del everything["termType"]
    else:
        texts["pos"] = {"other": "", "properNoun": "name"}.get(part, part)
    for type_, found in everything.items():
        column = type_.removeprefix(_OWN)
        if column == type_ in COLUMNS:
            column = f"tbx {type_}"
        if found:
            texts[column] = "\n".join(dict.fromkeys(found))
    return texts
