"""A finding: one thing in a translation that an editor must look at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"  # what the article says was changed or lost
    WARNING = "warning"  # it may have been, or the English is not right


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found.

    `check` is the id of the check that fires: "figures", "repetition"; see `dragoman.check.registry`. `message` is one
    line for an editor. `source` and `target` are the words it is about, as half-open ranges of characters in the text
    of the segment and of its translation; None where there are none, or the whole segment is meant.
    """

    check: str
    severity: Severity
    message: str
    source: tuple[int, int] | None = None
    target: tuple[int, int] | None = None
