"""Measures how well articles are told from their pages: python tests/bench/extraction.py [--verbose] [FOLDER].

FOLDER holds pages as `NAME.html` and as `NAME.txt`, and `pages.json`: for each NAME the passages that belong to the
article ("with") and some that do not ("without"). For each page and in total, the share of passages that were kept
and left out is given for the text, for the HTML, and for trafilatura alone on the HTML, with its default settings.
White space is not compared, and neither are soft hyphens.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from dragoman.article.main_content import mark_main_content
from dragoman.article.model import Block, Kind
from dragoman.article.text import read_text

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "articles" / "pages"


class Score(NamedTuple):
    kept: int
    wanted: int
    left_out: int
    unwanted: int
    misses: tuple[str, ...]
    seconds: float

    def __str__(self) -> str:
        return f"{self.kept:3d} of {self.wanted:2d}   {self.left_out:3d} of {self.unwanted:2d}"


def normal(text: str) -> str:
    """Return the text with single spaces and without soft hyphens."""
    return " ".join(text.replace("\u00ad", "").split())


def text_of(blocks: Iterable[Block]) -> str:
    """Return the text that a reader of the article sees, a line for each block; attributes (alt, title) aside."""
    return "\n".join(block.text for block in blocks if not block.boilerplate and block.kind is not Kind.ATTRIBUTE)


def from_text(source: str) -> str:
    """Return the article in a page that was copied as text."""
    return text_of(read_text(source))


def from_html(source: str) -> str:
    """Return the article in an HTML page."""
    from dragoman.article.html import read_html

    return text_of(mark_main_content(source, read_html(source)))


def trafilatura_alone(source: str) -> str:
    """Return what trafilatura makes of an HTML page by itself."""
    import trafilatura

    return trafilatura.extract(source) or ""


METHODS: dict[str, tuple[str, Callable[[str], str]]] = {
    "text": ("txt", from_text),
    "HTML": ("html", from_html),
    "trafilatura": ("html", trafilatura_alone),
}


def score(found: str, passages: dict[str, list[str]], seconds: float) -> Score:
    """Return how many of the passages were kept and left out."""
    text = normal(found)
    lost = [passage for passage in passages["with"] if normal(passage) not in text]
    left = [passage for passage in passages["without"] if normal(passage) in text]
    misses = (*(f"lost: {normal(passage)}" for passage in lost), *(f"kept: {normal(passage)}" for passage in left))
    wanted, unwanted = len(passages["with"]), len(passages["without"])
    return Score(wanted - len(lost), wanted, unwanted - len(left), unwanted, misses, seconds)


def total(scores: Iterable[Score]) -> Score:
    """Return the sum of the scores."""
    kept, wanted, left_out, unwanted, misses, seconds = zip(*scores, strict=True)
    return Score(sum(kept), sum(wanted), sum(left_out), sum(unwanted), sum(misses, ()), sum(seconds))


def main() -> int:
    """Print the table; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED, metavar="FOLDER")
    parser.add_argument("-v", "--verbose", action="store_true", help="list the passages that were missed")
    options = parser.parse_args()
    gold = options.folder / "pages.json"
    if not gold.is_file():
        print(f"{gold}: no such file; name a folder that holds pages.json", file=sys.stderr)
        return 2
    pages = json.loads(gold.read_text(encoding="utf-8"))
    width = max(map(len, pages))
    print(" " * width, *(f"{f'{method}: kept, left out':^26}" for method in METHODS), sep="  ")
    scores: dict[str, list[Score]] = {method: [] for method in METHODS}
    for name, passages in pages.items():
        for method, (suffix, extract) in METHODS.items():
            source = (options.folder / f"{name}.{suffix}").read_text(encoding="utf-8")
            begin = time.perf_counter()
            found = extract(source)
            scores[method].append(score(found, passages, time.perf_counter() - begin))
        print(f"{name:{width}}", *(f"{scores[method][-1]!s:^26}" for method in METHODS), sep="  ")
        if options.verbose:
            for method in METHODS:
                for miss in scores[method][-1].misses:
                    print(f"    {method:12}{miss}")
    sums = {method: total(scores[method]) for method in METHODS}
    shares = (f"{s.kept / s.wanted:.1%}, {s.left_out / s.unwanted:.1%}" for s in sums.values())
    print(f"{'in total':{width}}", *(f"{s!s:^26}" for s in sums.values()), sep="  ")
    print(" " * width, *(f"{share:^26}" for share in shares), sep="  ")
    print(f"{'seconds':{width}}", *(f"{s.seconds:^26.2f}" for s in sums.values()), sep="  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
