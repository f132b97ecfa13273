"""How close translations are to human ones: BLEU, chrF and TER by sacrebleu, and whether a difference is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.errors import DragomanError

SIGNIFICANT = 0.05
"""A difference counts where the probability that chance made it is below this."""

SAMPLES = 1000
"""Of the paired bootstrap; sacrebleu's default."""


@dataclass(frozen=True, slots=True)
class Score:
    """A metric of two systems on the same texts, in points: BLEU and chrF from 0 to 100, TER from 0.

    `p` is the probability of so large a difference if there were none: paired bootstrap resampling (Koehn 2004,
    Statistical significance tests for machine translation evaluation), as sacrebleu does it. `signature` is
    sacrebleu's: its settings and version; scores with another one can't be compared.
    """

    name: str  # "BLEU", "chrF2" or "TER", as sacrebleu calls it
    old: float
    new: float
    p: float
    signature: str

    @property
    def lower_is_better(self) -> bool:
        """Whether it counts errors."""
        return self.name.startswith("TER")

    @property
    def loss(self) -> float:
        """How many points worse the new system is; negative: it is better."""
        return self.new - self.old if self.lower_is_better else self.old - self.new

    @property
    def significant(self) -> bool:
        """Whether the difference is more than noise."""
        return self.old != self.new and self.p < SIGNIFICANT


def scores(old: Sequence[str], new: Sequence[str], references: Sequence[str]) -> tuple[Score, ...]:
    """Return BLEU, chrF and TER of two systems; nothing if there is no text.

    Args:
        old: The translations of one system.
        new: Those of the other, of the same texts in the same order.
        references: The human translations of these.

    Raises:
        DragomanError: sacrebleu is not installed.

    """
    if not references:
        return ()
    sacrebleu = _sacrebleu()
    metrics = {"BLEU": sacrebleu.BLEU(), "chrF": sacrebleu.CHRF(), "TER": sacrebleu.TER()}
    from sacrebleu.significance import PairedTest

    test = PairedTest([("old", old), ("new", new)], metrics, [references], test_type="bs", n_samples=SAMPLES)
    signatures, found = test()
    columns: dict[str, Any] = {name: column for name, column in found.items() if name != "System"}
    return tuple(
        Score(name, round(a.score, 2), round(b.score, 2), round(float(b.p_value), 4), str(signatures[name]))
        for name, (a, b) in columns.items()
    )


def sentence_chrf(translation: str, reference: str) -> float:
    """Return how close a translation is to a human one, as chrF from 0 to 100.

    Raises:
        DragomanError: sacrebleu is not installed.

    """
    return float(_chrf().sentence_score(translation, [reference]).score)


@cache
def _chrf() -> Any:  # noqa: ANN401
    return _sacrebleu().CHRF()


def _sacrebleu() -> Any:  # noqa: ANN401
    try:
        from sacrebleu import metrics
    except ImportError:
        raise DragomanError("metrics need sacrebleu; install it: pip install 'dragoman[metrics]'") from None
    return metrics
