"""Cuts a text into the words, numbers and marks that figures are read from."""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from dragoman.localise.grammar import S
from dragoman.localise.lexicon import Vocabulary, vocabulary

_GROUPED = (
    rf"[1-9]\d{{0,2}}"
    rf"(?:(?:{S}\d{{3}}){{1,5}}(?!{S}\d)|(?:,\d{{3}}){{1,5}}|(?:\.\d{{3}}){{1,5}}|(?:['’]\d{{3}}){{1,5}})(?!\d)"
)
# A number in digits: with thousands that a mark sets apart, or without, and its decimals.
LITERAL = re.compile(
    rf"(?P<grouped>{_GROUPED})?(?(grouped)|(?P<plain>\d{{1,15}}))(?:[.,](?P<decimals>\d{{1,12}}))?(?!\d)"
)
_HYPHENS = frozenset("-‑–")
_LONGEST_ROMAN = 7  # xxxviii
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


class Token(NamedTuple):
    """A number in digits, a word or a mark, in lower case, and where it stands (characters, half-open)."""

    text: str
    start: int
    end: int
    number: bool


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, and questions about them. Where there is no token, its word is empty."""

    text: str
    french: bool
    words: Vocabulary
    all: tuple[Token, ...]

    def __getitem__(self, at: int) -> Token:
        return self.all[at]

    def __len__(self) -> int:
        return len(self.all)

    def word(self, at: int) -> str:
        """Return the characters of token `at`, in lower case."""
        return self.all[at].text if 0 <= at < len(self.all) else ""

    def number(self, at: int) -> bool:
        """Tell whether token `at` is a number in digits."""
        return 0 <= at < len(self.all) and self.all[at].number

    def capital(self, at: int) -> bool:
        """Tell whether token `at` begins with a capital."""
        return 0 <= at < len(self.all) and self.text[self.all[at].start].isupper()

    def close(self, at: int) -> bool:
        """Tell whether token `at` stands right behind the one before it."""
        return 0 < at < len(self.all) and self.all[at].start == self.all[at - 1].end

    def hyphen(self, at: int) -> bool:
        """Tell whether token `at` is a hyphen inside a compound."""
        return self.word(at) in _HYPHENS and self.close(at) and self.close(at + 1)

    def past_hyphen(self, at: int) -> int:
        """Return `at`, or the token after it if `at` is a hyphen inside a compound."""
        return at + 1 if self.hyphen(at) else at

    def phrase(self, at: int, *wanted: str) -> int | None:
        """Return the token behind these words, which spaces or hyphens part and come before, or None."""
        for word in wanted:
            at = self.past_hyphen(at)
            if self.word(at) != word:
                return None
            at += 1
        return at

    def past_of(self, at: int) -> int:
        """Return `at`, or the token after it if it is de, d' or of."""
        if self.french and self.word(at) == "d" and self.word(at + 1) in ("'", "’"):
            return at + 2
        return at + 1 if self.word(at) == ("de" if self.french else "of") else at


@functools.cache
def _token() -> re.Pattern[str]:
    return re.compile(rf"([^\W\d_]+)|(?P<number>(?<!\d)(?<!\d[.,])(?=\d){LITERAL.pattern}(?![.,]\d))|\d+|[^\w\s]|_+")


def tokenise(text: str, language: Literal["fr", "en"]) -> Tokens:
    """Cut a text into tokens. It takes no longer than the text is long."""
    lower = text.lower()
    if len(lower) != len(text):  # İ: offsets count more than capitals
        lower = text
    found = (Token(m[0], *m.span(), m[1] is None and m["number"] is not None) for m in _token().finditer(lower))
    return Tokens(text, language == "fr", vocabulary(language), tuple(found))


def roman_value(word: str) -> int:
    """Return the value of the Roman numeral (in lower case, up to xxxix) that a word begins with, 0 if with none."""
    numerals = [_ROMAN_VALUES[char] for char in itertools.takewhile("xvi".__contains__, word[:_LONGEST_ROMAN])]
    return sum(-n if n < max(numerals[i:]) else n for i, n in enumerate(numerals))
