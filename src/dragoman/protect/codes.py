"""Codes that readers see as text: addresses, handles, hashtags, file names, template variables, emoji, signs.

They are copied, never translated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.protect.span import Span, SpanKind

_TOP_LEVEL = "com|org|net|fr|eu|be|ch|ca|uk|de|io|ai|info|tv|gouv|edu|gov|int|africa|paris|bzh|re|co|me|app|dev|news"
_FILES = (
    "txt|pdf|docx?|xlsx?|pptx?|csv|json|xml|ya?ml|toml|md|html?|css|js|ts|py|sh|exe|zip|gz|jpe?g|png|gif|svg|webp|"
    "mp[34]|avi|mov"
)
# A sign of Unicode's picture blocks with its variation selector, joined signs and skin tones; or a flag.
_SIGN = r"[\u2600-\u27BF\u2B50\u2B55\U0001F300-\U0001FAFF]"
_EMOJI = rf"(?:[\U0001F1E6-\U0001F1FF]{{2}}|{_SIGN}(?:\uFE0F|\u200D{_SIGN}|[\U0001F3FB-\U0001F3FF])*)+"

_CODE = re.compile(
    r"""
    (?P<template>
        \{\{[^{}\n]{1,80}\}\} | \{%[^{}%\n]{1,80}%\} | \$\{[^{}\n]{1,80}\} | \{[A-Za-z_][\w.!:-]{0,60}\} | \{\d{0,2}\}
      | %\([A-Za-z_]\w*\)[sdif] | %\d\$[sdif@] | (?<![\w%])%[sdi@](?!\w)
      | \[[a-z_]{2,30}(?:\s+\w+=(?:"[^"\n]*"|[^\s"\]]+))+\s*/?\] | \[/[a-z_]{2,30}\]
    )
  | (?P<url> (?:https?|ftp)://[^\s<>"«»“”]+ | www\.[^\s<>"«»“”]+\.[^\s<>"«»“”]+ )
  | (?P<email> (?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+ )
  | (?P<handle> (?<![\w@/])@\w[\w.]{1,30}(?<!\.) )
  | (?P<hashtag> (?<![\w&#/])\#(?=\d*[^\W\d_])\w+ )
  | (?P<domain> (?<![\w.@-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:"""
    + _TOP_LEVEL
    + r""")(?:/[^\s<>"«»“”]*)?(?![\w-]|\.\w) )
  | (?P<file> (?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:"""
    + _FILES
    + r""")(?![\w-]|\.\w) )
  | (?P<emoji> """
    + _EMOJI
    + r""" )
  | (?P<cut> [\[(][\u00a0\u202f\x20]?(?:…|\.{3})[\u00a0\u202f\x20]?[\])] )  # […], where words were left out
  | (?P<minute> ^\d{1,3}['’′](?:\s?\+\s?\d{1,2}['’′]?)?(?=\s?[:–—-]) )  # of a match
  | (?P<added> (?<![\w.,])(?:45|90|105|120)['’′]\s?\+\s?\d{1,2}(?!\w) )  # the same, anywhere
  | (?P<account> (?<!\w)[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?(?!\w) )
  | (?P<company> (?:(?<!\w)(?:SIREN|SIRET|RCS\s[A-Z][\w-]*(?:\s[A-D])?)\s|(?<=SIREN\s:\s)|(?<=SIRET\s:\s))
        \d{3}\s?\d{3}\s?\d{3}(?:\s?\d{5})?(?!\w) )
  | (?P<plate> (?<![\w-])[A-HJ-NP-TV-Z]{2}[-‑]\d{3}[-‑][A-HJ-NP-TV-Z]{2}(?![\w-]) )
  | (?P<law> (?<!\w)(?:L\.?O|[LRDA])\.\s?\d{1,4}(?:-\d{1,3}){1,4}(?![\w]|[.-]\d) )  # of a code
  | (?P<house> (?<![\w.,])\d{1,4}\s?(?:bis|ter|quater|quinquies)(?![\w-]) )  # or an article
  | (?P<sign> [±≤≥≈≠→←↑↓↔⇒∞] )  # most models don't know them
    """,
    re.VERBOSE,
)
_AFTER_URL = ".,;:!?…'’\"*_~"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def code_spans(text: str, protected: Sequence[tuple[int, int]] = ()) -> tuple[Span, ...]:
    """Return the codes of a text in order, without overlap.

    Args:
        text: Plain text.
        protected: Ranges of it (characters, half-open) that are codes because the file format says so.

    """
    found = list(protected)
    for match in _CODE.finditer(text):
        start, end = match.span()
        if match.lastgroup in ("url", "domain"):
            end = _end_of_url(text, start, end)
        if all(end <= a or b <= start for a, b in protected):
            found.append((start, end))
    return tuple(Span(a, b, SpanKind.CODE, (text[a:b],)) for a, b in sorted(found) if a < b)


def _end_of_url(text: str, start: int, end: int) -> int:
    """Leave punctuation behind an address out of it, and a closing bracket that it didn't open."""
    while end > start:
        last = text[end - 1]
        unopened = last in _BRACKETS and text.count(last, start, end) > text.count(_BRACKETS[last], start, end)
        if last not in _AFTER_URL and not unopened:
            break
        end -= 1
    return end
