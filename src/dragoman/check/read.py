"""Reads a translation that is to be checked: two files, or one that holds both texts."""

from __future__ import annotations

from pathlib import Path

from dragoman.article.model import Article
from dragoman.article.read import read
from dragoman.check.bilingual import is_bilingual, read_bilingual
from dragoman.check.files import Bitext, Text
from dragoman.errors import DragomanError
from dragoman.language import other_language


def read_bitext(source: str, translation: str | None = None, *, force: bool = False) -> Bitext:
    """Read a French text and its English translation.

    Args:
        source: A text, Markdown or HTML file, "-" for standard input, or a bilingual file.
        translation: The other file; None if the first is bilingual.
        force: Take a source that doesn't look French.

    Raises:
        DragomanError: One can't be read, has no text, or isn't what it should be.

    """
    if is_bilingual(source):
        if translation is not None:
            raise DragomanError(f"{source}: holds both texts; leave out {translation}")
        bitext = read_bilingual(source)
    elif translation is None:
        raise DragomanError(f"{source}: its translation is missing; name both: dragoman check SOURCE TRANSLATION")
    else:
        if is_bilingual(translation):
            raise DragomanError(f"{translation}: holds both texts; leave out {source}")
        if source == translation or (
            Path(source).exists() and Path(translation).exists() and Path(source).samefile(translation)
        ):
            raise DragomanError(f"{source}: is named twice; name the French text, and then its translation")
        bitext = Bitext(Text(_article(source)), Text(_article(translation)))
    language = None if force else other_language(_words(bitext.source.article))
    if language is None:
        return bitext
    name = bitext.source.article.name
    if language == "English" and other_language(_words(bitext.target.article)) is None:
        if bitext.paired:
            raise DragomanError(f"{name}: translates English into French; what is checked is French into English")
        raise DragomanError(f"{name}: is in English, and {translation} in French; name the French text first")
    raise DragomanError(f"{name}: the text is in {language}, not in French; --force checks it all the same")


def _article(path: str) -> Article:
    article = read(path)
    if not any(any(map(str.isalnum, block.text)) for block in article.blocks):
        raise DragomanError(f"{article.name}: has no text")
    return article


def _words(article: Article) -> str:
    return "\n".join(block.text for block in article.blocks if not block.boilerplate)
