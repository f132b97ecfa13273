"""Reads raised and lowered text in HTML: marks of footnotes, endings of words, exponents and formulas.

A mark of a footnote is no part of the sentence. What the others hold is: 1<sup>er</sup> is read as 1er, CO<sub>2</sub>
as CO₂, so that they are known for what they are, and no tags are left where English has no raised ending.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.article.html import Token

# The endings that French typography raises, and the letters, numerals and digits that they stand behind.
ENDINGS = frozenset("er ers ère ères re e es ème èmes ième nd nde d de o os me mes lle lles r gr t te ie ° º".split())
BEFORE_ENDINGS = frozenset("0123456789IVXLCMDPSVNn")

_AROUND = frozenset("a b em i small span strong sub sup".split())
_MOST_TOKENS = 16  # of one mark: brackets, links and commas may have tags of their own
_LONGEST = 16  # characters
_NUMBERS = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*"
_LABEL = re.compile(rf"{_NUMBERS}|\[{_NUMBERS}\]|\({_NUMBERS}\)|\(?[*†‡§]{{1,4}}\)?")
_LINKED_LABEL = re.compile(rf"\[?(?:[a-z]|[ivx]+|(?:notes?|n\.|nb)\s?{_NUMBERS})\]?", re.IGNORECASE)
_REFERENCE = re.compile(r"foot-?note|note-?ref|cite[_-]ref|appel-?(?:de-?)?note", re.IGNORECASE)
_TO_NOTE = re.compile(r"<a\s[^>]*href\s*=[^>\s]*#", re.IGNORECASE)
_LENGTH = re.compile(r"(?<![^\W_])(?:[kcdmhµ]|da)?m$")
_BASE = re.compile(r"(?<![\w.,])(?:(?:[a-zA-Zµ]{1,3}[·⋅])*[a-zA-Z]|10)$")  # x, g·m, 10
_SIGNS = {"no": "°", "nº": "°", "nos": "°s"}  # numéro
_EXPONENT = re.compile(r"(?P<minus>[-−–]?)\d{1,3}")
_HIGH = str.maketrans("0123456789-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻")
_LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, slots=True)
class Raised:
    """An element that is read as a whole: the mark of a footnote, or text that belongs to the word before it."""

    last: int  # index of its last token
    text: str  # what the reader sees: of a footnote's mark without brackets
    note: bool = False  # it is the mark of a footnote, or without text the arrow that leads from it back to the text
    base: int = 0  # how many characters before it are a formula with it, which no model should write anew: 10⁶


def raised(source: str, tokens: Sequence[Token], index: int, before: str) -> Raised | None:
    """Return what the element is that begins with a token, or None if it isn't to be read as a whole.

    Args:
        source: The document.
        tokens: Its tokens, as far as the element and what follows it reach.
        index: Of the start tag of a <sup>, a <sub> or an <a>.
        before: The end of the text before it in its block.

    """
    last = _last(tokens, index)
    if last is None:
        return None
    inner = tokens[index : last + 1]
    text = "".join(unescape(source[t.begin : t.end]) for t in inner if t.kind == "text").strip()
    names = {token.name for token in inner if token.kind == "start"}
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    behind = source[following.begin : following.begin + 1] if following and following.kind == "text" else ""
    if tokens[index].name == "sub":
        lowered = re.fullmatch(r"[0-9]{1,3}", text) and names == {"sub"} and before[-1:].isalpha()
        return Raised(last, text.translate(_LOW)) if lowered else None
    tags = [source[token.begin : token.end] for token in inner if token.kind == "start"]
    linked = any(map(_TO_NOTE.match, tags))
    if linked and text and not any(map(str.isalnum, text)) and not _LABEL.fullmatch(text):
        return Raised(last, "", note=True)  # the arrow that leads back
    if "sup" in names and not linked:
        if before[-1:] in BEFORE_ENDINGS and before and text in ENDINGS and not behind.isalnum():
            return Raised(last, _SIGNS.get(before[-1].lower() + text, text))
        if text in ("2", "3") and _LENGTH.search(before):
            return Raised(last, text.translate(_HIGH))
        base, exponent = _BASE.search(before), _EXPONENT.fullmatch(text)
        if base and exponent and (base[0] != "m" or exponent["minus"]):
            return Raised(last, text.translate(_HIGH), base=len(base[0]))
    if _is_mark(text, tags, before, behind, raised_="sup" in names, linked=linked):
        return Raised(last, text.strip("[]()"), note=True)
    return None


def _last(tokens: Sequence[Token], index: int) -> int | None:
    """Return the index of the token that ends a short element with nothing but text and inline tags in it."""
    opened: list[str] = []
    size = 0
    for place in range(index, min(index + _MOST_TOKENS, len(tokens))):
        token = tokens[place]
        if token.kind == "start" and token.name in _AROUND:
            opened.append(token.name)
        elif token.kind == "end" and opened[-1] == token.name:
            opened.pop()
        elif token.kind == "text":
            size += token.end - token.begin
        else:
            return None
        if size > _LONGEST:
            return None
        if not opened:
            return place
    return None


def _is_mark(text: str, tags: Sequence[str], before: str, behind: str, *, raised_: bool, linked: bool) -> bool:
    """Tell whether an element is the mark of a footnote."""
    if behind.isalnum() and not before[-1:].isalnum():  # the 14 of <sup>14</sup>C
        return False
    if linked and (raised_ or any(map(_REFERENCE.search, tags))):
        return bool(_LABEL.fullmatch(text) or _LINKED_LABEL.fullmatch(text))
    if linked:
        return _LABEL.fullmatch(text) is not None and re.search(r"[^\s(\[]$", before) is not None
    return raised_ and not behind.isalnum() and bool(_LABEL.fullmatch(text))
