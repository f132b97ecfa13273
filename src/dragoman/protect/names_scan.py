"""Finds the names in one text, with what the article has told about them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from dragoman.protect import names_lists as lists
from dragoman.protect.names_datelines import dateline_forms, dateline_place
from dragoman.protect.names_departments import department, with_article
from dragoman.protect.names_exonyms import Exonym, exonyms, transliterations, unlisted_acronym
from dragoman.protect.names_streets import TYPES, street_end, street_forms
from dragoman.protect.names_words import (
    Word,
    first_name,
    folded,
    listed,
    ordinary,
    plain,
    roman,
    roman_without_ordinal,
    words_of,
)

# Words of a name.
_LONGEST = 8
_DEMONYM = re.compile(r".{2,}(?:ienn?e?|[ao]ise?|aine?|éenn?e?|[io]te|iste|ole)s?")
# Demonyms that are names of places as well: la Suisse, un Suisse.
_PLACE_OR_DEMONYM = frozenset(("Suisse", "Corse"))
_MASCULINE_OR_MANY = frozenset("le un ce du au les des aux ces".split())
# Not a name where it begins a sentence, although no dictionary has it: adverbs, verbs with a clitic.
_NO_NAME_ENDING = re.compile(
    r".*(?:ment|[-‑](?:t[-‑])?(?:il|elle|on|ils|elles|je|tu|nous|vous|ce|là|ci|moi|le|la|les))"
)
# Endings that towns and families don't have.
_ABSTRACT = re.compile(
    r".*(?:it[ée]s?|[ts]ions?|ments?|is[mt]es?|iques?|eurs?|trices?|euses?|olog(?:ue|ie)s?|graphes?|[ai]bles?|ants?|antes?)"
)
_SMALL_THEN_CAPITAL = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]")
_NUMBERED = re.compile(r"\d+[A-Z]+")
_OPENING_QUOTE = re.compile(r"[«“\"‹][\s\u00a0\u202f]*$")
_CLOSING_QUOTE = re.compile(r"[\s\u00a0\u202f]*[»”\"›]")


_MAY_BEGIN_SURNAME = lists.PARTICLES | lists.OF
_JOINERS = lists.PARTICLES | lists.ENGLISH_JOINERS


class EntityKind(StrEnum):
    """What a name is a name of."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    PRODUCT = "product"
    WORK = "work"
    ACRONYM = "acronym"
    NAME = "name"  # the text doesn't tell


@dataclass(frozen=True, slots=True)
class Name:
    """A name at words[first:last] of a text, with its forms in English; `surname` where the first name is given."""

    first: int
    last: int
    kind: EntityKind
    render: tuple[str, ...]
    surname: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What an article tells about names.

    `names` are kinds and forms by spelling (`plain`). Those in `common` are ordinary words, too: Petit, Orange. `small`
    are words that the article has without a capital, `nouns` acronyms that stand for common nouns.
    """

    names: Mapping[str, tuple[EntityKind, tuple[str, ...]]] = field(default_factory=dict)
    common: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()


class Text:
    """A text and its words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words_of(text)

    @functools.cached_property
    def in_capitals(self) -> bool:
        """Whether capitals say nothing: a headline in capitals, or with one on each word."""
        letters = [word for word in self.words if word.text[0].isalpha() and not word.elided and len(word.text) > 1]
        if len(letters) > 2 and sum(word.text.isupper() for word in letters) * 2 > len(letters):
            return True
        long = [
            (before.text, word.text)
            for before, word in pairwise(self.words)
            if not word.initial and len(word.text) > 3 and ordinary(word.text)
        ]
        small = sum(not word[0].isupper() for _, word in long)
        if len(long) - small < max(3, 2 * small):
            return False
        # Ordinary words in names of persons, places and newspapers prove nothing.
        capitals = sum(
            word[0].isupper()
            and not first_name(word)
            and not first_name(before)
            and before not in lists.HONORIFICS
            and before not in lists.ARTICLES
            and folded(word) not in exonyms()
            for before, word in long
        )
        return capitals >= max(3, 2 * small)

    def given(self, first: int, last: int) -> str:
        """Return words[first:last] as they are written."""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def attached(self, at: int) -> bool:
        """Tell whether only a space or an elision is between words[at] and the one before."""
        return 0 < at < len(self.words) and (self.words[at].joined or self.words[at - 1].elided)

    def before(self, at: int) -> Word | None:
        """Return the word before words[at] if nothing else is between them."""
        return self.words[at - 1] if self.attached(at) else None


def scan(text: Text, known: Known) -> Iterator[Name]:
    """Yield the names in a text, from left to right, without overlap."""
    at = 0
    end = dateline_place(text.text)
    if end:
        at = next((index for index, word in enumerate(text.words) if word.start >= end), len(text.words))
        yield Name(0, at, EntityKind.PLACE, dateline_forms(text.text[:end]))
    while at < len(text.words):
        word = text.words[at]
        name = _street(text, at) if word.text.lower() in TYPES else _contracted(text, at) or _department(text, at)
        if name is None and ((word.capital and word.text not in lists.HONORIFICS) or word.text in _MAY_BEGIN_SURNAME):
            name = _known_name(text, at, known) or _with_particle(text, at)
            if word.capital and not text.in_capitals:
                other = _name(text, at)
                if other and not _also_small(text, other, known) and (name is None or other.last > name.last):
                    name = other
        if name and text.given(name.first, name.last) not in known.nouns:
            yield name
            at = name.last
        else:
            at += 1


def _contracted(text: Text, at: int) -> Name | None:
    """Return a name whose article is hidden in the word before it: au Havre, des Sables-d'Olonne."""
    before = text.before(at)
    article = lists.WITH_ARTICLE.get(plain(text.words[at].text)) if before and not text.in_capitals else None
    if article is None or before is None or lists.CONTRACTIONS.get(before.text.lower()) != article:
        return None
    return Name(at, at + 1, EntityKind.PLACE, (f"{article} {plain(text.words[at].text)}",))


def _department(text: Text, at: int) -> Name | None:
    """Return a name that the words around it tell from that of another place: dans la Vienne, Lille (Nord)."""
    if text.in_capitals:
        return None
    name = plain(text.words[at].text) if department(text.text, text.words, at) else with_article(text.words, at)
    return Name(at, at + 1, EntityKind.PLACE, (name,)) if name else None


def _with_particle(text: Text, at: int) -> Name | None:
    """Return a surname that begins with « de », behind a title: M. de Villepin, le général de Gaulle."""
    before = text.before(at)
    if before is None or text.words[at].text not in ("de", "d'", "d’") or text.in_capitals:
        return None
    if before.text not in lists.HONORIFICS and before.text not in ("général", "maréchal", "amiral"):
        return None
    if not text.attached(at + 1) or not text.words[at + 1].capital or everyday(text.words[at + 1]):
        return None
    if _exonym(text, at + 1) or text.words[at + 1].acronym:
        return None  # a title that is of a place
    given = plain(text.given(at, _end(text, at + 1)))
    return Name(at, _end(text, at + 1), EntityKind.PERSON, (given,), given)


def _street(text: Text, at: int) -> Name | None:
    last = None if text.in_capitals else street_end(text.words, at)
    if last is None:
        return None
    return Name(at, last, EntityKind.PLACE, street_forms(text.words[at:last], text.given(at, last)))


def everyday(word: Word) -> bool:
    """Tell whether a word with a capital is one of French that is no name: État, Parlement, Vice-Président."""
    text = word.text
    if word.acronym:
        return len(text) > 3 and ordinary(text)  # an emphasis
    if _SMALL_THEN_CAPITAL.search(text):
        return False
    if roman(text) or not any(map(str.isalpha, text)):
        return True
    parts = re.split(r"[-‑]", text)
    capitals = [part for part in parts if part[:1].isupper()]
    return ordinary(text) and (len(capitals) < 2 or parts[0] in lists.COMPOUND_WORDS)


def _known_name(text: Text, at: int, known: Known) -> Name | None:
    """Return the longest name at words[at] that the article has told about."""
    if not known.names:
        return None
    best = None
    for last in range(at + 1, min(len(text.words), at + _LONGEST) + 1):
        if last > at + 1 and not text.attached(last - 1):
            break
        spelling = plain(text.given(at, last))
        if spelling in known.names:
            best = last, spelling
        elif text.words[at].initial and text.words[at].text in ("De", "D'", "D’"):
            spelling = "d" + spelling[1:]
            if spelling in known.names:  # De Gaulle, at the start of a sentence
                kind, forms = known.names[spelling]
                return Name(at, last, kind, (*("D" + form[1:] for form in forms if form[0] == "d"), *forms))
    if best is None:
        return None
    last, spelling = best
    before = text.before(at)
    if spelling in known.common and not (before and before.text in lists.HONORIFICS):
        # An ordinary word is a name only where nothing else gives it its capital; or before a verb: Orange a dit.
        if before and before.text.lower() in lists.DETERMINERS:
            return None
        subject = text.attached(last) and text.words[last].text in lists.VERBS and spelling.lower() not in known.small
        if text.words[at].initial and not subject:
            return None
        if (text.attached(last) and text.words[last].capital) or (before and before.capital and not before.initial):
            return None
    return Name(at, last, *known.names[spelling])


def _also_small(text: Text, name: Name, known: Known) -> bool:
    """Tell whether a name is one word that begins a sentence, and the article has it without a capital elsewhere."""
    word = text.words[name.first]
    return name.last == name.first + 1 and word.initial and word.text.lower() in known.small


def _name(text: Text, first: int) -> Name | None:
    """Return the name that begins at words[first], which has a capital, if there is one."""
    word = text.words[first]
    before = text.before(first)
    titled = before is not None and before.text in lists.HONORIFICS
    last = _end(text, first)
    exonym = _exonym(text, first)
    if exonym and exonym[0] >= last and (exonym[1].person or not titled):
        return _with_english_name(text, first, *exonym)
    person = last - first > 1 and first_name(word.text) and not _listed_acronym(text.words[first + 1])
    if titled or person:
        return _person(text, first, last)
    # At the head of a longer name only a place that both languages call the same can be told: Paris Match.
    shared = exonym is not None and exonym[1].forms[0] == plain(text.given(first, exonym[0]))
    english = any(each.text in lists.ENGLISH_JOINERS for each in text.words[first:last])
    if word.initial and everyday(word) and not shared and not english:
        return None  # the next word has its own chance
    if last == first + 1 and _first_name_alone(text, first):
        return Name(first, last, EntityKind.PERSON, _forms(text, first, last))
    article = word.text in lists.ARTICLES and last > first + 1  # Le Figaro, inside a sentence
    place = _exonym(text, first + 1) if article else None
    if place and place[0] == last and word.elided:
        return None  # a capital by mistake: de L'Espagne
    if word.text == "Les" and article and all(map(everyday, text.words[first:last])):
        return None  # it may be a title that is translated: Les Heures lentes
    # A place behind a word with a capital, without a preposition between them: Air France, but not le Jardin Suisse.
    follower = _exonym(text, first + 1) if last > first + 1 else None
    before_place = follower is not None and follower[1].forms[0] == plain(text.given(first + 1, follower[0]))
    whole = article or shared or before_place or _begins_name(text, first, last)
    if everyday(word) and not whole and not english and word.text not in lists.PART_OF_NAME:
        kind = _introduced(before)
        kind = kind or (EntityKind.NAME if last == first + 1 and _behind_preposition(text, first) else None)
        if kind and folded(word.text) not in lists.TRANSLATED:
            return Name(first, last, kind, _forms(text, first, last))
        return None
    if exonym and not shared:
        return None  # Chine Nouvelle
    return _other(text, first, last, whole=whole or english)


def _listed_acronym(word: Word) -> bool:
    """Tell whether capitals make an acronym, and no surname: Jean DUPONT."""
    return word.acronym and (len(word.text) < 4 or not unlisted_acronym(word.text))


def _end(text: Text, first: int) -> int:
    """Return the end of the words that belong together with words[first], by their capitals and what joins them."""
    words = text.words
    given = first_name(words[first].text)
    last = first + 1
    while last - first < _LONGEST and text.attached(last):
        word = words[last]
        initial = given and word.text == "M." and text.attached(last + 1) and words[last + 1].capital  # John M. Keynes
        if (word.capital or _NUMBERED.fullmatch(word.text)) and (word.text not in lists.HONORIFICS or initial):
            last += 1
            continue
        joiners = _JOINERS
        if given and all(first_name(each.text) for each in words[first:last]):
            joiners = joiners | lists.OF
        elif given and word.text in ("d'", "d’"):
            joiners = joiners | {word.text}
        after = last
        while text.attached(after) and words[after].text in joiners and after - last < 3:
            after += 1
        if after == last or not text.attached(after) or not words[after].capital:
            break
        if word.text in lists.OF and folded(words[after].text) in exonyms():
            break  # François, de Paris, is more frequent than Marie de France
        last = after + 1
    while last > first + 1 and (
        words[last - 1].text.endswith(".") or words[last - 1].text.lower() in lists.FUNCTION_WORDS
    ):
        last -= 1  # F. Petit, or the start of a sentence without a full stop before
    return last


def _exonym(text: Text, first: int) -> tuple[int, Exonym] | None:
    """Return the longest name at words[first] that English has a name for, or shares, and its end."""
    best = None
    for last in range(first + 1, min(len(text.words), first + _LONGEST) + 1):
        if last > first + 1 and not text.attached(last - 1):
            break
        given = text.given(first, last)
        found = exonyms().get(folded(given))
        if found and found.capitals_as_in(given):
            best = last, found
    return best


def _with_english_name(text: Text, first: int, last: int, exonym: Exonym) -> Name | None:
    word, before = text.words[first], text.before(first)
    given = plain(text.given(first, last))
    if word.acronym and len(word.text) > 3:
        return None  # a date line, an emphasis
    if exonym.domain == "words" and word.initial:
        return None
    if exonym.person:
        surname = text.words[last - 1].text if last - first > 1 and not roman(text.words[last - 1].text) else ""
        return Name(first, last, EntityKind.PERSON, exonym.forms, surname)
    if before and given in _PLACE_OR_DEMONYM and before.text.lower() in _MASCULINE_OR_MANY:
        return None
    kind = EntityKind.ORGANISATION if exonym.domain == "organizations" else EntityKind.PLACE
    if before and not before.elided and before.capital and before.text.lower() not in lists.FUNCTION_WORDS:
        # It may be the end of a longer name: Crédit Suisse.
        return Name(first, last, kind, tuple(dict.fromkeys([given, *exonym.forms])))
    return Name(first, last, kind, exonym.forms)


def _person(text: Text, first: int, last: int) -> Name:
    words = text.words
    after = first
    while after < last - 1 and (first_name(words[after].text) or words[after].text.endswith(".")):
        after += 1
    if after > first and roman(words[after].text):
        return Name(first, last, EntityKind.PERSON, _royal_forms(text, first, last))
    return Name(first, last, EntityKind.PERSON, _forms(text, first, last), plain(text.given(after, last)))


def _begins_name(text: Text, first: int, last: int) -> bool:
    """Tell whether an ordinary word is the first of a name: de Mahdi Camara, but not le Groupe Renault."""
    word, before = text.words[first], text.before(first)
    if last - first < 2 or everyday(text.words[first + 1]) or text.words[first + 1].acronym:
        return False
    if word.initial or before is None or before.text.lower() in lists.DETERMINERS:
        return False
    return folded(word.text) not in lists.INSTITUTIONS and word.text.lower() not in lists.BEFORE_NAMES


def _royal_forms(text: Text, first: int, last: int) -> tuple[str, ...]:
    """Return the forms of Henri IV: Henry IV; a king of France may keep his name."""
    given = plain(text.given(first, last)).split()
    numbered = [roman_without_ordinal(word) for word in given]
    english = [lists.ENGLISH_FIRST_NAMES.get(word, word) for word in numbered]
    return tuple(dict.fromkeys(" ".join(each) for each in (english, numbered, given)))


def _first_name_alone(text: Text, at: int) -> bool:
    """Tell whether a word is a first name without surname: dit Marine, not la Marine."""
    word, before = text.words[at], text.before(at)
    if word.initial or not first_name(word.text) or folded(word.text) in lists.TRANSLATED:
        return False
    return not (before and (before.text.lower() in lists.DETERMINERS or before.capital or before.text == "mer"))


def _behind_preposition(text: Text, at: int) -> bool:
    """Tell whether a word that no dictionary has, but for its ending, is a name: contre Rochebelle, à Lisieux."""
    word, before = text.words[at], text.before(at)
    if before is None or before.text.lower() not in lists.BEFORE_TOWN or not word.text.isalpha() or word.acronym:
        return False
    if listed(word.text.lower()) or _DEMONYM.fullmatch(word.text) or _ABSTRACT.fullmatch(word.text):
        return False
    return not (text.attached(at + 1) and text.words[at + 1].capital)


def _introduced(before: Word | None) -> EntityKind | None:
    """Return what the word before tells of a name, if it does: l'opérateur Orange, chez Carrefour."""
    text = before.text if before else ""
    if text in lists.BEFORE_ORGANISATION:
        return EntityKind.ORGANISATION
    if text in lists.BEFORE_PRODUCT:
        return EntityKind.PRODUCT
    return EntityKind.WORK if text in lists.BEFORE_WORK else None


def _other(text: Text, first: int, last: int, *, whole: bool) -> Name | None:
    """Return a name that has a word that French doesn't have; if it is `whole`, ordinary words are enough."""
    run = text.words[first:last]
    if not whole and all(everyday(word) or word.text in lists.ENGLISH_JOINERS for word in run):
        return None
    if last == first + 1 and not _stands_alone(text, first):
        return None
    return Name(first, last, _kind(text, first, last), _forms(text, first, last))


def _stands_alone(text: Text, at: int) -> bool:
    """Tell whether a word that French doesn't have is a name by itself."""
    word = text.words[at]
    if folded(word.text) in lists.TRANSLATED or (word.acronym and not unlisted_acronym(word.text)):
        return False
    if word.initial and _NO_NAME_ENDING.fullmatch(word.text):
        return False
    if len(word.text) == 1 or ("." in word.text and len(word.text) < 6):
        return False  # a letter, an initial, J.-C.
    if _DEMONYM.fullmatch(word.text) and _of_a_place(word.text):
        return False  # Groenlandais, whatever is before
    before = text.before(at)
    if before is None:
        return True
    # Names of people may have other endings in English: les Rwandais, un Malien, aux Taïnos.
    if before.text.lower() in lists.PLURAL and word.text.endswith(("s", "x")) and not word.text.isupper():
        return False
    return not (before.text.lower() in lists.DETERMINERS and _DEMONYM.fullmatch(word.text))


@functools.lru_cache(maxsize=1024)
def _of_a_place(demonym: str) -> bool:
    """Tell whether a demonym has the name of a place in it that English has another name for, or shares."""
    stem = folded(demonym)
    return any(stem[:-cut] in exonyms() for cut in range(2, 6) if len(stem) - cut > 3)


def _kind(text: Text, first: int, last: int) -> EntityKind:
    word, before, run = text.words[first], text.before(first), text.words[first:last]
    if last == first + 1 and word.acronym:
        return EntityKind.ACRONYM
    if first_name(word.text) or (word.text.endswith(".") and last > first + 1):
        return EntityKind.PERSON
    if _OPENING_QUOTE.search(text.text, max(0, word.start - 3), word.start) and _CLOSING_QUOTE.match(
        text.text, run[-1].end
    ):
        return EntityKind.WORK
    if before and before.text.lower() in lists.BEFORE_PERSON:
        return EntityKind.PERSON
    if any(any(map(str.isdigit, each.text)) for each in run) or word.text[0].islower():
        return EntityKind.PRODUCT
    if any(each.text in lists.ENGLISH_JOINERS for each in run):
        return EntityKind.WORK
    return _introduced(before) or EntityKind.NAME


def _forms(text: Text, first: int, last: int) -> tuple[str, ...]:
    """Return the forms of a name that is kept: as it is, or as English writes the sounds of Russian or Arabic.

    A well-known surname has its English form with another first name, too: Lioudmila Poutine.
    """
    given = plain(text.given(first, last))
    # Alexandre may be the Great.
    forms = (given, lists.ENGLISH_FIRST_NAMES.get(given, given), *transliterations(given))
    surname = exonyms().get(folded(text.words[last - 1].text))
    if last - first > 1 and surname and surname.person:
        before = plain(text.given(first, last - 1))
        forms = (*(f"{before} {form}" for form in surname.forms if " " not in form), *forms)
    return tuple(dict.fromkeys(forms))
