"""Keeps what a suite was translated to in its last run, so that reports can be written without translating it again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from dragoman.errors import DragomanError
from dragoman.files import write_whole
from dragoman.regress.state import State, as_data, from_data
from dragoman.regress.suite import Suite

_FOLDER = ".dragoman"
_FILE = "last-run.json"


def save(suite: Suite, states: Sequence[State], *, complete: bool) -> None:
    """Write the states of a run into the suite's folder for such files, which Git ignores.

    Args:
        suite: The suite.
        states: As its articles were translated.
        complete: Whether these are all its articles.

    Raises:
        DragomanError: The file can't be written.

    """
    folder = suite.folder / _FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise DragomanError(f"{folder}: cannot be made ({error.strerror}); check the folder") from None
    if not (folder / ".gitignore").exists():
        write_whole(folder / ".gitignore", b"*\n")
    data = {
        "complete": complete,
        "states": [{**as_data(state), "lines": [segment.line for segment in state.segments]} for state in states],
    }
    write_whole(folder / _FILE, json.dumps(data, ensure_ascii=False).encode())


def load(suite: Suite) -> tuple[list[State], bool]:
    """Return the states of the last run, and whether they are all articles of the suite.

    Raises:
        DragomanError: There was no run, or what it left can't be read.

    """
    path = suite.folder / _FOLDER / _FILE
    try:
        data = json.loads(path.read_bytes())
        states = []
        for record in data["states"]:
            state = from_data(record)
            segments = zip(state.segments, record["lines"], strict=True)
            states.append(replace(state, segments=tuple(replace(segment, line=line) for segment, line in segments)))
        return states, bool(data["complete"])
    except FileNotFoundError:
        raise DragomanError(f"{suite.folder}: there was no run yet; start one with dragoman regress run") from None
    except OSError as error:
        raise DragomanError(f"{path}: cannot be read ({error.strerror}); check its permissions") from None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise DragomanError(f"{path}: is not what a run leaves; start another one with dragoman regress run") from None
