"""Finds the terms of glossaries in a French text.

Every stem that is in some term is one letter of an alphabet, so that conseil and conseils are the same letter. A term
is then a string of a few letters, a text a string with a letter for each word, and an Aho–Corasick automaton of all
terms finds the candidates in one pass: whole words by construction, whatever spaces and hyphens stand between them.
Candidates are few. What the stems blur (accents, case, words that look alike) or can't see (hyphens, names) is decided
on them alone, and only then the forms of a word are made.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from dragoman.glossary.entry import Entry, exact_sources, fold, normal, source_key
from dragoman.glossary.inflect import FUNCTION_WORDS, PREPOSITIONS, Form, Tense, WordClass, forms, stem, word_classes

# Combining accents, and what a browser or an editor puts inside words unseen: soft hyphens, zero-width characters.
_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_LETTER = rf"[^\W_][{_MARKS}]*"
_ELIDED = "|".join(
    "".join(f"{letter}[{_MARKS}]*" for letter in word)
    for word in "l d j m t s n c qu jusqu lorsqu puisqu quoiqu".split()
)
_TOKEN = re.compile(
    rf"""
    (?P<elided> (?:{_ELIDED})['’ʼ‘] )
  | (?P<dotted> (?-i:[A-ZÀ-Þ]\.){{2,}} (?-i:[A-ZÀ-Þ](?!\w))? )
  | (?P<word> (?:{_LETTER})+ (?:['’ʼ](?:{_LETTER})+)* )
  | (?P<joiner> (?<=[\w.{_MARKS}])[-‐‑–](?=\w) )
  | (?P<mark> \S )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# The letter of words whose stem is in no term. The others follow, around the surrogates, which are no characters.
_OTHER = "\0"
_SURROGATES = range(0xD800, 0xE000)

# What may be joined to a term by a hyphen without making another word of it: before (ex-ministre) and behind it (cette
# IA-là). Without accents, as keys are.
_PREFIXES = frozenset("anti ex hyper mega mini neo non post pre pro pseudo quasi super ultra".split())
_SUFFIXES = frozenset("ce ci elle elles il ils je la meme memes nous on t tu vous".split())

# Words before a term that tell its number when its own form doesn't (les prix, trois ONG).
_MANY = frozenset(
    "les des aux ces ses mes tes nos vos leurs plusieurs quelques certains certaines divers diverses différents"
    " différentes tous toutes maints deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente"
    " quarante cinquante soixante cent mille".split()
)
_ONE = frozenset(
    "le la l' un une du au ce cet cette son sa mon ma ton ta notre votre leur chaque aucun aucune quel quelle"
    " tout toute nul nulle".split()
)
_PLURAL_ADJECTIVE = re.compile(r"(?:[^eo]es|aux|eux|és|ifs|els|iens)$")
_ARTICLES = _MANY | _ONE | {"de", "d'"}
_SUBJECTS = frozenset("elle elles il ils je nous on qui tu vous".split())

_QUOTES = frozenset('«“"„')
_OPENING = _QUOTES | frozenset("‘'([:;.!?…•·*–—-/|>")
_BARE = str.maketrans("éèêëàâäîïôöùûüçÉÈÊËÀÂÄÎÏÔÖÙÛÜÇ", "eeeeaaaiioouuucEEEEAAAIIOOUUUC")
# Spellings that are both right since the reform of 1990 (événement, évènement; maître, maitre), except where the
# circumflex tells words apart.
_REFORMED = frozenset(("éè", "èé", "îi", "iî", "ûu", "uû"))
_UNREFORMED = ("dû", "mûr", "sûr", "crû", "jeûn")


class Token(NamedTuple):
    """A word or mark of a text: text[start:end], half-open, in characters."""

    start: int
    end: int
    text: str  # in NFC, without unseen characters, with ' for every apostrophe; elided words end in it
    key: str  # without case, accents and ligatures
    joined: bool  # a hyphen, and nothing else, stands between it and the token before
    word: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A term that was found at text[start:end], in characters, half-open, without an elided article.

    `entries` are all rows of that term. `plural` is None if neither the form (prix, PME) nor the words around it tell.
    `tense` is what English form a verb asks for, None for other words.
    """

    start: int
    end: int
    entries: tuple[Entry, ...]
    plural: bool | None
    feminine: bool
    tense: Tense | None = None
    changes: int = 0  # how far the form is from that in the glossary


@dataclass(frozen=True, slots=True)
class _Term:
    """A term as it is looked for: its words in their own case."""

    words: tuple[str, ...]
    pos: str
    entries: tuple[Entry, ...]
    exact: bool
    compound: bool  # written with a hyphen: porte-parole

    @property
    def classes(self) -> tuple[WordClass, ...]:
        """How each word inflects."""
        return _classes(self.words, self.pos, self.exact)

    @property
    def head(self) -> range:
        """The indexes of the words before the first preposition."""
        after = (i for i, word in enumerate(self.words) if i and word.lower() in PREPOSITIONS)
        return range(next(after, len(self.words)))


class _Words:
    """A text as it is searched, with what its capitals say, which is found out only if a term needs it."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens

    @functools.cached_property
    def title(self) -> bool:
        """Whether most words begin with a capital, as some headlines do."""
        return len(self._long) > 2 and sum(word[0].isupper() for word in self._long) * 4 >= len(self._long) * 3

    @functools.cached_property
    def capitals(self) -> bool:
        """Whether most words are in capitals, or none is long enough to tell."""
        return sum(map(str.isupper, self._long)) * 2 >= len(self._long)

    @functools.cached_property
    def _long(self) -> list[str]:
        return [token.text for token in self.tokens if token.word and len(token.text) > 3]


@dataclass(frozen=True, slots=True)
class Matcher:
    """All terms of a call, compiled; made by `compile`."""

    automaton: AhoCorasick | None
    alphabet: dict[str, str]  # the letter of each stem
    terms: tuple[tuple[_Term, ...], ...]  # those with the same letters together, by the number of the pattern

    def find(self, text: str, taken: Sequence[tuple[int, int]] = ()) -> list[Match]:
        """Return the terms in a text, in order and without overlap: the longest first, of equal ones the leftmost.

        Args:
            text: French, of one segment.
            taken: Ranges of it (characters, half-open) where no term is looked for.

        """
        if self.automaton is None:
            return []
        words = _Words(tokens_of(text))
        letters = "".join([self.alphabet.get(stem(token.key), _OTHER) for token in words.tokens])
        candidates = [
            match
            for pattern, first, last in self.automaton.find_matches_as_indexes(letters, overlapping=True)
            for term in self.terms[pattern]
            if (match := _checked(term, words, first, last))
        ]
        # Of two terms in the same place, the one whose dictionary form is nearer: directrice before directeur.
        candidates.sort(key=lambda match: (match.start - match.end, match.start, match.changes))
        free = [True] * len(text)
        for start, end in taken:
            free[start:end] = [False] * (end - start)
        found = []
        for match in candidates:
            if all(free[match.start : match.end]):
                free[match.start : match.end] = [False] * (match.end - match.start)
                found.append(match)
        return sorted(found, key=lambda match: match.start)


def compile(entries: Sequence[Entry]) -> Matcher:  # noqa: A001 - as in re
    """Compile the entries of all glossaries of a call.

    Entries of the same source are one term, in whichever order they come; its case counts if one of them says so.
    """
    rows: dict[str, list[Entry]] = {}
    exact = exact_sources(entries)
    for entry in entries:
        rows.setdefault(source_key(entry, exact), []).append(entry)
    alphabet: dict[str, str] = {}
    patterns: dict[str, list[_Term]] = {}
    for source, group in rows.items():
        pos = next((entry.pos for entry in group if entry.pos), "")
        for number, (words, keys, compound) in enumerate(_spellings(group[0].source, pos)):
            if not words or (number and len(words) == 1 and words[0].casefold() in rows):
                continue  # "startup" has entries of its own, besides "start-up"
            term = _Term(words, pos, tuple(group), source in exact, compound)
            for stems in _stems(keys, verb=words[0] if pos == "verb" else ""):
                pattern = ""
                for each in stems:
                    if each not in alphabet:
                        alphabet[each] = _letter(len(alphabet))
                    pattern += alphabet[each]
                patterns.setdefault(pattern, []).append(term)
    return Matcher(AhoCorasick(list(patterns)) if patterns else None, alphabet, tuple(map(tuple, patterns.values())))


def tokens_of(text: str) -> list[Token]:
    """Return the words and marks of a text, without white space and the hyphens that join words."""
    tokens = []
    joined = False
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "joiner":
            joined = True
            continue
        token = match[0] if kind != "dotted" else match[0].replace(".", "")
        if not token.isascii():
            token = _plain(token)
        tokens.append(Token(*match.span(), token, _key(token), joined, kind != "mark"))
        joined = False
    return tokens


def _letter(number: int) -> str:
    code = number + ord(_OTHER) + 1
    return chr(code if code < _SURROGATES.start else code + len(_SURROGATES))


def _stems(keys: Sequence[str], *, verb: str) -> Iterator[list[str]]:
    """Yield the stems of the words of a term; if the first one is a verb, for each stem that it has."""
    firsts = {stem(_key(form.text)) for form in forms(verb, WordClass.VERB)} if verb else [stem(keys[0])]
    for first in firsts:
        yield [first, *map(stem, keys[1:])]


def _spellings(source: str, pos: str) -> Iterator[tuple[tuple[str, ...], list[str], bool]]:
    """Yield the words of a term, their keys, and whether it has a hyphen; then also without it (start-up, startup)."""
    if pos != "verb" and source.replace(" ", "").isalpha():  # most terms: as below, but faster
        plain = normal(source).split(" ")
        yield tuple(plain), list(map(_key, plain)), False
        return
    tokens = tokens_of(source)
    if pos == "verb" and tokens and tokens[0].key in ("se", "s'"):
        tokens = tokens[1:]
    compound = any(token.joined for token in tokens)
    yield tuple([token.text for token in tokens]), [token.key for token in tokens], compound
    if compound:
        words: list[str] = []
        for token in tokens:
            if token.joined and token.key in FUNCTION_WORDS:
                return  # arc-en-ciel is never one word
            words.append(words.pop() + token.text if token.joined and words else token.text)
        yield tuple(words), list(map(_key, words)), False


@functools.cache
def _classes(words: tuple[str, ...], pos: str, exact: bool) -> tuple[WordClass, ...]:
    return tuple(word_classes(words, pos, exact=exact))


def _key(word: str) -> str:
    """Return what `fold` does, faster for French."""
    key = word.lower().translate(_BARE)
    return key if key.isascii() else fold(key)


@functools.lru_cache(maxsize=1 << 16)
def _plain(token: str) -> str:
    return normal(_UNSEEN.sub("", token)).replace("‘", "'")


def _checked(term: _Term, text: _Words, first: int, last: int) -> Match | None:
    """Return the match of a term at tokens[first:last], or None if what stands there is something else."""
    tokens = text.tokens
    if not _apart(term, tokens, first, last):
        return None
    found: list[Form] = []
    for index, (word, word_class) in enumerate(zip(term.words, term.classes, strict=True)):
        token = tokens[first + index]
        form = next(
            (f for f in forms(word, word_class) if _spelled(token.text, f.text, exact=term.exact, first=index == 0)),
            None,
        )
        if form is None:
            return None
        found.append(form)
    if _is_acronym(term, text, first) or (not term.exact and _is_name(term, found, text, first, last)):
        return None
    tense = next((form.tense for form in found if form.tense), None)
    if tense and len(found) == 1 and _is_noun(term, tokens, first):
        return None
    head = [index for index in term.head if term.classes[index] is not WordClass.FIXED]
    if any(found[index].plural for index in head) and first and tokens[first - 1].key in _ONE:
        return None  # le cours is no plural of cour
    return Match(
        tokens[first].start,
        tokens[last - 1].end,
        term.entries,
        _plural(term, [found[i] for i in head], [term.words[i] for i in head], tokens, first, last),
        any(found[index].feminine for index in head),
        tense,
        sum(form.plural + form.feminine for form in found)
        + any(tokens[first + index].text != word for index, word in enumerate(term.words)),
    )


def _apart(term: _Term, tokens: list[Token], first: int, last: int) -> bool:
    """Tell whether no hyphen makes the words a part of a longer one (Saint-Conseil, sous-préfet)."""
    acronym = term.exact and term.words[0].isupper()
    if tokens[first].joined:
        before = tokens[first - 1]
        if before.key not in _PREFIXES and not (acronym and before.text[0].isupper()):
            return False
    if last < len(tokens) and tokens[last].joined:
        after = tokens[last]
        if after.key not in _SUFFIXES and not (acronym and after.text[0].isupper()):
            return False
    return True


def _spelled(text: str, form: str, *, exact: bool, first: bool) -> bool:
    """Tell whether a word of a text is a form of a term.

    A capital may lack its accent (Etat). Case counts if the entry says so; even then a term may begin with a capital,
    stand all in capitals, and an acronym of four letters or more be written as a word (Otan, Insee).
    """
    if text == form:
        return True
    if not exact or (text.isupper() and len(text) > 1):
        return _same_letters(text, form)
    if len(form) >= 4 and form[:4].isupper():
        return text == form.capitalize()
    if first and text[0].isupper() and form[0].islower():
        text = text[0].lower() + text[1:]
    return len(text) == len(form) and all(
        a == b or (a.isupper() and a == b.translate(_BARE)) for a, b in zip(text, form, strict=True)
    )


def _same_letters(text: str, form: str) -> bool:
    if len(text) != len(form):
        return False
    for a, b in zip(text, form, strict=True):
        lower, wanted = a.lower(), b.lower()
        if lower == wanted or (a != lower and lower == wanted.translate(_BARE)):
            continue
        if lower + wanted not in _REFORMED or form.lower().startswith(_UNREFORMED):
            return False
    return True


def _is_acronym(term: _Term, text: _Words, first: int) -> bool:
    """Tell whether a short word in capitals, in a text that isn't, is an acronym: CAP is not cap, nor LOT the Lot."""
    word = text.tokens[first].text
    short = len(term.words) == 1 and len(word) <= 3 and word.isupper()
    return short and not term.words[0].isupper() and not text.capitals


def _is_name(term: _Term, found: Sequence[Form], text: _Words, first: int, last: int) -> bool:
    """Tell whether capitals show that the words of a term in small letters are a name or a part of one.

    Inside a sentence, a single word with a capital is taken for a name (la Banque de France, Libération), but for a
    plural behind an article (les Députés). Several words are with capitals on all of them and no article (le groupe
    Action Directe), or behind an article that has a capital itself (La Banque postale). Otherwise capitals are how some
    write institutions (le Conseil d'administration, le Ministère Public).
    """
    tokens = text.tokens
    if any(word != word.lower() for word in term.words) or not _has_capital(tokens[first]) or text.title:
        return False
    if first == 0 or tokens[first - 1].text in _OPENING:
        quoted = first > 0 and last < len(tokens) and tokens[first - 1].text in _QUOTES
        return quoted and last - first == 1 and tokens[last].text in '»”"'
    before = tokens[first - 1]
    if before.key in _ONE | _MANY and before.text[0].isupper():
        inside = first > 1 and tokens[first - 2].text not in _OPENING
        return inside or last - first == 1
    if last - first == 1:
        return not (found[0].plural and before.key in _MANY)
    content = [token for token in tokens[first:last] if token.key not in FUNCTION_WORDS]
    return all(map(_has_capital, content)) and before.key not in _ONE | _MANY


def _has_capital(token: Token) -> bool:
    return token.text[0].isupper() and (len(token.text) == 1 or not token.text.isupper())


def _is_noun(term: _Term, tokens: list[Token], first: int) -> bool:
    """Tell whether a form of a verb stands behind an article, and so is a noun (le vote)."""
    form = tokens[first].key
    if form == fold(term.words[0]) or form.endswith("ant") or not first:
        return False
    before = tokens[first - 1].key
    return before in _ARTICLES and (first < 2 or tokens[first - 2].key not in _SUBJECTS)


def _plural(
    term: _Term, found: list[Form], words: list[str], tokens: list[Token], first: int, last: int
) -> bool | None:
    """Return the number of a term by its form, or by the words around it where the form is the same in both."""
    if any(form.plural for form in found):
        return True
    if not found:
        return False
    varies = any(
        form.plural and not form.feminine
        for word, word_class in zip(term.words, term.classes, strict=True)
        if word in words and word_class is not WordClass.ACRONYM
        for form in forms(word, word_class)
    )
    if varies and not term.compound:
        return False
    number = _number_around(tokens, first, last)
    return False if number is None and varies else number


def _number_around(tokens: list[Token], first: int, last: int) -> bool | None:
    """Return whether the words around a term are in the plural, or None if they don't tell."""
    plural_before = False
    for token in reversed(tokens[max(0, first - 3) : first]):
        word = token.text.lower()
        if word in _MANY or (word.isdigit() and word != "1"):
            return True
        if word in _ONE:
            return False
        if word in ("de", "d'"):
            if plural_before:
                return True
            break
        if token.text in _QUOTES:
            continue
        if not token.word or word in FUNCTION_WORDS:
            break
        plural_before = word.endswith(("s", "x"))
    # In « des modèles d'IA colossaux » the adjective may be the models'.
    head = tokens[first - 2].text if first > 1 and tokens[first - 1].text.lower() in ("de", "d'") else ""
    if last < len(tokens) and not head.endswith(("s", "x")):
        after = tokens[last].text
        if len(after) > 4 and after.islower() and not tokens[last].joined and _PLURAL_ADJECTIVE.search(after):
            return True
    return None
