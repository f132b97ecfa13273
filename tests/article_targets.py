"""Translations of an article's blocks, made up by tests of what is written."""

from collections.abc import Callable

from dragoman.article.model import Block, Target, codes_of


def whole(block: Block, text: str | None = None) -> Target:
    """A target for the whole block, each code before the same character as in the source."""
    codes = tuple((code.at, code) for code in codes_of(block, 0, len(block.text)))
    return Target(0, len(block.text), block.text if text is None else text, codes)


def words(block: Block, translate: Callable[[str], str]) -> list[Target]:
    """A target for each word of a block."""
    targets = []
    start = 0
    for word in block.text.split(" "):
        end = start + len(word)
        if word:
            codes = tuple((code.at - start, code) for code in codes_of(block, start, end))
            targets.append(Target(start, end, translate(word), codes))
        start = end + 1
    return targets


def upper(text: str) -> str:
    """Return the text in capitals, character by character."""
    return "".join(char.upper() if len(char.upper()) == 1 else char for char in text)
