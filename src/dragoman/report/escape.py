"""Makes texts from articles safe for what they are written into: nothing in them is obeyed, all of it is seen."""

from __future__ import annotations

import html
import unicodedata

_REPLACED = "\ufffd"
_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]|#~"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})


def for_terminal(text: str) -> str:
    """Return a text in which each control character, line break or mark of direction is a visible one of its own."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or unicodedata.category(char) == "Zs" else _REPLACED for char in text)


def for_html(text: str) -> str:
    """Return a text as HTML has it, in an element or in a quoted attribute; marks of direction can't reorder the page.

    Control characters are none that HTML allows; U+202A … U+202E and U+2066 … U+2069 would turn the text around.
    """
    return html.escape(for_terminal(text), quote=True)


def for_xml(text: str) -> str:
    """Return a text without the characters that XML 1.0 can't hold: https://www.w3.org/TR/xml/#charsets."""
    return "".join(char if _is_xml(char) else _REPLACED for char in text)


def _is_xml(char: str) -> bool:
    return char in "\t\n\r" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char >= "\U00010000"


def for_markdown(text: str) -> str:
    """Return a text in one line for GitHub's Markdown, also in a table: what means something there is escaped."""
    return for_terminal(" ".join(text.splitlines())).translate(_MARKDOWN)
