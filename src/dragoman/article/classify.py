"""Tells the lines of an article from what surrounds it on a page.

The classifier works on lines of text and knows nothing of a page but these lines and how far they are indented. It
uses shallow features only, after

- Kohlschütter, Fankhauser and Nejdl, "Boilerplate Detection using Shallow Text Features", WSDM 2010: the length of a
  block and of its neighbours says most;
- Pomikálek, "Removing Boilerplate and Duplicate Content from Web Corpora", 2011 (jusText): running text is dense in
  function words, and a short block is what the blocks around it are;
- Pasternak and Roth, "Extracting Article Text from the Web with Maximum Subsequence Segmentation", WWW 2009: when each
  block has a weight, above zero for text and below for clutter, the article is the run with the highest sum.

The weights and limits are our own, set by hand on a dozen pages and on mixtures of their parts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.article.boilerplate import is_about_page, is_menu, is_network, is_talk, opens, widget
from dragoman.article.lines import (
    ends_sentence,
    fold,
    french_share,
    is_attribution,
    is_byline,
    is_caption,
    is_dateline,
    is_name,
    is_prose,
    words,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph of a text: what `classify` needs to know of it."""

    text: str
    indent: int = 0  # columns before its first character, the bullet included
    bullet: bool = False
    tight: bool = False  # the next one follows without a blank line


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `classify` found."""

    reasons: tuple[str, ...]  # for each line why it is not part of the article; "" if it is
    title: int | None  # index of the article's title
    body: int  # index of the first line of running text below the title
    page: bool  # whether the article was told from a page around it


@dataclass(frozen=True, slots=True)
class _Look:
    """What a line looks like by itself."""

    folded: str
    size: int  # words
    prose: bool
    sentence: bool
    menu: bool
    widget: str
    talk: bool  # the widget is a sentence that an article could have as well
    caption: bool
    furniture: bool  # byline, date line or caption
    about_page: bool


def _look(line: Line) -> _Look:
    text = line.text
    found = words(text)
    own = widget(text)
    caption = not own and len(found) <= _LONGEST_CAPTION and is_caption(text)
    return _Look(
        folded=fold(text),
        size=len(found),
        prose=is_prose(text),
        sentence=french_share(found) > 0.1
        and ((ends_sentence(text) and len(found) >= 3) or (text.endswith(":") and len(found) >= 6)),
        menu=is_menu(text),
        widget=own,
        talk=is_talk(text),
        caption=caption,
        furniture=caption or (not own and (is_dateline(text) or is_byline(text) or _is_meta(text))),
        about_page=is_about_page(text),
    )


def _is_meta(text: str) -> bool:
    """Return whether the line is the date in a row with the author, the section, the number of comments."""
    parts = re.split(r" ?[|·•/] | [–—-] ", text)
    return (
        1 < len(parts) <= 6
        and any(map(is_dateline, parts))
        and all(len(words(part)) <= 4 or is_dateline(part) or is_byline(part) for part in parts)
    )


_LONGEST_CAPTION = 60  # words
_A_PAGE = 6  # lines of clutter; a clean article with a share bar and a link or two has fewer
_COMMENTS_AFTER = 60  # words of running text: a heading for comments ends an article that has at least so many
_MENUS_UNTIL = 40  # words of running text: before that, "À la une" is an entry of a menu
_LONGEST_BOX = 6  # lines of a box with another article in the middle of the text
_RESUMED = 20  # words of a paragraph with which the article goes on below other titles
_NO_TEASER = 60  # words; hardly any teaser is so long
_TEASER = 25  # words of an ordinary teaser
_BODY_SHARE = 0.25  # of the words of the core: less of it at one indent is not the body
_SEARCH_TITLE = 45  # lines above the running text
_GLUED = 5  # words that are put to a title: a site, an author
_LIKE_A_TITLE = 0.3  # points
_TAIL = 12  # lines below the running text


def classify(lines: Sequence[Line], *, title: int | None = None, page: bool = False) -> Verdict:
    """Tell the article's lines from the others.

    A text without clutter is kept whole. On a page, the article is the run of lines with the highest sum of weights,
    with its title and what stands between the two; widgets and lists of other articles inside it are left out, and so
    are the captions of pictures, which did not come along.

    Args:
        lines: The lines that are not blank, in their order.
        title: The index of the article's title where it is known.
        page: Whether the lines are known to be a page; else it is told by the clutter in them.

    """
    looks = [_look(line) for line in lines]
    page = page or _clutter(lines, looks) >= _A_PAGE
    looks = _in_context(lines, looks, page=page)
    body: frozenset[int] = frozenset()
    sections = _sections(lines, looks, body, page=page)
    start, stop = 0, len(lines)
    if page:
        start, stop = _heaviest(_sooner(_weights(lines, looks, sections, body)))
        body = _body_indents(lines, looks, start, stop)
        if body:
            sections = _sections(lines, looks, body, page=True)
            start, stop = _heaviest(_weights(lines, looks, sections, body))
        page = stop > start  # no running text at all: nothing that the rest could be told from
    said = [i for i in range(start, stop) if sections[i] is None and (looks[i].prose or _declares(looks[i]))]
    first = next((i for i in said if looks[i].prose), said[0] if said else start)
    if title is None:
        title = _title(lines, looks, sections, body, first) if page else _title_on_top(lines, looks)
        title = None if title is None else _first_in_head(lines, looks, _alone(lines, looks, title, first))
    while page and start and _MINUTE.match(lines[start - 1].text):
        start -= 1
    if page:
        stop = _tail(lines, looks, sections, body, stop)
    head = start if title is None else min(_above(lines, looks, sections, title), start)
    title_text = "" if title is None else looks[title].folded
    reasons: list[str] = []
    for i, (line, look) in enumerate(zip(lines, looks, strict=True)):
        if i == title:
            reason = ""
        elif i < first and _is_breadcrumb(look.folded, title_text):
            reason = "breadcrumb"
        elif title is not None and _repeats(lines, looks, i, title, first, stop):
            reason = "repeated title"
        else:
            reason = look.widget or _of_section(sections[i], title, i < first)
        if page and not reason and i != title:
            if not head <= i < stop or (i < first and not _belongs_to_head(line, look, body)):
                reason = "menu" if look.menu or line.bullet else "outside the main content"
            elif look.caption:
                reason = "caption"
            elif look.menu and i > first and looks[i - 1].widget:
                reason = reasons[-1]  # the button of a form
            elif line.bullet and not any(char.isalnum() for char in line.text):
                reason = "empty list item"
        reasons.append(reason)
    return Verdict(tuple(reasons), title, first, page)


def _in_context(lines: Sequence[Line], looks: Sequence[_Look], *, page: bool) -> list[_Look]:
    """Return the looks without the widgets that only look so.

    A network's name above a paragraph is its heading, unless other buttons are beside it. In a text that is no page,
    sentences of widgets count below the article only: it may say "Nous utilisons des cookies" as well.
    """
    end = max((i + 1 for i, look in enumerate(looks) if look.prose and not look.widget), default=0)
    found = []
    for i, (line, look) in enumerate(zip(lines, looks, strict=True)):
        beside = (*looks[max(i - 1, 0) : i], *looks[i + 1 : i + 2])
        alone = not any(other.widget and not other.talk for other in beside)
        heads = alone and i + 1 < len(looks) and looks[i + 1].prose and is_network(line.text)
        if heads or (look.talk and not page and i < end):
            look = replace(look, widget="")
        found.append(look)
    return found


def _clutter(lines: Sequence[Line], looks: Sequence[_Look]) -> int:
    """Return how many lines are clutter by their looks: widgets, their headings, and lists of menu words."""
    count = run = known = 0
    for line, look in zip(lines, looks, strict=True):
        count += bool(look.widget or opens(line.text, page=False))
        if (line.bullet or look.menu) and not (look.sentence or look.prose):
            run += not look.widget
            known += look.menu
        else:
            count += _menu(run, known)
            run = known = 0
    return count + _menu(run, known)


def _menu(run: int, known: int) -> int:
    """Return the length of a run of short lines if it is a menu."""
    return run if run >= 3 and known >= 2 else 0


def _of_section(section: _Section | None, title: int | None, above: bool) -> str:
    """Return the section's name, except for a line below the title in a section that was opened above it."""
    if section is None or (above and title is not None and section.opener < title):
        return ""
    return section.reason


@dataclass(frozen=True, slots=True)
class _Section:
    reason: str
    opener: int  # the line that opens it


def _sections(
    lines: Sequence[Line], looks: Sequence[_Look], body: frozenset[int], *, page: bool
) -> list[_Section | None]:
    """Return for each line the section of clutter that it is in.

    A section ends where the article goes on: at running text that stands where the body stands, or, where indents say
    nothing, at text longer than a teaser. Comments never end, if the article is above them.
    """
    sections: list[_Section | None] = []
    now: _Section | None = None
    final = False
    before = 0
    for i, (line, look) in enumerate(zip(lines, looks, strict=True)):
        reason = "" if final or line.bullet else opens(line.text, page=page and before >= _MENUS_UNTIL)
        if reason:
            now = _Section(reason, i)
            final = reason == "comments" and _comments_follow(lines, looks, i, before, body)
        elif now and not final and _resumes(lines, looks, i, now.opener, body, page=page):
            begin = i
            if body and i - now.opener > 2 and _heads(lines[i - 1], looks[i - 1], line):
                begin = i - 1
            elif not body:
                long = (j for j in range(now.opener + 1, i) if looks[j].prose and looks[j].size >= _RESUMED)
                begin = next(long, i)
            sections[begin:] = [None] * (i - begin)
            now = None
        sections.append(now)
        if look.prose and now is None and not look.widget:
            before += look.size
    return sections


def _comments_follow(
    lines: Sequence[Line], looks: Sequence[_Look], opener: int, before: int, body: frozenset[int]
) -> bool:
    """Return whether readers' comments follow, rather than the article below a link to them."""
    signs = sum(bool(look.widget == "comments" or _SIGNED.search(look.folded)) for look in looks[opener : opener + 30])
    if before < _COMMENTS_AFTER:
        return signs >= 4 and before > 0
    if signs >= 2:
        return True
    below = range(opener + 1, min(opener + 9, len(lines)))
    return not any(looks[i].size >= 25 and looks[i].prose and (not body or _at_body(lines[i], body)) for i in below)


_SIGNED = re.compile(
    r"\b(?:le|on) .{3,30}\b(?:a|at) \d{1,2} ?[h:] ?\d{2}|^il y a \d+ (?:minute|heure|jour|mois|an)|^repondre$"
    r"|· \d{1,2} \w+ \d{4}$"
)


def _heads(line: Line, look: _Look, below: Line) -> bool:
    """Return whether the line may be the heading of the running text below it."""
    return line.indent == below.indent and not (line.bullet or look.widget) and look.size <= 15


def _resumes(
    lines: Sequence[Line], looks: Sequence[_Look], at: int, opener: int, body: frozenset[int], *, page: bool
) -> bool:
    """Return whether the article goes on at this line, after a section of clutter."""
    look = looks[at]
    near = at - opener <= _LONGEST_BOX
    if body and near and lines[opener].tight and not (lines[at - 1].tight or lines[at].bullet or look.widget):
        box = lines[opener:at]  # a box in the middle of the text: its lines stand close together
        if all(line.tight for line in box[:-1]) and {line.indent for line in (*box, lines[at])} <= body:
            return True
    if not look.prose or look.widget or look.about_page:
        return False
    if page and (lines[at - 1].bullet or any(below.furniture for below in looks[at + 1 : at + 3])):
        return False  # a teaser: between another title and another byline
    if look.size < _RESUMED:
        return not page or (_at_body(lines[at], body) and not lines[at].bullet)
    if body:
        long = [i for i in range(at, min(at + 5, len(lines))) if looks[i].prose and looks[i].size >= _TEASER]
        return _at_body(lines[at], body) or (look.size >= _TEASER and len(long) >= 3)
    below = looks[at + 1 : at + 2]
    short = 0  # lines since the last running text: teasers have one each, their title
    while at - short - 1 > opener and not looks[at - short - 1].prose:
        short += 1
    return not page or short > 1 or look.size >= _NO_TEASER or any(look.prose for look in below)


def _weights(
    lines: Sequence[Line], looks: Sequence[_Look], sections: Sequence[_Section | None], body: frozenset[int]
) -> list[float]:
    """Return for each line how much it speaks for the article, in words of running text."""
    weights = []
    announced = False  # a list, by a colon above it
    for i, (line, look) in enumerate(zip(lines, looks, strict=True)):
        announced = announced if line.bullet else line.text.endswith(":")
        section = sections[i]
        terms = look.prose and look.about_page and not _at_body(line, body)
        if section is not None and section.opener == i:
            weights.append(-10.0)
        elif look.widget or terms or section is not None:
            weights.append(-4.0)
        elif look.prose:
            weights.append(_weight_of_prose(line, look, body))
        else:
            weights.append(_weight_of_short(line, look, body, announced=announced))
    return weights


def _weight_of_prose(line: Line, look: _Look, body: frozenset[int]) -> float:
    if _at_body(line, body) or (not body and not line.bullet):
        return min(look.size, 60)
    if line.bullet:
        return 0.6 * min(look.size, 40)
    if any(abs(line.indent - indent) <= 2 for indent in body):
        return 0.6 * min(look.size, 60)
    return max(min(look.size - _TEASER, 30), -3)


def _weight_of_short(line: Line, look: _Look, body: frozenset[int], *, announced: bool) -> float:
    at_body = _at_body(line, body)
    if look.sentence:
        return min(look.size, 10) / 2 if at_body or not body else -1.0
    if look.size == 0:
        return -0.3
    if line.bullet or look.menu:
        if at_body or (announced and line.bullet and not look.menu):
            return -0.3
        return -3.0 if look.menu or body else -1.0
    return -0.5 if at_body else -2.0 if body else -1.0


def _sooner(weights: Sequence[float]) -> list[float]:
    """Return the weights, less towards the end: there a short article has comments and other articles below it."""
    return [weight * (1 - 0.5 * i / len(weights)) for i, weight in enumerate(weights)]


def _heaviest(weights: Sequence[float]) -> tuple[int, int]:
    """Return the run of weights with the highest sum above zero, half-open; an empty one if there is none."""
    best, best_sum = (0, 0), 0.0
    begin, total = 0, 0.0
    for i, weight in enumerate(weights):
        if total <= 0:
            begin, total = i, 0.0
        total += weight
        if total > best_sum:
            best, best_sum = (begin, i + 1), total
    return best


def _body_indents(lines: Sequence[Line], looks: Sequence[_Look], start: int, stop: int) -> frozenset[int]:
    """Return the indents at which the article's running text stands; none if the indents tell nothing."""
    mass: Counter[int] = Counter()
    for line, look in zip(lines[start:stop], looks[start:stop], strict=True):
        if look.prose and not look.widget and not line.bullet:
            mass[line.indent] += min(look.size, 150)
    body = frozenset(indent for indent, size in mass.items() if size >= _BODY_SHARE * mass.total())
    others = [line for line, look in zip(lines, looks, strict=True) if not look.prose]
    return body if sum(line.indent in body for line in others) <= 0.6 * len(others) else frozenset()


def _at_body(line: Line, body: frozenset[int]) -> bool:
    return line.indent in body or (line.bullet and (line.indent - 2 in body or line.indent - 4 in body))


def _title(
    lines: Sequence[Line],
    looks: Sequence[_Look],
    sections: Sequence[_Section | None],
    body: frozenset[int],
    first: int,
) -> int | None:
    """Return the index of a page's title above (or at) the first line of running text.

    What is said again elsewhere on the page (breadcrumb, window title, teaser) is likely to be the title; then what is
    close to the text, and long enough to say something.
    """
    said = Counter(look.folded for look in looks)
    listed = Counter(look.folded for line, look in zip(lines, looks, strict=True) if line.bullet)
    best, best_score = None, _LIKE_A_TITLE
    crossed = 0.0
    top = min(first, len(lines) - 1)
    for i in range(top, max(first - _SEARCH_TITLE, 0) - 1, -1):
        line, look = lines[i], looks[i]
        if look.widget or look.furniture or look.size == 0:
            continue
        crossed += 0.1 * (i < top)
        if look.menu or line.bullet or _MINUTE.match(line.text):
            continue
        again = said[look.folded] - 1 + _glued(looks, i, first)
        if look.size < 4:
            again -= listed[look.folded]  # an entry of a menu that comes twice
        if not again and is_name(line.text):
            continue
        score = 1.0 if look.size >= 4 else 0.5 if look.size >= 2 else -0.5
        if again > 0 and look.size >= 2:
            score += (3.0 if look.size >= 4 else 1.5) + 0.3 * min(again - 1, 2)
        score -= crossed
        score -= 3.0 * (look.size > 35 or look.folded.endswith((":", ",", ";")))
        score -= 2.0 * _declares(look)
        score -= 1.0 * (sections[i] is not None) + 1.0 * bool(_YEAR_OF_A_DATE.search(look.folded))
        score -= 1.5 * (i == first) + 0.4 * (line.indent > max(body, default=line.indent) + 2)
        below = next((j for j in range(i + 1, top + 1) if looks[j].size and not looks[j].widget), top)
        score += 0.5 * (looks[below].furniture or looks[below].prose) - 1.0 * _in_a_list(lines, looks, i)
        if score > best_score:
            best, best_score = i, score
    return best


_YEAR_OF_A_DATE = re.compile(r"\b\d{1,2} [a-z]{3,9}\.? (?:19|20)\d\d|\d[/.]\d{1,2}[/.](?:19|20)?\d\d\b")


_MINUTE = re.compile(r"\d{1,3}(?:\+\d+)?[’'′]")  # of a match that is told live


def _above(lines: Sequence[Line], looks: Sequence[_Look], sections: Sequence[_Section | None], title: int) -> int:
    """Return where the head begins: lines that could as well be the title, right above what was taken for it."""
    head = title
    for i in range(title - 1, max(title - 6, -1), -1):
        look = looks[i]
        if look.widget in ("share widget", "reading aid"):
            continue
        if lines[i].bullet or look.widget or look.menu or sections[i] is not None:
            break
        if look.size >= 4 or look.furniture:
            head = i
        elif look.size:
            break
    return head


def _title_on_top(lines: Sequence[Line], looks: Sequence[_Look]) -> int | None:
    """Return the index of the title of a text without clutter: its first line, if that is set off and no sentence.

    A word or two above it name the section.
    """
    section = None
    for i, (line, look) in enumerate(zip(lines, looks, strict=True)):
        if look.widget or look.furniture or look.size == 0 or _is_breadcrumb(look.folded, ""):
            continue
        if line.bullet or _declares(look) or look.size > 35 or line.text.endswith((",", ";", ":")):
            return section
        if not _stands_alone(lines, looks, i):
            return section
        if section is not None or not (look.size == 1 or look.menu or line.text.isupper()):
            return i
        section = i
    return section


def _stands_alone(lines: Sequence[Line], looks: Sequence[_Look], at: int) -> bool:
    """Return whether the line is set off from what follows it, as a title is."""
    if at + 1 == len(lines):
        return False
    return not lines[at].tight or looks[at + 1].prose or looks[at + 1].furniture


def _in_a_list(lines: Sequence[Line], looks: Sequence[_Look], at: int) -> bool:
    """Return whether the lines above and below are short as well and stand under one another."""
    around = range(max(at - 1, 0), min(at + 2, len(lines)))
    return len(around) == 3 and all(
        lines[i].indent == lines[at].indent and looks[i].size <= 4 and not looks[i].furniture for i in around
    )


def _declares(look: _Look) -> bool:
    return look.sentence and not look.folded.endswith(("?", "!", "...", "…", "»", '"', "”"))


def _glued(looks: Sequence[_Look], at: int, first: int) -> int:
    """Return how many lines of the head hold this one and something more: a site's name, a breadcrumb."""
    text = looks[at].folded
    return sum(
        i != at and len(look.folded) > len(text) and (look.folded.startswith(text) or look.folded.endswith(text))
        for i, look in enumerate(looks[: first + 1])
        if not look.prose
    )


def _alone(lines: Sequence[Line], looks: Sequence[_Look], title: int, first: int) -> int:
    """Return the line of the head that has the title alone, if the site's name or the author's is glued to this one."""
    for i in range(min(first, len(lines))):
        size = looks[i].size
        glued = looks[title].folded.startswith(looks[i].folded) and not lines[i].bullet
        if glued and 3 <= size < looks[title].size <= size + _GLUED:
            return i
    return title


def _first_in_head(lines: Sequence[Line], looks: Sequence[_Look], title: int) -> int:
    """Return the first of the title's repetitions that only furniture separates from it."""
    text = looks[title].folded
    found = title
    for i in range(title - 1, -1, -1):
        if looks[i].folded == text and not lines[i].bullet:
            found = i
        elif not (looks[i].furniture or text in looks[i].folded):
            break
    return found


def _repeats(lines: Sequence[Line], looks: Sequence[_Look], at: int, title: int, first: int, stop: int) -> bool:
    """Return whether the line says the title again, alone or with the name of the site or the author behind it."""
    text, folded = looks[title].folded, looks[at].folded
    if looks[title].size < 2 or text not in folded or looks[at].size > looks[title].size + _GLUED:
        return False
    if folded == text:
        verse = lines[at].tight and at + 1 < len(lines) and not looks[at + 1].furniture and not looks[at + 1].prose
        return not (title < at < stop and (verse or at > first))
    rest = folded.replace(text, "", 1)
    return not title < at < stop or (at < first and not ends_sentence(rest) and french_share(words(rest)) < 0.5)


_STEP = re.compile(r" ?(?:[>›»→/|]|(?<= )[-–•·](?= )) ?")
_HOME = re.compile(r"\[?(?:accueil|home|vous etes ici ?:?(?: accueil)?|(?:a la )?une|actualites?)\]?")


def _is_breadcrumb(folded: str, title: str) -> bool:
    """Return whether the line is a path from the home page, or one of several steps that ends with the title."""
    steps = [step for step in _STEP.split(folded) if step] if len(folded) <= 400 else []
    if len(steps) < 2 and not _STEP.search(folded):
        return False
    return bool(_HOME.fullmatch(steps[0])) if steps and steps[-1] != title else len(steps) >= 3


def _belongs_to_head(line: Line, look: _Look, body: frozenset[int]) -> bool:
    """Return whether a line between the title and the running text is of the article: a subtitle, a byline, a lead."""
    if look.size == 0:
        return bool(_MINUTE.match(line.text))
    if look.sentence or look.prose or look.furniture or is_name(line.text):
        return True
    return not line.bullet and (look.size >= 4 or (line.indent in body and not look.menu))


def _tail(
    lines: Sequence[Line],
    looks: Sequence[_Look],
    sections: Sequence[_Section | None],
    body: frozenset[int],
    stop: int,
) -> int:
    """Return where the article ends when what belongs to its last lines is added: a signature, a credit, a note."""
    for i in range(stop, min(stop + _TAIL, len(lines))):
        look = looks[i]
        if look.widget or sections[i] is not None or look.about_page:
            break
        beside = look.size >= 8 and any(abs(lines[i].indent - indent) <= 2 for indent in body)
        if body and not (beside or _at_body(lines[i], body)):
            break
        text = lines[i].text
        above = lines[stop - 1] if stop == i else None
        listed = lines[i].bullet and not look.menu and above is not None and (above.bullet or above.text.endswith(":"))
        signed = look.furniture or is_name(text) or is_attribution(text) or (look.size and ends_sentence(text))
        if body or listed or signed:
            stop = i + 1
        elif look.size:
            break
    return stop
