"""All checks, in the order in which they run, and the way to run them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.check.alignment import LeftOut
from dragoman.check.check import ArticleCheck, Check
from dragoman.check.finding import Finding
from dragoman.check.kept import Codes, Entities, Figures, ForbiddenTerms, Markup, Terms
from dragoman.check.language import Copied, Language
from dragoman.check.length import Addition, Length, Omission
from dragoman.check.mechanics import (
    Article,
    Brackets,
    Capitalisation,
    DoubledWords,
    MixedSpelling,
    Punctuation,
    Spacing,
)
from dragoman.check.pair import Pair
from dragoman.check.quotations import Quotations, QuotedWords
from dragoman.check.repetition import Repetition
from dragoman.check.settings import Settings
from dragoman.check.untranslated import Untranslated

_ALL: tuple[type[Check], ...] = (
    # What the article says.
    Copied,
    Language,
    Omission,
    Addition,
    Length,
    LeftOut,
    Repetition,
    Untranslated,
    Quotations,
    QuotedWords,
    Figures,
    Entities,
    Terms,
    ForbiddenTerms,
    Codes,
    Markup,
    # The English.
    DoubledWords,
    Article,
    Capitalisation,
    Punctuation,
    Brackets,
    Spacing,
    MixedSpelling,
)
CHECKS: Mapping[str, Check] = {check.id: check() for check in _ALL}
"""The checks by their ids, in the order of their findings."""


def check(pair: Pair, settings: Settings | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with one pair, in the order of the checks."""
    return check_article((pair,), settings)[0]


def check_article(pairs: Sequence[Pair], settings: Settings | None = None) -> list[tuple[Finding, ...]]:
    """Return for each pair of an article what is wrong with it, in the order of the checks.

    Args:
        pairs: The segments of one article, in its order.
        settings: What the project file says; None: the defaults.

    """
    settings = settings or Settings()
    found: list[list[Finding]] = [[] for _ in pairs]
    for name, each in CHECKS.items():
        if name in settings.disabled:
            continue
        if isinstance(each, ArticleCheck):
            for index, finding in each.article_findings(pairs, settings):
                found[index].append(finding)
        else:
            for index, pair in enumerate(pairs):
                found[index] += each.findings(pair, settings)
    return [tuple(findings) for findings in found]
