"""Faults to seed into a suite, and harmless changes: what a regression check must find, and what it must not."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from dragoman.engine import ladder
from dragoman.regress.compare import Verdict


class Recorded:
    """An engine that asks a model for each request once, and then gives the same results again."""

    def __init__(self, model):
        self.model = model
        self.known = {}

    def __call__(self, requests):
        new = [request for request in dict.fromkeys(requests) if request not in self.known]
        self.known.update(zip(new, ladder.translate(self.model, new), strict=True))
        return [self.known[request] for request in requests]


@dataclass(frozen=True)
class Fault:
    """A fault in the translation of one sentence, and the class that it belongs to."""

    kind: str
    article: str
    source: str
    seed: Callable[[str], str]  # what the model says, with the fault in it
    verdict: Verdict
    what: tuple[str, ...]  # one of these must be named as what fails; nothing if it is empty


def seeded(engine, fault):
    """Return an engine with a fault."""

    def faulty(requests):
        return [
            replace(result, text=fault.seed(result.text), codes=()) if request.text == fault.source else result
            for request, result in zip(requests, engine(requests), strict=True)
        ]

    return faulty


def faults(states, said):
    """Return the faults that can be seeded into articles, at most one of a kind in a sentence.

    Args:
        states: The articles as they are.
        said: What the model says for each French sentence, before localisation.

    """
    found = []
    for state in states:
        asked = [
            s for s in state.segments if s.source in said and sum(s.source == o.source for o in state.segments) == 1
        ]
        for segment in asked:
            text = said[segment.source]

            def add(kind, seed, *what, source=segment.source, article=state.article):
                if seed(said[source]) != said[source]:
                    found.append(Fault(kind, article, source, seed, Verdict.BROKEN, what))

            for name in segment.entities[:1]:
                if name.translation and text.count(name.translation) == 1:
                    add("name dropped", _replaced(name.translation, "they"), "name")
                    if len(name.translation) > 4:
                        add("name misspelt", _replaced(name.translation, _misspelt(name.translation)), "name")
            for term in segment.terms[:1]:
                if term.translation and text.count(term.translation) == 1:
                    add("term lost", _replaced(term.translation, "thing"), "term")
            if segment.figures and re.search(r"\d", text):
                add("figure altered", _altered, "figure")
            if segment.quotations:
                add("quotation unbalanced", _unclosed, "quotation")
            if len(text.split()) > 6:
                add("translation truncated", _halved, "translation", "omission", "length", "left-out", "name", "figure")
        for one, other in pairwise(asked):
            a, b = said[one.source], said[other.source]
            if other.continues and a != b and min(len(a.split()), len(b.split())) > 3:
                found.append(Swap("sentences swapped", state.article, one.source, other.source, a, b))
    return found


@dataclass(frozen=True)
class Swap:
    """Two sentences with each other's translation."""

    kind: str
    article: str
    source: str
    other: str
    said: str
    said_other: str
    verdict: Verdict = Verdict.BROKEN
    what: tuple[str, ...] = ("translation", "name", "figure", "quotation", "term")


def swapped(engine, swap):
    """Return an engine that gives two sentences each other's translation."""
    texts = {swap.source: swap.said_other, swap.other: swap.said}

    def faulty(requests):
        return [
            replace(result, text=texts[request.text], codes=()) if request.text in texts else result
            for request, result in zip(requests, engine(requests), strict=True)
        ]

    return faulty


def with_fault(engine, fault):
    """Return an engine with a fault of either sort."""
    return swapped(engine, fault) if isinstance(fault, Swap) else seeded(engine, fault)


def _replaced(old, new):
    return lambda text: text.replace(old, new, 1)


def _misspelt(name):
    middle = len(name) // 2
    while not name[middle].islower():
        middle -= 1
    return name[:middle] + ("x" if name[middle] != "x" else "k") + name[middle + 1 :]


def _altered(text):
    return re.sub(r"\d", lambda digit: str((int(digit[0]) + 3) % 9 + 1), text, count=1)


def _unclosed(text):
    marks = [match.start() for match in re.finditer('["”»]', text)]
    return text[: marks[-1]] + text[marks[-1] + 1 :] if marks else text


def _halved(text):
    words = text.split()
    return " ".join(words[: len(words) // 2]) + "."


# Changes of the files of a suite that change nothing of what they say; each takes the folder of the suite.


def _articles(folder):
    return sorted((folder / "articles").glob("*.txt"))


def _rewrite(path: Path, change):
    path.write_bytes(change(path.read_bytes().decode()).encode())


def paragraphs_reversed(folder):
    """Turn the order of the paragraphs of all articles, but for the headlines."""
    for path in _articles(folder):
        _rewrite(path, lambda text: _joined([_paragraphs(text)[0], *_paragraphs(text)[:0:-1]]))


def paragraph_moved(folder):
    """Move the second paragraph of all articles to the end."""
    for path in _articles(folder):
        _rewrite(
            path, lambda text: _joined([p for i, p in enumerate(_paragraphs(text)) if i != 1] + [_paragraphs(text)[1]])
        )


def _paragraphs(text):
    return text.strip().split("\n\n")


def _joined(paragraphs):
    return "\n\n".join(paragraphs) + "\n"


def reflowed(folder, width=60):
    """Break the lines of all articles."""
    import textwrap

    for path in _articles(folder):
        _rewrite(
            path,
            lambda text: _joined(
                [textwrap.fill(p, width, break_long_words=False, break_on_hyphens=False) for p in _paragraphs(text)]
            ),
        )


def renamed(folder):
    """Give all articles other names."""
    for number, path in enumerate(_articles(folder)):
        path.rename(path.with_name(f"texte-{9 - number}.txt"))


def in_another_folder(folder):
    """Move all articles one folder down."""
    (folder / "articles" / "2025").mkdir()
    for path in _articles(folder):
        path.rename(path.parent / "2025" / path.name)
    project = folder / "dragoman.toml"
    _rewrite(project, lambda text: text.replace("articles/*.txt", "articles/*/*.txt"))


def windows_line_ends(folder):
    """Write all articles with the line ends of Windows."""
    for path in _articles(folder):
        _rewrite(path, lambda text: text.replace("\n", "\r\n"))


def byte_order_mark(folder):
    """Write all articles with a byte order mark."""
    for path in _articles(folder):
        _rewrite(path, lambda text: "\ufeff" + text)


def old_encoding(folder):
    """Write all articles in Windows-1252."""
    for path in _articles(folder):
        path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))


def curly_apostrophes(folder):
    """Write all articles with typographic apostrophes."""
    for path in _articles(folder):
        _rewrite(path, lambda text: text.replace("'", "’"))


def no_break_spaces(folder):
    """Write all articles with no-break spaces where French typography has them."""
    for path in _articles(folder):
        _rewrite(path, lambda text: re.sub(r"« | (?=[»;:!?%])", lambda space: space[0].replace(" ", "\u00a0"), text))


def blank_lines(folder):
    """Part the paragraphs of all articles by more blank lines, and end lines with spaces."""
    for path in _articles(folder):
        _rewrite(path, lambda text: text.replace("\n\n", "  \n\n\n\n"))


def another_article(folder):
    """Add an article."""
    (folder / "articles" / "zzz.txt").write_text("La mairie a fermé. Les agents sont partis.\n", encoding="utf-8")


def other_comments(folder):
    """Comment the project file."""
    _rewrite(folder / "dragoman.toml", lambda text: "# nos articles\n" + text)


HARMLESS = (
    paragraphs_reversed,
    paragraph_moved,
    reflowed,
    renamed,
    in_another_folder,
    windows_line_ends,
    byte_order_mark,
    old_encoding,
    curly_apostrophes,
    no_break_spaces,
    blank_lines,
    another_article,
    other_comments,
)
