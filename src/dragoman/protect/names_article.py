"""What a whole article tells about the names in it: one article, one decision."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dragoman.protect import names_lists as lists
from dragoman.protect.names_exonyms import exonyms
from dragoman.protect.names_scan import EntityKind, Known, Name, Text, everyday, scan
from dragoman.protect.names_words import folded, ordinary, plain, words_of

_ACRONYM_IN_BRACKETS = re.compile(r"\(([A-ZÀ-Þ]{2,8})\)")


def learn(texts: Sequence[Text]) -> Known:
    """Return what is known when all of an article is read.

    That is full names and their surnames, names that are ordinary words (Orange), what a name is a name of where one of
    its places tells it, words that are no names, though they begin a sentence, and acronyms that aren't names.
    """
    known = Known(
        small=frozenset(word.text for text in texts for word in text.words if word.text.islower()),
        nouns=frozenset(_common_nouns(texts)),
    )
    found = [(text, name) for text in texts for name in scan(text, known)]
    names: dict[str, tuple[EntityKind, tuple[str, ...]]] = {}
    common: set[str] = set()
    kinds: dict[str, Counter[EntityKind]] = {}
    for text, name in found:
        spelling = plain(text.given(name.first, name.last))
        if folded(spelling) in exonyms():
            continue  # known without the article's help
        kinds.setdefault(spelling, Counter())[name.kind] += name.kind is not EntityKind.NAME
        names.setdefault(spelling, (EntityKind.NAME, name.render))
        if all(map(everyday, text.words[name.first : name.last])):
            common.add(spelling)
    for spelling, counts in kinds.items():
        kind, count = counts.most_common(1)[0]
        names[spelling] = (kind if count else EntityKind.NAME, names[spelling][1])
    for word in _used_as_names(texts):
        names.setdefault(word, (EntityKind.NAME, (word,)))
        common.add(word)
    for _, name in found:
        if name.surname:
            names[name.surname] = (EntityKind.PERSON, _surname_forms(name))
            if all(map(ordinary, name.surname.split())):
                common.add(name.surname)
    return Known(names, frozenset(common), known.small, known.nouns)


def _surname_forms(name: Name) -> tuple[str, ...]:
    """Return the forms of a surname: the last words of the full name's, as many as it has."""
    exonym = exonyms().get(folded(name.surname))
    if exonym and exonym.person:
        return exonym.forms
    count = len(name.surname.split())
    return tuple(dict.fromkeys(" ".join(form.split()[-count:]) for form in name.render))


def _used_as_names(texts: Sequence[Text]) -> Iterator[str]:
    """Yield ordinary words that an article uses as a name.

    They always have a capital, never a determiner, and stand behind two different words at least: de Total, par Total.
    """
    uses: dict[str, set[str]] = {}
    against: set[str] = set()
    for text in texts:
        if text.in_capitals:
            continue
        for before, word in pairwise(text.words):
            if not word.capital:
                against.add(word.text.lower())
            elif not word.initial and len(word.text) > 2 and word.text.isalpha() and everyday(word):
                if before.text.lower() in lists.DETERMINERS or (before.capital and not before.acronym):
                    against.add(word.text.lower())
                elif word.joined or before.elided:
                    uses.setdefault(word.text, set()).add(before.text.lower())
    for spelling, behind in uses.items():
        listed = folded(spelling) in lists.TRANSLATED or folded(spelling) in lists.INSTITUTIONS
        known = folded(spelling) in exonyms()  # without the article's help
        if len(behind) > 1 and spelling.lower() not in against and not listed and not known:
            yield spelling


def _common_nouns(texts: Sequence[Text]) -> Iterator[str]:
    """Yield acronyms of common nouns: those that small words spell out, as in résonance magnétique nucléaire (RMN)."""
    for text in texts:
        for match in _ACRONYM_IN_BRACKETS.finditer(text.text):
            before = words_of(text.text[max(0, match.start() - 120) : match.start()])
            initials = [w.text[0] for w in before if not w.elided and w.text.lower() not in lists.FUNCTION_WORDS]
            spelled = "".join(initials[-len(match[1]) :])
            if spelled.islower() and folded(spelled) == folded(match[1]):
                yield match[1]
