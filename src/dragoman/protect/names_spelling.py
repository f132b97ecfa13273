"""Compares names with what a translation made of them: whether they are there, and how to spell them right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from dragoman.localise.edit import Edit
from dragoman.protect.names_words import first_name, folded

if TYPE_CHECKING:
    from dragoman.protect.entities import Entity
    from dragoman.protect.span import Span

    Name: TypeAlias = Entity | Span

# What many places and institutions have in their names: it says nothing by itself.
_COMMON_PARTS = frozenset(
    "saint sainte saints port mont ville bourg val san santa new los las the les des north south east west nord sud "
    "est ouest grand grande union united national nationale international royal club university universite".split()
)
_POSSESSIVE = re.compile(r"['’]s?$")
_WORD = re.compile(r"[^\W_]+(?:[-‑'’.&][^\W_]+)*")
# How French and English write sounds of Russian, Arabic and other scripts, each as one letter.
_SOUNDS = (
    (r"tch|tsch|cz|ch|sh|sch|č|š|ç", "s"),
    (r"dj|dzh|j|zh|g(?=[eiy])", "j"),
    (r"ou|oo|w|u", "u"),
    (r"ph|v|ff|f", "f"),
    (r"th|tt|t", "t"),
    (r"kh|gh|q|ck|k|c|x|h", "k"),
    (r"ss|tz|ts|z|s", "s"),
    (r"iy|yi|ii|y|i|é|e|j", "i"),
)


def places(entity: Name, target: str) -> list[tuple[int, int]]:
    """Return where right forms of a name stand in a translation (characters, half-open), the preferred first.

    They must be there to the letter, at word boundaries; apostrophes and spaces are alike.
    """
    return [match.span() for form in entity.render for match in _pattern(form).finditer(target)]


def _pattern(form: str) -> re.Pattern[str]:
    escaped = re.sub(r"\\?['’ʼ]", "['’ʼ]", re.escape(form))
    escaped = re.sub(r"\\?[ \u00a0\u202f\u2009]", "[ \u00a0\u202f\u2009]", escaped)
    return re.compile(rf"(?<!\w){escaped}(?!\w)")


def said(entity: Name, target: str) -> bool:
    """Tell whether a translation says a name, in whatever right way: to judge translations by people as well.

    Accents, case, hyphens and spaces don't count, nor do the plural, the possessive and what English derives from a
    place (Judea, Judean); the surname is enough, and so is another way to write the sounds of another script
    (Timochenko, Tymoshenko). A wrong letter counts: see `respell`.
    """
    text = _words(target)
    words = set(text.split())
    closed = _closed(text)
    for form in entity.render:
        key = _words(form)
        parts = key.split()
        if _closed(key) in words or (len(key) > 5 and _closed(key) in closed):
            return True
        if len(parts) > 1 and f" {key} " in f" {text} ":
            return True
        # A part of a longer name is enough if it says as much: Merkel, not Angela, nor the Saint of a town.
        given = _words(form.split()[0]).split() if len(form.split()) > 1 and first_name(form.split()[0]) else []
        telling = [part for part in parts[len(given) :] if len(part) > 2 and part not in _COMMON_PARTS]
        if any(part in words for part in (parts if len(parts) == 1 else telling)):
            return True
        if any(char.isdigit() for char in key) and f" {key}s " in f" {text} ":
            return True  # the Il-76s
        if any(f"{key}{ending}" in words for ending in ("s", "es", "n", "an", "ian")) or key.removesuffix("s") in words:
            return True
    sounds = {_sound(word) for word in words}
    return any(
        len(part) > 3 and part not in _COMMON_PARTS and _sound(part) in sounds
        for form in entity.render
        for part in _words(form).split()[-1:]
    )


def _words(text: str) -> str:
    """Return the folded words of a text, without punctuation and possessive endings, with single spaces."""
    return " ".join(_POSSESSIVE.sub("", word) for word in re.findall(r"[^\W_]+(?:['.&][^\W_]+)*", folded(text)))


def _sound(word: str) -> str:
    for pattern, letter in _SOUNDS:
        word = re.sub(pattern, letter, word)
    return re.sub(r"(.)\1+", r"\1", word)


def respell(entities: Sequence[Name], source: str, target: str) -> list[Edit]:
    """Return edits that set right the names that a translation has nearly right, sorted and without overlap.

    Accents, case, spaces and hyphens of a name that is missing are mended, and one wrong letter of a long one (two of
    a very long one), where no other word of the source is as near. What is right already is never touched, but for the
    accents of the preferred form, which an accepted one may lack.

    Args:
        entities: Those of the source, by offsets in it.
        source: The segment, French.
        target: Its translation.

    """
    taken = [place for entity in entities for place in places(entity, target)]
    edits = _accented(entities, target, taken)
    others = {folded(word) for word in _WORD.findall(source)}
    needed = Counter(entity.render for entity in entities)
    for entity in entities:
        if len(places(entity, target)) >= needed[entity.render]:
            continue
        best = _nearest(entity, target, taken, others)
        if best:
            needed[entity.render] -= 1
            edits.append(best)
            taken.append((best.start, best.end))
    return sorted(edits, key=lambda edit: edit.start)


# What English may call those whom French calls so, and what it calls them if a translation doesn't; a lawyer's title
# has no English word before the name.
_TITLES = (
    (r"M\.?|Monsieur", r"Mr", "Mr "),
    (r"Mme|Madame", r"Mrs|Ms|Miss", "Mrs "),
    (r"Mlle|Mademoiselle", r"Miss|Ms|Mrs", "Miss "),
    (r"Me|Maître", r"", ""),
)
_TITLE = re.compile(r"(?<![\w.])(?P<title>Mr|Mrs|Ms|Miss|Me|M|Mme|Mlle|Mister|Madame|Monsieur)\b\.?[ \u00a0]$")


def titles(spans: Sequence[Span], source: str, target: str) -> list[Edit]:
    """Return edits that give people the titles that they have in the source: no Mr for « Mme », no Me for a lawyer.

    Nothing is added where a translation has no title, and nothing is done where the source gives one name two titles.

    Args:
        spans: Those of the source, by offsets in it.
        source: The segment, French.
        target: Its translation.

    """
    given: dict[str, set[int]] = {}
    for span in spans:
        ranks = [
            rank
            for rank, (french, _, _) in enumerate(_TITLES)
            if re.search(rf"(?<![\w.])(?<! et )(?:{french})[ \u00a0]$", source[: span.start])
        ]
        for form in span.render:
            given.setdefault(form, set()).update(ranks or (-1,))
    edits = {
        Edit(title.start(), title.end(), wanted)
        for form, ranks in given.items()
        if len(ranks) == 1 and (rank := min(ranks)) >= 0
        for english, wanted in [_TITLES[rank][1:]]
        for place in _pattern(form).finditer(target)
        if (title := _TITLE.search(target, 0, place.start())) and not re.fullmatch(english, title["title"])
    }
    return sorted(edits, key=lambda edit: edit.start)


def initial(spans: Sequence[Span], source: str, target: str) -> list[Edit]:
    """Return the edit that gives a name its capital where a translation begins with it: Rue de la Paix."""
    if not source[:1].isupper() or not target[:1].islower():
        return []
    capital = target[0].upper()
    for span in spans:
        forms = [form for form in span.render if target.startswith(form)]
        if any(capital + form[1:] in span.render for form in forms):
            return [Edit(0, 1, capital)]
    return []


def _accented(entities: Sequence[Name], target: str, taken: Sequence[tuple[int, int]]) -> list[Edit]:
    """Return edits that give names the accents of their preferred form, where an accepted one lacks them."""
    edits: list[Edit] = []
    for entity in entities:
        form = entity.render[0]
        for start, end in places(entity, target):
            given = target[start:end]
            inner = any(a <= start and end <= b and b - a > end - start for a, b in taken)
            edit = Edit(start, end, form)
            if _plain(given) != _plain(form) and folded(given) == folded(form) and not inner and edit not in edits:
                edits.append(edit)
    return edits


def _plain(text: str) -> str:
    """Return a text with one kind of apostrophes and spaces."""
    return re.sub(r"[\u00a0\u202f\u2009]", " ", re.sub("[’ʼ]", "'", text))


def _nearest(entity: Name, target: str, taken: Sequence[tuple[int, int]], others: set[str]) -> Edit | None:
    for form in entity.render:
        wanted = _closed(folded(form))
        for start, end in _candidates(form, target):
            if all(end <= a or b <= start for a, b in taken) and _closed(folded(target[start:end])) == wanted:
                return Edit(start, end, form)
    for form in entity.render[:1]:
        if len(form) < 6:
            continue
        wanted = folded(form)
        own = set(wanted.split())
        for start, end in _candidates(form, target):
            given = folded(target[start:end])
            if any(start < b and a < end for a, b in taken) or not target[start].isupper():
                continue
            if given in others or any(word in others - own for word in given.split()):
                continue
            allowed = 1 if len(form) < 9 else 2
            if given[0] == wanted[0] and _distance(given, wanted, allowed) <= allowed:
                return Edit(start, end, form)
    return None


def _candidates(form: str, target: str) -> Iterator[tuple[int, int]]:
    """Yield runs of words of a translation that may be a form of a name, without possessive endings."""
    words = [(m.start(), m.end()) for m in _WORD.finditer(target)]
    words = [(a, a + len(_POSSESSIVE.sub("", target[a:b]))) for a, b in words]
    count = len(form.split())
    for size in dict.fromkeys((count, count + 1, *([count - 1] if count > 1 else ()))):
        for index in range(len(words) - size + 1):
            start, end = words[index][0], words[index + size - 1][1]
            if abs((end - start) - len(form)) <= 4 and "\n" not in target[start:end]:
                yield start, end


def _closed(text: str) -> str:
    return re.sub(r"[ '.-]", "", text)


def _distance(one: str, other: str, most: int) -> int:
    """Return the Levenshtein distance of two short texts, or more than `most` if it is more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
        if min(row) > most:
            return most + 1
    return row[-1]
