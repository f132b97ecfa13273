"""How well sentences are aligned: on French and English of which it is known, with changes that translators make.

    python tests/bench/alignment.py FOLDER

FOLDER has NAME.fr and NAME.en, a sentence a line. Thirty sentences make a text, in paragraphs of one to four; the
English is changed by rule, with a fixed seed. For each kind of change: of the sentences that have a translation, how
many get exactly it, and how many are said to have none; of those that have none, how many are said to have none.
"""

import random
import sys
import time
from pathlib import Path

from dragoman.check.align import Sentence, align

SIZE = 30


def texts(folder):
    for french in sorted(Path(folder).glob("*.fr")):
        sides = [path.read_text(encoding="utf-8").splitlines() for path in (french, french.with_suffix(".en"))]
        for first in range(0, len(sides[0]) - SIZE + 1, SIZE):
            yield [side[first : first + SIZE] for side in sides]


def paragraphs(rng, count):
    """Return the number of the paragraph of each sentence."""
    numbers = []
    while len(numbers) < count:
        number = numbers[-1] + 1 if numbers else 0
        numbers += [number] * rng.randint(1, 4)
    return numbers[:count]


def unchanged(rng, english, blocks):  # noqa: ARG001
    return [(block, {i}, text) for i, (text, block) in enumerate(zip(english, blocks, strict=True))]


def merged_paragraphs(rng, english, blocks):
    joined = {block for block in set(blocks) if rng.random() < 0.4}
    return [(block - sum(other <= block for other in joined), {i}, text) for (block, i, text) in plain(english, blocks)]


def split_paragraphs(rng, english, blocks):
    done, extra = [], 0
    for block, i, text in plain(english, blocks):
        extra += rng.random() < 0.2
        done.append((block + extra, {i}, text))
    return done


def one_paragraph(rng, english, blocks):  # noqa: ARG001
    return [(0, {i}, text) for _, i, text in plain(english, blocks)]


def merged_sentences(rng, english, blocks):
    done = []
    for block, i, text in plain(english, blocks):
        if done and done[-1][0] == block and rng.random() < 0.2:
            done[-1] = (block, done[-1][1] | {i}, f"{done[-1][2].rstrip('.')}, and {text}")
        else:
            done.append((block, {i}, text))
    return done


def split_sentences(rng, english, blocks):
    done = []
    for block, i, text in plain(english, blocks):
        cut = text.find(", ", len(text) // 3)
        if 0 < cut < 2 * len(text) // 3 and rng.random() < 0.4:
            done += [(block, {i}, f"{text[:cut]}."), (block, {i}, text[cut + 2 :])]
        else:
            done.append((block, {i}, text))
    return done


def dropped_sentences(rng, english, blocks):
    return [(block, {i}, text) for block, i, text in plain(english, blocks) if rng.random() > 0.1]


def dropped_paragraphs(rng, english, blocks):
    gone = {block for block in set(blocks) if rng.random() < 0.15}
    return [(block, {i}, text) for block, i, text in plain(english, blocks) if block not in gone]


def moved_paragraph(rng, english, blocks):
    found = [(block, {i}, text) for block, i, text in plain(english, blocks)]
    block = rng.randint(0, blocks[-1])
    moved = [unit for unit in found if unit[0] == block]
    rest = [unit for unit in found if unit[0] != block]
    at = next((n for n, unit in enumerate(rest) if unit[0] == rng.randint(0, blocks[-1])), len(rest))
    while 0 < at < len(rest) and rest[at - 1][0] == rest[at][0]:
        at += 1
    return [*rest[:at], *moved, *rest[at:]]


def plain(english, blocks):
    return [(block, i, text) for i, (text, block) in enumerate(zip(english, blocks, strict=True))]


CHANGES = (
    unchanged,
    merged_paragraphs,
    split_paragraphs,
    one_paragraph,
    merged_sentences,
    split_sentences,
    dropped_sentences,
    dropped_paragraphs,
    moved_paragraph,
)


def main(folder):
    print(f"{'change':<20} {'exact':>7} {'false omission':>15} {'false addition':>15} {'caught':>15}")
    for change in CHANGES:
        rng = random.Random(7)
        translated = exact = false = added = gone = caught = size = 0
        for french, english in texts(folder):
            blocks = paragraphs(rng, SIZE)
            changed = change(rng, english, blocks)
            source = [Sentence(text, block) for text, block in zip(french, blocks, strict=True)]
            target = [Sentence(text, block) for block, _, text in changed]
            gold = [{j for j, (_, of, _) in enumerate(changed) if i in of} for i in range(SIZE)]
            found = [set() for _ in range(SIZE)]
            for bead in align(source, target):
                for i in range(*bead.source):
                    found[i] = set(range(*bead.target))
                added += bead.source[0] == bead.source[1]
            size += len(target)
            for i in range(SIZE):
                translated += bool(gold[i])
                exact += bool(gold[i]) and gold[i] == found[i]
                false += bool(gold[i]) and not found[i]
                gone += not gold[i]
                caught += not gold[i] and not found[i]
        share = f"{caught / gone:>8.1%} of {gone}" if gone else ""
        shares = f"{exact / translated:>7.2%} {false / translated:>15.3%} {added / size:>15.3%}"
        print(f"{change.__name__:<20} {shares} {share}")
    both = list(texts(folder))
    french, english = ([text for pair in both for text in pair[side]] for side in (0, 1))
    for size in (500, 1000, 2000, 4000):
        source, target = ([Sentence(t, i // 3) for i, t in enumerate(side[:size])] for side in (french, english))
        start = time.perf_counter()
        align(source, target)
        print(f"{size} sentences: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main(sys.argv[1])
