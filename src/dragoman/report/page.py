"""The frame of the HTML reports: one file with its style and script in it, which loads nothing.

A content security policy allows the style and the script by their checksums and nothing else, so that not even a text
that escaped its escaping could run. Boxes that filter by verdict work by style alone; the choice of an article and the
search need the script, and are not seen without it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Template

from dragoman.report.escape import for_html
from dragoman.report.word_diff import Part, shown


@cache
def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def page(title: str, body: str, verdicts: Iterable[str]) -> str:
    """Return an HTML document.

    Args:
        title: Text.
        body: HTML, in which sections hold what `case` returns.
        verdicts: Those that `filters` was called with: letters only.

    """
    hidden = (
        f"body:has([name=verdict][value={verdict}]:not(:checked)) .case[data-verdict={verdict}] {{ display: none; }}\n"
        for verdict in verdicts
    )
    style = _file("page.css") + "".join(hidden)
    script = _file("page.js")
    return Template(_file("page.html")).substitute(
        title=for_html(title),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        body=body,
    )


def _hash(content: str) -> str:
    """Return the source expression of a content security policy: https://www.w3.org/TR/CSP3/#grammardef-hash-source."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def filters(verdicts: Mapping[str, int], articles: Sequence[str]) -> str:
    """Return the controls that choose what is shown: a box for each verdict with its number, an article, words."""
    boxes = "".join(
        f'<label><input type="checkbox" name="verdict" value="{verdict}" checked> {verdict} {count}</label>\n'
        for verdict, count in verdicts.items()
    )
    options = "".join(f'<option value="{for_html(name)}">{for_html(name)}</option>' for name in articles)
    return (
        f'<div class="filters" role="group" aria-label="What is shown">\n{boxes}'
        '<select name="article" aria-label="Article" data-script hidden>'
        f'<option value="">all articles</option>{options}</select>\n'
        '<input type="search" name="words" placeholder="words in the texts" aria-label="Words in the texts" '
        'data-script hidden>\n<output class="dim"></output>\n</div>\n'
    )


def case(
    verdict: str, label: str, article: str, place: str, why: Sequence[str], texts: Iterable[tuple[str, str, str, bool]]
) -> str:
    """Return the HTML of one sentence.

    Args:
        verdict: Letters only.
        label: What is said of it: text.
        article: Its article, as `filters` has it: text.
        place: Where it is: text.
        why: What is to be said about it: texts.
        texts: Label, language, HTML, and whether it takes the whole width.

    """
    reasons = "".join(f"<li>{for_html(reason)}</li>" for reason in why)
    shown_texts = "".join(
        f'<div{" class=wide" if wide else ""}><dt>{name}</dt><dd lang="{language}">{text}</dd></div>\n'
        for name, language, text, wide in texts
    )
    return (
        f'<article class="case {verdict}" data-verdict="{verdict}" data-article="{for_html(article)}">\n'
        f'<header><span class="verdict">{for_html(label)}</span> <span class="dim">{for_html(place)}</span></header>\n'
        f'{f"<ul>{reasons}</ul>" if reasons else ""}<dl class="texts">\n{shown_texts}</dl>\n</article>\n'
    )


def marked(parts: Iterable[Part], tag: str) -> str:
    """Return a sentence as HTML in which the changed parts are in an element: del or ins."""
    return "".join(f"<{tag}>{for_html(shown(part))}</{tag}>" if part.changed else for_html(part.text) for part in parts)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return an HTML table in a box that scrolls by itself; the cells are HTML, the head is text.

    The first column holds names, one without a title remarks; the others are figures.
    """
    heads = "".join(f'<th scope="col">{for_html(cell)}</th>' for cell in head)
    classes = ["" if title or not index else " class=note" for index, title in enumerate(head)]
    body = "".join(
        f"<tr>{''.join(f'<td{kind}>{cell}</td>' for kind, cell in zip(classes, row, strict=True))}</tr>\n"
        for row in rows
    )
    return (
        '<div class="scroll" tabindex="0"><table>'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}</tbody></table></div>\n"
    )
