"""Reads a file into an `Article`: encoding, format, then the reader of that format."""

from __future__ import annotations

import codecs
import re
import sys
from dataclasses import replace
from pathlib import Path

from dragoman.article.model import Article, Format
from dragoman.errors import DragomanError

_EXTENSIONS = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
}
# First bytes of files that people try to translate and that hold no plain text.
_BINARY = {
    b"%PDF": "a PDF file; save its text as .txt",
    b"PK\x03\x04": "a Word, LibreOffice or zip file; save it as text, Markdown or HTML",
    b"\xd0\xcf\x11\xe0": "an old Word file; save it as text, Markdown or HTML",
    b"{\\rtf": "an RTF file; save it as text, Markdown or HTML",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings that French files are found in when they are not UTF-8.
_LEGACY = ["cp1252", "iso8859_15", "latin_1", "mac_roman", "cp850", "utf_16_le", "utf_16_be"]
_DECLARED = re.compile(rb"""<(?:meta\b[^>]*\bcharset|\?xml\b[^>]*\bencoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|\?xml|html|head|body|article|section|main|div|p|h[1-6]|ul|ol|table|figure)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = (
    re.compile(r"\A(?:---|\+\+\+)\n.*?\n(?:---|\+\+\+)\n", re.DOTALL),
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"!?\[[^\]\n]+\]\([^)\s]+(?:\s+\"[^\"\n]*\")?\)"),
    re.compile(r"\*\*\S[^*\n]*\*\*|(?<!\w)__\S[^_\n]*__(?!\w)"),
    re.compile(r"^(?:```|~~~)", re.MULTILINE),
    re.compile(r"^\|?(?:\s*:?-{3,}:?\s*\|)+\s*(?::?-{3,}:?)?\s*$", re.MULTILINE),
    re.compile(r"^\[[^\]\n]+\]: \S", re.MULTILINE),
)


def read(path: str, input_format: Format | None = None) -> Article:
    """Read a file, or standard input for "-".

    Raises:
        DragomanError: There is no such file, it cannot be read, or it is not text.

    """
    if path == "-":
        name, data = "<stdin>", sys.stdin.buffer.read()
    else:
        name = path
        try:
            data = Path(path).read_bytes()
        except FileNotFoundError:
            raise DragomanError(f"{name}: there is no such file; check the path") from None
        except IsADirectoryError:
            raise DragomanError(
                f"{name}: is a folder; name the files in it, for instance {name.rstrip('/')}/*.txt"
            ) from None
        except OSError as error:
            raise DragomanError(f"{name}: cannot be read ({error.strerror}); check its permissions") from None
    return parse(data, name, input_format)


def parse(data: bytes, name: str, input_format: Format | None = None) -> Article:
    """Read an article from the bytes of a file; `name` is for messages, and its extension tells the format.

    Raises:
        DragomanError: The bytes are not text.

    """
    source, encoding, bom, note = decode(data, name)
    format_ = input_format or detect_format(source, name)
    article = Article(name, format_, source, (), encoding, bom, notes=(note,) if note else ())
    if format_ is Format.MARKDOWN:
        from dragoman.article.markdown import read_markdown

        return replace(article, blocks=read_markdown(source))
    if format_ is Format.HTML:
        from dragoman.article.html import read_html
        from dragoman.article.main_content import is_page, mark_main_content

        blocks = read_html(source)
        if is_page(source):
            return replace(article, blocks=mark_main_content(source, blocks), page=True)
        return replace(article, blocks=blocks)
    from dragoman.article.text import read_text

    return replace(article, blocks=read_text(source))


def decode(data: bytes, name: str) -> tuple[str, str, bool, str]:
    """Return (text, encoding, whether it has a byte order mark, a note for the reader or "").

    The order: byte order mark, UTF-8, the encoding that an HTML file declares, detection among the encodings that
    French files are written in (by charset-normalizer). All but the first two are said in the note.

    Raises:
        DragomanError: The bytes are not text.

    """
    for magic, what in _BINARY.items():
        if data.startswith(magic):
            raise DragomanError(f"{name}: is {what}")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding, True, ""
            except UnicodeDecodeError as error:
                raise DragomanError(
                    f"{name}: byte {error.start + len(mark)}: not {encoding}, though it begins so; save it as UTF-8"
                ) from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if "\x00" in text:
            raise DragomanError(f"{name}: byte {data.index(0)}: is not a text file; save it as text, Markdown or HTML")
        return text, "utf-8", False, ""
    declared = _DECLARED.search(data[:4096])
    if declared:
        encoding = declared[1].decode("ascii")
        # Browsers read a declared Latin-1 as cp1252 (WHATWG Encoding Standard).
        encoding = "cp1252" if encoding.lower() in ("iso-8859-1", "latin1", "us-ascii") else encoding
        try:
            return data.decode(encoding), encoding, False, f"read as {encoding}, as the file declares"
        except (UnicodeDecodeError, LookupError):
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_LEGACY).best()
    if best is None or "\x00" in str(best):
        raise DragomanError(f"{name}: is neither UTF-8 nor any other text encoding that is known; save it as UTF-8")
    # Where only bytes that these encodings share are used, the commonest one is named.
    encoding = best.encoding
    if encoding in ("latin_1", "iso8859_15") or "cp1252" in best.could_be_from_charset:
        encoding = "cp1252" if str(best) == data.decode("cp1252", "replace") else encoding
    return str(best), encoding, False, f"not UTF-8: read as {encoding}; check the accents"


def detect_format(source: str, name: str) -> Format:
    """Return the format by the file's extension; by content where that says nothing, or says text and it is HTML."""
    known = _EXTENSIONS.get(Path(name).suffix.lower())
    if known in (Format.MARKDOWN, Format.HTML):
        return known
    if _HTML.match(source):
        return Format.HTML
    if known is Format.TEXT:
        return known
    return Format.MARKDOWN if sum(bool(sign.search(source)) for sign in _MARKDOWN) >= 2 else Format.TEXT
