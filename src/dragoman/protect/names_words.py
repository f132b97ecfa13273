"""The words of a French text, and which of them French has besides names."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from importlib.resources import files

SPACES = " \u00a0\u202f\u2009\n\t"

# Elision stands before a vowel or h alone: N'Djamena and M'Bappé are whole words. Prefixes before a name are words of
# their own, too: anti-Macron.
_WORD = re.compile(
    r"""
    (?P<elided> (?<![\w'’ʼ]) (?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu) ['’ʼ]
        (?=[aeiouyhàâäéèêëîïôöùûüœæå]|\d)
      | (?<![\w-]) (?:pro|anti|ex|néo|post|pré|non|hors) [-‑] (?=(?-i:[A-ZÀ-Þ])) )
  | (?P<initials> (?<![\w.]) (?-i:[A-ZÀ-Þ]) \. (?: -?(?-i:[A-ZÀ-Þ])\. )* (?!\w) )
  | (?P<word> [^\W_]+ (?: [-‑'’ʼ&+.](?=[^\W_]) [^\W_]+ )* \+? )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_INNER_CAPITAL = re.compile(r"[a-z][A-ZÀ-Þ][^\W_]|(?:al|el|as|ad|ar|ash|an|at|az)[-‑][A-ZÀ-Þ]")
# Marks that end a sentence or open a quotation or a bracket, with what may follow them before the next word.
_BEFORE_SENTENCE = re.compile(r"(?:[.!?…:;•·]|[«“\"„‹(\[]|(?:^|\n|\s)[–—-])[\s«»“”\"'‘’„()\[\]*_>–—-]*$")
_ABBREVIATION = re.compile(r"(?:^|[\s('’«“\"])(?:MM?|Mmes?|Mlles?|Mgr|Me|Dr|Pr|Ste?|av|bd|cf|art|p|[A-ZÀ-Þ])\.\s*$")
# Centuries, kings and popes: up to 39, which keeps Le, De and CD out.
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})-?(?P<ordinal>er|re|ème|es|e)?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word at text[start:end] (characters, half-open).

    `elided` marks what is written to the next word without a space: l', d', qu', anti-. `initial` is whether the place
    asks for a capital anyway, or may: the start of a sentence, a quotation, a bracket. `joined` is whether nothing but
    a space (or &) stands before it.
    """

    start: int
    end: int
    text: str
    elided: bool
    initial: bool
    joined: bool

    @property
    def capital(self) -> bool:
        """Whether it is written as names are: with a capital at the start, or inside (iPhone, al-Assad)."""
        return self.text[0].isupper() or bool(_INNER_CAPITAL.match(self.text))

    @property
    def acronym(self) -> bool:
        """Whether it is two capitals or more, with nothing but digits and signs beside them; not a Roman number."""
        letters = [char for char in self.text if char.isalpha()]
        return len(letters) > 1 and all(map(str.isupper, letters)) and not roman(self.text)


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order."""
    words: list[Word] = []
    done = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        gap = text[done:start]
        # After an elided word at the start of a sentence the next one has no more claim to a capital than others.
        initial = not words or (bool(gap.strip(SPACES)) and _begins(text, done, start))
        joined = bool(words) and len(gap) < 4 and gap.strip(SPACES) in ("", "&") and bool(gap)
        words.append(Word(start, end, match[0], match.lastgroup == "elided", initial, joined))
        done = end
    return words


def _begins(text: str, done: int, start: int) -> bool:
    """Tell whether the marks in text[done:start] end a sentence or open something."""
    if _ABBREVIATION.search(text, max(0, done - 8), start):
        return False
    return bool(_BEFORE_SENTENCE.search(text[max(done, start - 40) : start]))


def roman(text: str) -> bool:
    """Tell whether a word is a Roman number, as in XXIe, Louis XIV, François Ier."""
    return bool(_ROMAN.fullmatch(text))


def roman_without_ordinal(text: str) -> str:
    """Return a Roman number without the ending that French gives it: Ier, I."""
    match = _ROMAN.fullmatch(text)
    return text.removesuffix(match["ordinal"] or "").rstrip("-") if match else text


@functools.lru_cache(maxsize=1 << 16)
def ordinary(word: str) -> bool:
    """Tell whether a word, whatever its capitals, is one of French that is no name; of a compound, every part.

    The list is simplemma's, of French word forms. Besides it there are data/words.txt and the endings below.
    """
    return all(_ordinary(part) for part in re.split(r"[-‑'’ʼ]", word.lower()) if part)


# Words of the list that are no French ones: English parts of names.
_NO_WORDS = frozenset(("new", "john"))
# Endings of French adjectives, nouns and verb forms that the names in the news do not have.
_DERIVED = re.compile(
    r".{2,}(?:ment|[ts]ions?|is[mt]es?|iques?|aises?|oises?|iennes?|ités?|trices?|elles?|euses?|eux|ifs?|ives?|[ai]bles?"
    r"|[ae]nces?|[ai]i?res?|ières?|eurs?|[in]els?|naux|raux|ées|isés?|fiés?|antes?|olog(?:ue|ie)s?|graphes?|oires?)"
)
# Capitals often lack their accent: Etudiants, Evénement, A peine.
_ACCENTED = {"e": "é", "a": "à", "i": "î", "o": "ô"}


def _ordinary(word: str) -> bool:
    return listed(word) or (word not in _NO_WORDS and _DERIVED.fullmatch(word) is not None)


@functools.lru_cache(maxsize=1 << 16)
def listed(word: str) -> bool:
    """Tell whether a dictionary has a word in small letters, also where a capital had lost its accent."""
    from simplemma import is_known

    def known(form: str) -> bool:
        return form in _more_words() or is_known(form, "fr")

    if word in _NO_WORDS:
        return False
    return known(word) or (word[0] in _ACCENTED and known(_ACCENTED[word[0]] + word[1:]))


@functools.cache
def _more_words() -> frozenset[str]:
    return frozenset(_lines("words.txt"))


@functools.cache
def first_names() -> frozenset[str]:
    """Return first names of people in the news, in many languages."""
    return frozenset(_lines("first-names.txt"))


def _lines(name: str) -> list[str]:
    lines = files("dragoman.protect").joinpath(f"data/{name}").read_text("utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def first_name(word: str) -> bool:
    """Tell whether a word is a first name, or of a compound (Jean-Luc) the first part is."""
    parts = re.split(r"[-‑]", word)
    return parts[0] in first_names() and all(part[:1].isupper() for part in parts)


@functools.lru_cache(maxsize=1 << 14)
def folded(text: str) -> str:
    """Return a name without what its spellings differ in: case, accents, hyphens, kinds of apostrophe and space."""
    bare = text
    if not text.isascii():
        bare = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "Oe").replace("ß", "ss"))
        bare = "".join([char for char in bare if not unicodedata.combining(char)])
    return _GAPS.sub(" ", _APOSTROPHES.sub("'", bare.casefold())).strip()


def plain(text: str) -> str:
    """Return a name with one kind of apostrophe and space."""
    return " ".join(_APOSTROPHES.sub("'", text).split())


_GAPS = re.compile(r"[\s\-‑‐–]+")
_APOSTROPHES = re.compile(r"[’ʼ‘`]")
