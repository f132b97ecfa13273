"""Measures the recognition and comparison of figures on pairs of French sentences and human translations.

Run it from the root of the repository: `python tests/bench/figures.py [FOLDER]`. The folder holds NAME.fr and NAME.en,
one sentence a line; it is ../shared/eval/translation by default. Three tables are printed:

- by kind, how many figures of the French sentences the English ones say (`verify.places` finds them);
- how many pairs are flagged: the translations are right, so each is a false alarm, or a liberty that was taken, or a
  mistake in the data (--show prints them);
- by kind of change, how many changes of one figure of a translation are caught, in pairs that were not flagged before.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dragoman.localise.figures import figures
from dragoman.localise.values import Figure, Kind
from dragoman.localise.verify import compare, places

SEED = 20240518
MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety"
).split()
SCALES = {"million": "billion", "billion": "million", "bn": "m", "thousand": "million", "trillion": "billion"}
MONEY = {"$": "€", "€": "£", "£": "$", "euros": "dollars", "euro": "dollar", "dollars": "euros", "dollar": "euro"}
UNITS = {
    "years": "months", "year": "month", "months": "weeks", "weeks": "days", "days": "hours", "hours": "minutes",
    "minutes": "seconds", "km": "miles", "kilometers": "miles", "kilometres": "miles", "meters": "feet", "kg": "tons",
    "metres": "feet", "tons": "kilograms", "tonnes": "kilograms", "points": "percent",
}  # fmt: skip


def changes(target: str, figure: Figure, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield the text with that figure changed in each way that it can be, and what was changed."""
    start, end = figure.start, figure.end
    written = target[start:end]

    def put(text: str) -> str:
        return target[:start] + text + target[end:]

    digits = [match.start() for match in re.finditer(r"\d", written)]
    if digits:
        at = chance.choice(digits)
        other = chance.choice([d for d in "123456789" if d != written[at]])
        yield "digit", put(written[:at] + other + written[at + 1 :])
        at = digits[-1]
        if figure.kind is not Kind.DATE:
            yield "digit added", put(written[: at + 1] + "7" + written[at + 1 :])
    for kind, table in (("scale", SCALES), ("currency", MONEY), ("unit", UNITS)):
        for word, other in table.items():
            pattern = rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])"
            if (kind != "currency" or figure.kind is Kind.MONEY) and re.search(pattern, written):
                yield kind, put(re.sub(pattern, other, written, count=1))
                break
    for kind, names in (("month", MONTHS), ("weekday", WEEKDAYS), ("word", NUMBERS)):
        if found := re.search(rf"\b(?:{'|'.join(names)})\b", written):
            other = chance.choice([name for name in names if name != found[0]])
            yield kind, put(written[: found.start()] + other + written[found.end() :])
    if figure.kind is Kind.PERCENTAGE:
        yield "percent to plain", put(re.sub(r"\s?(?:%|per ?cent)", "", written))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/eval/translation"))
    parser.add_argument("--show", action="store_true", help="print the pairs that are flagged, and the changes missed")
    arguments = parser.parse_args()
    sources = sorted(arguments.folder.glob("*.fr"))
    if not sources:
        sys.exit(f"{arguments.folder}: no NAME.fr there; give a folder with NAME.fr and NAME.en")
    chance = random.Random(SEED)
    for path in sources:
        french = path.read_text(encoding="utf-8").splitlines()
        english = path.with_suffix(".en").read_text(encoding="utf-8").splitlines()
        pairs = list(zip(french, english, strict=True))
        _print_said(path.stem, pairs)
        _print_flagged(path.stem, pairs, show=arguments.show)
        _print_caught(path.stem, pairs, chance, show=arguments.show)


def _print_said(name: str, pairs: list[tuple[str, str]]) -> None:
    total: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for source, target in pairs:
        for figure in figures(source, "fr"):
            kind = f"{figure.kind}{' (free)' if figure.free else ''}"
            total[kind] += 1
            said[kind] += bool(places(figure, target))
    print(f"{name}: figures of the source that the translation says")
    for kind, count in sorted(total.items()):
        print(f"  {kind:20} {count:5} {said[kind] / count:7.1%}")
    strict = [kind for kind in total if not kind.endswith("(free)")]
    print(f"  {'all but free':20} {sum(total[k] for k in strict):5} {_share(said, total, strict):7.1%}")


def _share(part: Counter[str], whole: Counter[str], kinds: list[str]) -> float:
    return sum(part[kind] for kind in kinds) / max(1, sum(whole[kind] for kind in kinds))


def _print_flagged(name: str, pairs: list[tuple[str, str]], *, show: bool) -> None:
    flagged = missing = invented = 0
    begin = time.perf_counter()
    compared = [compare(source, target) for source, target in pairs]
    took = time.perf_counter() - begin
    for number, ((source, target), found) in enumerate(zip(pairs, compared, strict=True), 1):
        missing += bool(found.missing)
        invented += bool(found.invented)
        flagged += bool(found.missing or found.invented)
        if show and (found.missing or found.invented):
            lost = [source[figure.start : figure.end] for figure in found.missing]
            new = [target[figure.start : figure.end] for figure in found.invented]
            print(f"  line {number}: missing {lost}, invented {new}")
    print(
        f"{name}: {flagged} of {len(pairs)} pairs flagged ({flagged / len(pairs):.2%}), {missing} with a missing"
        f" figure, {invented} with an invented one; {took / len(pairs) * 1000:.2f} ms a pair"
    )


def _print_caught(name: str, pairs: list[tuple[str, str]], chance: random.Random, *, show: bool) -> None:
    total: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for number, (source, target) in enumerate(pairs, 1):
        before = compare(source, target)
        if before.missing or before.invented:
            continue
        for figure in figures(target, "en"):
            if not any(
                (figure.start, figure.end) in places(ours, target) for ours in figures(source, "fr") if not ours.free
            ):
                continue
            for kind, changed in changes(target, figure, chance):
                after = compare(source, changed)
                total[kind] += 1
                caught[kind] += bool(after.missing or after.invented)
                if show and not (after.missing or after.invented):
                    print(
                        f"  line {number}: not caught ({kind}): {changed[max(0, figure.start - 20) : figure.end + 20]}"
                    )
    print(f"{name}: changed figures that are caught")
    for kind, count in sorted(total.items()):
        print(f"  {kind:20} {count:5} {caught[kind] / count:7.1%}")
    print(f"  {'all':20} {sum(total.values()):5} {_share(caught, total, list(total)):7.1%}")


if __name__ == "__main__":
    main()
