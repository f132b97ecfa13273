"""Applies glossaries to a segment: marks its terms, and mends the English around a form that was put in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.glossary import english
from dragoman.glossary.match import Match, Matcher
from dragoman.glossary.render import expansion, first_mention, render
from dragoman.glossary.resolve import built_in
from dragoman.glossary.spelling import spellings
from dragoman.localise.edit import Edit
from dragoman.protect.span import Span, SpanKind, term_pattern

_ARTICLE = re.compile(r"(?<![\w'’-])(?P<article>an?)(?P<gap>[ \u00a0]+[\"“‘(]?)$", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:(?<!\w)(?:l['’]|le |la |les |du |des |au |aux ))$", re.IGNORECASE)
# A determiner, with at most one word between it and the term: the powerful CGT.
_DETERMINED = re.compile(
    r"(?:(?<!\w)(?:the|an?|this|that|these|those|its|his|her|their|our|my|your|no|each|every|any|some|another)|['’]s|s['’])"
    r"(?:[ \u00a0](?!(?:and|or|of|to|in|for|by|with|from|at|on|as|but|than)\b)[\w-]+)?[ \u00a0][\"“‘(]?$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile("['’]s?(?!\\w)")
# A title before a name has no article in English: le pape François is Pope Francis.
_TITLED = re.compile(r"(?:Pope|King|Queen|Prince|Princess|Emperor|Empress|Tsar|Saint|St\.) [A-Z]")
_THE = re.compile(r"(?<![\w'’-])[Tt]he $")
_HYPHEN = re.compile(r"[-‑](?=\w)")
_OR = '[”"’]?(?:,| -| –)? (?:or |also called |known as |that is |i\\.e\\. )?(?:the )?[“"‘]?'
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s)[\"“‘(\[]?$")


def term_spans(
    text: str, matcher: Matcher, mentioned: set[str] | None = None, taken: Sequence[tuple[int, int]] = ()
) -> tuple[Span, ...]:
    """Return the terms of a segment as spans, in order and without overlap.

    Args:
        text: The segment, French.
        matcher: The compiled glossaries.
        mentioned: What was mentioned before in the article; what this segment mentions is added. None where nothing is
            to be spelled out: in a headline.
        taken: Ranges of the text (characters, half-open) that other spans have: codes, figures.

    """
    spans = []
    for match in matcher.find(text, taken):
        forms = render(match, text)
        if not forms:
            continue
        first = _first(match, text, mentioned) if mentioned is not None else ""
        if first and (words := expansion(first)):
            words = words.removeprefix("the ")
            more = spellings(words) if built_in(*match.entries) else (words,)
            forms = tuple(dict.fromkeys((*forms, *more)))
        spans.append(Span(match.start, match.end, SpanKind.TERM, forms, first))
    return tuple(spans)


def expand(spans: Sequence[Span], text: str) -> list[Edit]:
    """Return edits that spell out the terms that a translation mentions for the first time.

    The first place in the text where a form of the term stands gets its form for the first mention, with a/an and "the"
    as that form needs them, unless it is spelled out already. Of a possessive, the words get the 's: "the World Health
    Organization's (WHO) director".
    """
    edits: list[Edit] = []
    for span in spans:
        first = span.first
        bare = first.removeprefix("the ")
        if not first or bare.casefold() in text.casefold():
            continue
        found = sorted(match.span() for form in span.render for match in term_pattern(form).finditer(text))
        free = [place for place in found if all(e.end <= place[0] or place[1] <= e.start for e in edits)]
        free = [(start, end) for start, end in free if not _HYPHEN.match(text, end)]  # an AI-based tool
        if not free:
            continue
        # Of two forms at one place, the longer one: "artificial intelligence", not "intelligence".
        start, end = min(free, key=lambda place: (place[0], -place[1]))
        if text.startswith(" (", end) or _explained(bare, text, start, end):
            continue
        form = bare if _DETERMINED.search(text, 0, start) or text[:start].endswith(("-", "/")) else first
        possessive = _POSSESSIVE.match(text, end)
        if possessive and (words := expansion(form)):
            form, end = words + possessive[0] + form.removeprefix(words), possessive.end()
        begin, end = _without_doubled(text, start, end, expansion(bare).split())
        if begin < start and _DETERMINED.search(text, 0, begin):
            form = form.removeprefix("the ")
        start = begin
        if _SENTENCE_START.search(text, 0, start):
            form = form[0].upper() + form[1:]
        if any(start < e.end and e.start < end for e in edits):
            continue
        edits.append(Edit(start, end, form))
        edits += _article_edit(text[:start], form)
    return sorted(edits, key=lambda edit: edit.start)


def _explained(first: str, text: str, start: int, end: int) -> bool:
    """Tell whether a text says what an acronym stands for without brackets: the World Health Organization, or WHO."""
    expanded = english.EXPANDED.match(first)
    if not expanded:
        return False
    words, acronym = re.escape(expanded["words"]), re.escape(expanded["acronym"])
    pair = rf"(?:{words}{_OR}{acronym}|{acronym}{_OR}{words})(?!\w)"
    return any(m.start() <= start and end <= m.end() for m in re.finditer(pair, text, re.IGNORECASE))


def _without_doubled(text: str, start: int, end: int, words: Sequence[str]) -> tuple[int, int]:
    """Return the range of text[start:end], where words go, with what says some of them right beside it: HIV [virus]."""
    for count in range(len(words), 0, -1):
        before, after = " ".join(words[:count]) + " ", " " + " ".join(words[-count:])
        if text[:start].casefold().endswith(before.casefold()) and not text[: start - len(before)][-1:].isalnum():
            start -= len(before)
        if text[end:].casefold().startswith(after.casefold()) and not text[end + len(after) :][:1].isalnum():
            end += len(after)
    return start, end


def article_edits(text: str, start: int, end: int) -> list[Edit]:
    """Return edits that mend the English around a form that was put in at text[start:end], half-open.

    a and an follow its first sound, a title before a name loses its article, and words of it that stand right before or
    behind it once more are removed: "the National [National Assembly]", "[board of directors] of directors", "the board
    the [board of directors]", "Ministry of [Labor Ministry]".
    """
    form = text[start:end]
    before, behind = _without_doubled(text, start, end, form.split())
    if before == start:
        before -= _again(text[:start], form)
    edits = [Edit(*place, "") for place in ((before, start), (end, behind)) if place[0] < place[1]]
    edits += _article_edit(text[:before], form)
    if _TITLED.match(form) and (the := _THE.search(text, 0, before)):
        edits.append(Edit(the.start(), before, ""))
    return sorted(edits, key=lambda edit: edit.start)


def _again(before: str, form: str) -> int:
    """Return how many characters before a form say its first word, with an article, or its last one, with "of"."""
    words = form.split()
    first, last = re.escape(words[0]), re.escape(words[-1])
    if (doubled := re.search(rf"(?<![\w'’-]){first} the $", before, re.IGNORECASE)) and len(words) > 1:
        return len(before) - doubled.start()
    head = re.search(rf"(?<![\w'’-]){last} of $", before)
    return len(before) - head.start() if head and len(words) > 1 and not last.endswith("s") else 0


def _article_edit(before: str, form: str) -> list[Edit]:
    """Return the edit that makes an indefinite article at the end of `before` fit the form behind it, if any."""
    found = _ARTICLE.search(before)
    if not found:
        return []
    wanted = english.article(form)
    given = found["article"]
    start = found.start("article")
    if given.lower() == wanted or (given[0].isupper() and not _SENTENCE_START.search(before[:start])):
        return []  # the second: Livret A
    return [Edit(start, start + len(given), wanted.capitalize() if given[0].isupper() else wanted)]


def _first(match: Match, text: str, mentioned: set[str]) -> str:
    """Return the form for the first mention if this is it; then "the" is put before a name that French gives one."""
    first = first_mention(match)
    if not first or first in mentioned or _quoted(text, match.start):
        return ""
    mentioned.add(first)
    if spelled_out(match, text):
        return ""
    definite = first[0].isupper() and expansion(first) and _DEFINITE.search(text, 0, match.start)
    return f"the {first}" if definite and not first.startswith("the ") else first


def spelled_out(match: Match, text: str) -> bool:
    """Tell whether the French spells the term out: (AGI) behind its words, or the words in brackets behind AGI."""
    if text[: match.start].endswith("(") and text[match.end :].startswith(")"):
        return True
    bracket = re.match(r"[ \u00a0]\(([^()]+)\)", text[match.end :])
    if not bracket:
        return False
    inside = bracket[1].strip()
    return inside.isupper() or (" " in inside and inside[0].casefold() == text[match.start].casefold())


def _quoted(text: str, at: int) -> bool:
    """Tell whether an offset is inside a quotation, whose words are not to be changed."""
    before = text[:at]
    return before.count("«") > before.count("»") or before.count("“") > before.count("”") or before.count('"') % 2 == 1
