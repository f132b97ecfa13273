"""Words of French and English texts, and the function words that tell the two languages apart."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " "})


class Word(NamedTuple):
    """A word at text[start:end]; `key` is its form for comparing: casefolded, with straight apostrophes."""

    start: int
    end: int
    text: str
    key: str


@functools.lru_cache(maxsize=64)
def words(text: str) -> tuple[Word, ...]:
    """Return the words of a text. Hyphens, apostrophes and stops inside belong to them: l'État, 3.5, twenty-one."""
    return tuple([Word(*found.span(), found[0], _key(found[0])) for found in _WORD.finditer(text)])


def _key(word: str) -> str:
    return word.lower() if word.isascii() else word.casefold().translate(_PLAIN)


def inside(ranges: Sequence[tuple[int, int]], at: int) -> bool:
    """Tell whether an offset is in one of some half-open ranges, which are in order and don't overlap."""
    index = bisect_right(ranges, at, key=lambda place: place[0]) - 1
    return index >= 0 and at < ranges[index][1]


def plain(text: str) -> str:
    """Return a text of the same length with straight apostrophes and ordinary spaces."""
    return text.translate(_PLAIN)


@functools.lru_cache(maxsize=16)
def english_share(text: str) -> float:
    """Return which share of the words of a text are function words of English."""
    found = words(text)
    return sum(word.key in ENGLISH for word in found) / len(found) if found else 0.0


ARTICLES = frozenset("la le du de et un en les des".split())
"""Small words of French that names of places, papers and dishes have in English as well."""

# Function words of French that are no words of English.
FRENCH = frozenset(
    "ainsi alors après assez au aucun aucune aujourd'hui auquel auraient aurait aussi autre autres aux avaient"
    " avait avant avec avez avoir avons ayant beaucoup bien ce ceci cela celle celles celui cependant certaines"
    " certains ces cet cette ceux chaque chez comme contre d'un d'une dans depuis dernier dernière derrière des"
    " desquels devait devant devra devraient devrait doit doivent donc dont du dès elle elles encore entre est et"
    " eux fait fera furent ici il ils jamais je jusqu'au jusqu'en jusqu'à laquelle lequel les lesquelles lesquels"
    " leur leurs lors lorsque lui mais malgré mieux moins même mêmes ne nos notamment notre nous nouveau nouvelle"
    " nouvelles néanmoins ont où parce parmi pas pendant peu peut peuvent plusieurs pour pourquoi pourrait"
    " pourtant près puis puisque qu'elle qu'elles qu'il qu'ils qu'on qu'un qu'une quand que quel quelle quelles"
    " quelque quelques quels qui quoi rien sans sauf se selon sera serait seront ses seulement si sinon soit sont"
    " sous souvent suis sur surtout tandis tant toujours tous tout toute toutes trop très tu un une vers voici"
    " voilà vos votre vous étaient était été être".split()
)
ENGLISH = frozenset(
    "a about after all also an and any are as at be because been before being between both but by can could did"
    " do does during each for from had has have he her here him his how i if in into is it it's its just may more"
    " most much must my no not of on one only or other our out over own said she should since so some such than"
    " that the their them then there these they this those through to too under until up was we were what when"
    " where which while who whom whose why will with within without would you your".split()
)
