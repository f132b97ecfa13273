"""Checks of the language of a translation: it is English, and not the source again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from dragoman.check.check import Check
from dragoman.check.finding import Finding, Severity
from dragoman.check.pair import Pair
from dragoman.check.settings import Settings
from dragoman.check.words import ARTICLES, FRENCH, english_share, words


class Copied(Check):
    """The source was copied, or hardly changed.

    Fires when at least nine in ten words of a French sentence stand unchanged in the translation. Names, figures,
    single words and what is in no language are no sentence.

    Wrong: « Le maire a quitté la salle. » – Le maire a quitté la salle.
    Right: « Paris Match, 12 mai » – Paris Match, May 12

    Translate it, or leave it out of the text to check.
    """

    id = "copied"
    severity = Severity.ERROR

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        if not pair.kept and copied(pair):
            yield self.finding(settings, "the source was copied, not translated", target=(0, len(pair.target)))


def copied(pair: Pair) -> bool:
    """Tell whether the translation is the source again, which is a French sentence."""
    if english_share(pair.target) >= _ENGLISH:
        return False
    given = words(pair.source)
    small = [word.key for word in given if word.text[0].islower()]
    french = any(key in FRENCH or key in ARTICLES or "'" in key[:3] for key in small)
    if len(small) < 3 or not french or len(words(pair.target)) < 0.7 * len(given):
        return False
    kept = {word.key for word in words(pair.target)}
    return sum(word.key in kept for word in given) >= 0.9 * len(given)


# Share of function words from which on a text is taken for English: so are 98.6% of 3,900 sentences of English news
# and 0.3% of French (newstest2012, FLORES-200).
_ENGLISH = 0.2


class Language(Check):
    """The translation is in another language than English.

    Fires when another alphabet has most of the letters, or when function words of French, German, Spanish, Italian,
    Portuguese or Dutch are far more frequent than those of English. Texts of fewer than five words say nothing.

    Wrong: « La séance est levée. » – Die Sitzung ist geschlossen und wird nicht wieder aufgenommen.

    Translate it into English.
    """

    id = "language"
    severity = Severity.ERROR

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        if pair.kept:
            return
        if _other_script(pair.target) and not _other_script(pair.source):
            yield self.finding(settings, "the translation is not in the Latin alphabet")
            return
        found = [word.key for word in words(pair.target)]
        share = english_share(pair.target)
        if len(found) < 5 or share >= _ENGLISH or copied(pair):
            return
        for language, function_words in _function_words().items():
            others = sum(word in function_words or word.split("'")[0] in _ELIDED for word in found)
            if others >= 3 and others > 2 * share * len(found) and others >= 0.2 * len(found):
                yield self.finding(settings, f"the translation is in {language}, not in English")
                return


_ELIDED = frozenset("l d qu n c j".split())


def _other_script(text: str) -> bool:
    if text.isascii():
        return False
    letters = [char for char in text if char.isalpha()]
    foreign = sum(ord(char) > 0x24F and not unicodedata.name(char, "").startswith("LATIN") for char in letters)
    return foreign * 2 > len(letters) > 3


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {
        "French": FRENCH | ARTICLES,
        "German": frozenset(
            "aber als auch auf aus bei das dem den der des die ein eine einem einen einer für hat ist im kann mit nach"
            " nicht noch nur oder sich sie sind und von vor wie wird wurde zu zum zur über dass haben er es".split()
        ),
        "Spanish": frozenset(
            "al como con cuando de del el ella en entre era es esta este fue ha han hay la las lo los más muy no para"
            " pero por que se ser sin sobre son su sus también una un uno y ya".split()
        ),
        "Italian": frozenset(
            "agli ai al alla alle anche che chi come con da dal dalla dei del della delle di e è era gli ha hanno il"
            " la le lo ma nel nella non o per più quando questa questo si sono su sua sul tra un una uno".split()
        ),
        "Portuguese": frozenset(
            "ao aos as com como da das de do dos e ela ele em era essa esta este foi há isso mais mas na não nas no nos"
            " o os ou para pela pelo por quando que se sem ser seu sua são também um uma é".split()
        ),
        "Dutch": frozenset(
            "aan als bij dat de die dit door een en er haar heeft het hij hun ik in is maar met naar niet nog of om ook"
            " op over te tot uit van voor was wat werd worden ze zich zijn zij".split()
        ),
    }
