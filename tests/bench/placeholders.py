"""How well a model copies placeholders, by their form: why the generic ones of the ladder are QZ0 to QZ9.

    python tests/bench/placeholders.py [FILE.fr]

In each of the first 400 sentences that has one, a word with a capital is replaced by the placeholder; printed is the
share of sentences whose translation has it exactly once. The default is newstest2012 beside the repository.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from dragoman.engine import packages
from dragoman.engine.model import Model

SHARED = Path(__file__).resolve().parents[3] / "shared" / "eval" / "translation"
FORMS = ("⦅3⦆", "QZ3", "Q3", "X3", "XX3", "[3]", "#3", "@3", "{3}", "<3>", "$3", "XYZ", "Zyx", "https://x.org")


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "newstest2012.fr"
    random.seed(1)
    sentences = []
    for line in path.read_text(encoding="utf-8").split("\n")[:400]:
        words = line.split()
        names = [index for index, word in enumerate(words) if index and word[:1].isupper() and word.isalpha()]
        if names:
            sentences.append((words, random.choice(names)))
    model = Model(packages.bundled())
    for form in FORMS:
        sources = [" ".join([*words[:at], form, *words[at + 1 :]]) for words, at in sentences]
        outputs = model.translate([model.encode(source) for source in sources])
        print(f"{form:14} {sum(o[0].text.count(form) == 1 for o in outputs) / len(outputs):.3f} of {len(outputs)}")


if __name__ == "__main__":
    main()
