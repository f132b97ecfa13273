"""A finding: one thing in a translation that an editor must look at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"  # what the article says was changed or lost
    WARNING = "warning"  # it may have been


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found.

    `check` is the id of the check that fires: "code-lost", "repetition", "cut", "not-french". `message` is one line
    for an editor.
    """

    check: str
    severity: Severity
    message: str
