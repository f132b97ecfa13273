"""Measures the recognition of names: python tests/bench/entities.py CORPUS… (paths without .fr and .en) [--show N].

The English must be translations by people. Recall: of the words with a capital inside a French sentence that stand in
the English to the letter (so they are names, or look like one), how many are in an entity. False requirements: segments
whose English does not say an entity (`said`), and those that lack its exact forms, by kind.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

from dragoman.protect.entities import entities, places, said
from dragoman.protect.names_words import words_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--show", type=int, default=0, help="how many misses of each sort to print")
    options = parser.parse_args()
    for corpus in options.corpus:
        french, english = (
            corpus.with_name(f"{corpus.name}.{language}").read_text("utf-8").splitlines() for language in ("fr", "en")
        )
        report(corpus.name, french, english, options.show)


def report(name: str, french: list[str], english: list[str], show: int) -> None:
    entities(["Le chat dort à Lyon."])  # loads the word lists
    started = time.perf_counter()
    found = [names for text in french for names in entities([text])]
    seconds = time.perf_counter() - started
    wanted = hit = inside_wanted = inside_hit = 0
    total: Counter[str] = Counter()
    unsaid: Counter[str] = Counter()
    inexact: Counter[str] = Counter()
    segments_unsaid = segments_inexact = 0
    missed, wrong = [], []
    for source, target, names in zip(french, english, found, strict=True):
        there = {word.text for word in words_of(target)} | {
            w for word in words_of(target) for w in word.text.split("-")
        }
        for word in words_of(source):
            if word.capital and len(word.text) > 2 and word.text in there and not word.elided:
                covered = any(e.start <= word.start and word.end <= e.end for e in names)
                wanted, hit = wanted + 1, hit + covered
                if not word.initial:
                    inside_wanted, inside_hit = inside_wanted + 1, inside_hit + covered
                if not covered:
                    missed.append((word.text, word.initial, source))
        lost = [e for e in names if not said(e, target)]
        strict = [e for e in names if not places(e, target)]
        total.update(e.kind for e in names)
        unsaid.update(e.kind for e in lost)
        inexact.update(e.kind for e in strict)
        segments_unsaid += bool(lost)
        segments_inexact += bool(strict)
        wrong += [(source[e.start : e.end], e.kind, e.render, source, target) for e in lost]
    words = sum(len(text.split()) for text in french)
    print(f"{name}: {len(french)} segments, {sum(total.values())} entities, {words / seconds:.0f} words/s")
    print(
        f"  recall {hit / wanted:.2%} of {wanted}; inside sentences {inside_hit / inside_wanted:.2%} of {inside_wanted}"
    )
    print(
        f"  segments with a name not said {segments_unsaid / len(french):.2%}; "
        f"not to the letter {segments_inexact / len(french):.2%}"
    )
    for kind in sorted(total):
        print(f"  {kind:13} {total[kind]:5}  not said {unsaid[kind]:3}  not to the letter {inexact[kind]:4}")
    for text, count in Counter((t, i) for t, i, _ in missed).most_common(show):
        print("  missed", count, text)
    for item in wrong[:show]:
        print("  not said:", item[0], f"[{item[1]}]", item[2][:4], "\n     ", item[3], "\n     ", item[4])


if __name__ == "__main__":
    main()
