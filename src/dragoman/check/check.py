"""What a check is."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from dragoman.check.finding import Finding, Severity
from dragoman.check.pair import Pair
from dragoman.check.settings import Settings


class Check:
    """One thing that may be wrong with a translation.

    The docstring of a check is its manual: the first line says what it finds, the rest when it fires, with an example,
    and what to do. `thresholds` are the numbers that `[check.ID]` of `dragoman.toml` can change, with their defaults.
    """

    id: ClassVar[str]
    severity: ClassVar[Severity] = Severity.WARNING
    thresholds: ClassVar[Mapping[str, float]] = {}

    @classmethod
    def manual(cls) -> str:
        """Return the whole manual, without indentation."""
        return inspect.getdoc(cls) or ""

    @classmethod
    def summary(cls) -> str:
        """Return the first line of the manual, without the full stop."""
        return cls.manual().split("\n", 1)[0].rstrip(".")

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        raise NotImplementedError

    def finding(
        self,
        settings: Settings,
        message: str,
        source: tuple[int, int] | None = None,
        target: tuple[int, int] | None = None,
        *,
        severity: Severity | None = None,
    ) -> Finding:
        """Return a finding of this check.

        `severity` is for one that is less certain than others of the check; what the settings give the check counts
        for all of them.
        """
        severity = settings.severities.get(self.id, severity or self.severity)
        return Finding(self.id, severity, message, source, target)

    def threshold(self, settings: Settings, name: str) -> float:
        """Return a threshold of this check."""
        return settings.thresholds.get((self.id, name), self.thresholds[name])


class ArticleCheck(Check):
    """A check that needs the whole article."""

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair, taken as an article of its own."""
        return (finding for _, finding in self.article_findings((pair,), settings))

    def article_findings(self, pairs: Sequence[Pair], settings: Settings) -> Iterator[tuple[int, Finding]]:
        """Yield what is wrong with an article, each finding with the index of the pair that it is about."""
        raise NotImplementedError
