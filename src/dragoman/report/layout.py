"""Lays out sentences and tables for terminals of any width, and for pipes, in which marks stand for colours."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.report.escape import for_terminal
from dragoman.report.word_diff import Part, differences, shown

_SENTENCE = 11  # columns of the names before the sentences
_GAP = 2  # columns between those of a table
_LONGEST_NAME = 40  # columns; a longer name is folded
_OLD, _NEW = ("red strike", "[-", "-]"), ("green underline", "{+", "+}")


def printed(write: Callable[[Console], None], width: int) -> str:
    """Return what a function prints to a console without colours, with no white space at the ends of lines."""
    out = io.StringIO()
    write(
        Console(
            file=out, width=width, color_system=None, force_terminal=False, markup=False, highlight=False, emoji=False
        )
    )
    return re.sub(r"[ \t]+$", "", out.getvalue(), flags=re.MULTILINE)


def print_table(console: Console, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: names in the first column, remarks in one without a title, figures in the others.

    Where the terminal has no room for the names, each is on a line of its own, with its figures behind their titles
    below; a row without a figure (all are "·") has none.
    """
    cells = [[for_terminal(cell) for cell in row] for row in rows]  # as Text: in a str, Rich would read :codes:
    widths = [max(map(cell_len, column)) for column in zip(head, *cells, strict=True)]
    if min(widths[0], _LONGEST_NAME) + sum(width + _GAP for width in widths[1:]) > console.width:
        for name, *figures in cells:
            told = [f"{title} {cell}".strip() for title, cell in zip(head[1:], figures, strict=True) if cell != "·"]
            console.print(Text(name, style="bold"))
            console.print(Padding(Text(", ".join(filter(None, told))), (0, 0, 0, 2)))
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, _GAP, 0, 0))
    for index, title in enumerate(head):
        is_figure = index > 0 and title != ""
        table.add_column(title, justify="right" if is_figure else "left", no_wrap=is_figure, overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    console.print(table)


def print_sentence(
    console: Console,
    *,
    place: str,
    label: str,
    colour: str,
    texts: Sequence[tuple[str, str]],
    names: tuple[str, str],
    sentences: tuple[str, str],
    behind: Sequence[tuple[str, str]] = (),
    why: Sequence[str] = (),
) -> None:
    """Print a sentence that differs: where, what and why, then its texts with the words that differ marked.

    Args:
        console: Where to.
        place: FILE:LINE.
        label: What is said of it.
        colour: Of the label.
        texts: Name and text of what stands before the two sentences.
        names: Of the two sentences.
        sentences: The two; one may be "": there is none.
        behind: Name and text of what stands behind them.
        why: Reasons, a line each.

    """
    head = Text(for_terminal(place), style="bold")
    head.append(f"  {for_terminal(label)}", style=f"bold {colour}")
    console.print(head, soft_wrap=len(head.plain) > console.width)
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=_SENTENCE, no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    for reason in why:
        grid.add_row("  why", Text(for_terminal(reason), style=colour))
    for name, text in texts:
        grid.add_row(f"  {name}", Text(for_terminal(text)))
    old, new = sentences
    parts = differences(old, new) if old and new else ((Part(old, False),), (Part(new, False),))
    for name, side, marks in zip(names, parts, (_OLD, _NEW), strict=True):
        if any(part.text for part in side):
            grid.add_row(f"  {name}", _marked(side, marks, coloured=_is_coloured(console)))
    for name, text in behind:
        grid.add_row(f"  {name}", Text(for_terminal(text)))
    console.print(grid)


def _is_coloured(console: Console) -> bool:
    return console.color_system is not None and not console.no_color


def _marked(parts: Sequence[Part], marks: tuple[str, str, str], *, coloured: bool) -> Text:
    style, opening, closing = marks
    text = Text()
    for part in parts:
        content = for_terminal(shown(part))
        if not part.changed:
            text.append(content)
        elif coloured:
            text.append(content, style=style)
        else:
            text.append(f"{opening}{content}{closing}")
    return text
