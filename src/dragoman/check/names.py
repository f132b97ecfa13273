"""What a translation made of a name that it doesn't have: misspelt it, named another place, said it in another way."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from itertools import pairwise

from dragoman.check.words import Word, words
from dragoman.protect.names_words import first_name, folded
from dragoman.protect.span import Span

Range = tuple[int, int]

_ACRONYM = re.compile(r"(?<!\w)[A-ZÀ-ÝĀ-Ž]{2,6}(?!\w)")
_POSSESSIVE = re.compile(r"['’]s?$")
_COGNATE = 4  # letters that a word with a capital shares with the one of the source that explains it
_NEAR = 3  # letters that two spellings of a name share
_VOWELS = frozenset("aeiouy")
_ALIKE = tuple(map(frozenset, "sz ckq fvw gj ijy".split()))
# Words with a capital that are no names.
_NEVER_NAMES = frozenset(
    "i mr mrs ms dr sir monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december".split()
)


def stands(name: Span, target: str) -> bool:
    """Tell whether a form of a name stands in a translation to the letter: `protect.span.places` says where."""
    target = target.replace("’", "'")
    for form in name.render:
        form = form.replace("’", "'")
        at = target.find(form)
        while at >= 0:
            end = at + len(form)
            inside_word = (at and _in_word(target[at - 1])) or (end < len(target) and _in_word(target[end]))
            if not inside_word:
                return True
            at = target.find(form, at + 1)
    return False


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def another_acronym(name: Span, source: str, target: str) -> bool:
    """Tell whether a name is an acronym that the translation seems to have in English: « TDAH », ADHD.

    That is another one, which the source hasn't, and not just one letter off.
    """
    if not _is_acronym(name):
        return False
    others = {found[0] for found in _ACRONYM.finditer(target) if found[0] not in source}
    return any(
        len(other) != len(form) or sum(a != b for a, b in zip(other, form, strict=True)) > 1
        for other in others
        for form in name.render
    )


def misspelt_name(name: Span, source: str, target: str) -> Range | None:
    """Return where a word stands in a translation that is a word of a name but for one letter, half-open.

    One letter stands for another there, is missing, surplus, or out of place. Accents, and words that the source has as
    well, are no such thing; nor is what languages spell otherwise: vowels, doubled letters, the last letter, and
    letters for the same sound (Kadhafi, Elisabeth, Séville).
    """
    known = _keys(source)
    others = _capitalised(target)
    present = _keys(target)
    for part in (folded(word.text) for form in name.render for word in words(form) if word.text[0].isupper()):
        if len(part) > 4 and part not in present:
            for word, key in others:
                if key not in known and key[0] == part[0] and key[-1] == part[-1] and _one_letter_off(key, part):
                    return word.start, word.start + len(_bare(word))
    return None


def another_first_name(name: Span, source: str, target: str) -> Range | None:
    """Return where a translation gives a person another first name before the same surname, half-open."""
    known = _keys(source)
    spoken = words(target)
    for form in name.render:
        given, *rest = form.split()
        if not rest or not first_name(given):
            continue
        for before, word in pairwise(spoken):
            if (
                folded(_bare(word)) == folded(rest[-1])
                and first_name(before.text)
                and folded(before.text) not in known
                and target[before.end : word.start] == " "
                and not any(folded(before.text) == folded(part) for other in name.render for part in other.split())
            ):
                return before.start, word.start + len(_bare(word))
    return None


@functools.lru_cache(maxsize=16)
def _keys(text: str) -> frozenset[str]:
    """Return the words of a text, `folded`, without possessive."""
    return frozenset(folded(_bare(word)) for word in words(text))


@functools.lru_cache(maxsize=16)
def _capitalised(text: str) -> tuple[tuple[Word, str], ...]:
    """Return the words of a text with a capital, each with its key."""
    return tuple((word, folded(_bare(word))) for word in words(text) if word.text[0].isupper())


def _one_letter_off(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    if len(one) > len(other):
        one, other = other, one
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        around = {other[at - 1], other[at + 1 : at + 2]}
        lost = other[at] not in _VOWELS or around.isdisjoint(_VOWELS)  # a consonant, or a syllable: Macrn
        alike = other[at] in around or other[at] == "h" or not other[at].isalpha()
        return one[at:] == other[at + 1 :] and lost and not alike
    if one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]:
        return True
    alike = any({one[at], other[at]} <= letters for letters in (_VOWELS, *_ALIKE))
    return one[at + 1 :] == other[at + 1 :] and not alike


def another_place(name: Span, names: Sequence[Span], source: str, target: str) -> Range | None:
    """Return where a translation names another place than the source, half-open: Lyon for « Londres ».

    `names` are all that is known of the source: what stands for another of them does not stand for this.
    """
    if folded(source[name.start : name.end]) not in _places():
        return None
    found = [word for word in _unexplained(name, names, source, target) if folded(_bare(word)) in _place_names()]
    return (found[0].start, found[0].start + len(_bare(found[0]))) if len(found) == 1 else None


def may_be_missing(name: Span, names: Sequence[Span], source: str, target: str) -> bool:
    """Tell whether a name that a translation hasn't may be in it in another way, or may be no name.

    An acronym, a title and a single word that begins a sentence may be anything; what is in brackets may be left out:
    Lille (Nord). Else there must be a word with a capital that nothing else explains: for a person, one that is near by
    its spelling; for a place also an abbreviation, unless it may be the end of a longer name; for any other name, one
    that is no place and no people.
    """
    given = source[name.start : name.end]
    if (
        _is_acronym(name)
        or _quoted(name, source)
        or _bracketed(name, source)
        or (" " not in given and _begins(source, name.start, given))
    ):
        return True
    unexplained = [_bare(word) for word in _unexplained(name, names, source, target)]
    forms = [word.text for form in name.render for word in words(form)]
    if folded(given) in _places():
        return any(
            _may_stand_for(part, form) for word in unexplained for part in re.split("[.-]", word) for form in forms
        )
    if first_name(given.split()[0]):
        return any(_near(word, form) for word in unexplained for form in forms)
    return any(folded(word) not in _place_words() for word in unexplained)


_NAME_BEFORE = re.compile(r"(?<=[a-zà-ÿ] )[A-ZÀ-Ý][\w-]+ $")


def _near(word: str, form: str) -> bool:
    return folded(word)[:_NEAR] == folded(form)[:_NEAR]


def _may_stand_for(word: str, form: str) -> bool:
    """Tell whether a word may be a place: spelled otherwise (Sevilla), or abbreviated (Va., the EU, the GDR)."""
    if _near(word, form):
        return True
    if word.isupper() and form[0] in word:
        return True
    letters = iter(form.casefold())
    return 1 < len(word) <= _COGNATE and word[0] == form[0] and all(letter in letters for letter in word.casefold())


def _is_acronym(name: Span) -> bool:
    return all(_ACRONYM.fullmatch(form) for form in name.render)


def _quoted(name: Span, source: str) -> bool:
    """Tell whether a name is in quotation marks: a title, which may be translated, or a word that is talked about."""
    return source[: name.start].rstrip(" \u00a0\u202f")[-1:] in ("«", "“", '"', "‘")


def _bracketed(name: Span, source: str) -> bool:
    """Tell whether a name stands in brackets by itself: the department of a town."""
    return source[: name.start].endswith("(") and source.startswith(")", name.end)


def _begins(source: str, start: int, given: str) -> bool:
    """Tell whether a word stands where any word has a capital; one that is known as a name is certain even there."""
    if first_name(given) or folded(given) in _places():
        return False
    return not source[:start].strip(" \u00a0\u202f\"«“‘'’(-–—") or (
        _SENTENCE_END.search(source, max(0, start - 8), start) is not None
    )


_SENTENCE_END = re.compile(r"[.!?…:][\s»”\"]+[\s«“\"(–—-]*$|[«“\"][ \u00a0\u202f]?$")


def _unexplained(name: Span, names: Sequence[Span], source: str, target: str) -> list[Word]:
    """Return the words of a translation with a capital that nothing else in the source explains."""
    own = {folded(word.text) for word in words(source[name.start : name.end])}
    known = {folded(part) for word in words(source) for part in word.key.split("'") if part} - own
    known |= {folded(word.text) for other in names if other != name for form in other.render for word in words(form)}
    beginnings = {key[:_COGNATE] for key in known}
    return [
        word
        for word in words(target)
        if word.text[0].isupper()
        and word.key not in _NEVER_NAMES
        and not _SENTENCE_START.search(target, max(0, word.start - 8), word.start)
        and folded(_bare(word)) not in known
        and (len(word.text) < _COGNATE or folded(word.text)[:_COGNATE] not in beginnings)
    ]


_SENTENCE_START = re.compile(
    r"(?:^|(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?…:]\s|\n)[\s\"“‘'«(\[–—-]*$|^[\"“‘'«(\[–—-]+$"
)


def _bare(word: Word) -> str:
    """Return a word without the possessive."""
    return _POSSESSIVE.sub("", word.text)


@functools.cache
def _places() -> frozenset[str]:
    """Return the French names of places that English has, or shares, `folded`."""
    from dragoman.protect.names_exonyms import exonyms

    return frozenset(key for key, exonym in exonyms().items() if exonym.domain == "places")


@functools.cache
def _place_names() -> frozenset[str]:
    """Return the English names of places, without adjectives, `folded`."""
    from dragoman.protect.names_exonyms import exonyms

    return frozenset(folded(exonym.forms[0]) for exonym in exonyms().values() if exonym.domain == "places")


@functools.cache
def _place_words() -> frozenset[str]:
    """Return the English names of places and peoples that are one word, `folded`."""
    from dragoman.protect.names_exonyms import exonyms

    forms = (form for exonym in exonyms().values() if exonym.domain == "places" for form in exonym.forms)
    return frozenset(folded(form) for form in forms if " " not in form)
