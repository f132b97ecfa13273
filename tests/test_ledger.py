"""The quote ledger of an article, and the forms in which it is written."""

from __future__ import annotations

import csv
import io
import json

from dragoman.article.read import parse
from dragoman.protect.quotations import Piece, quotations
from dragoman.report.ledger import Entry, as_csv, as_json, as_markdown, ledger

TEXT = """La digue de Kerven

Le maire l'a répété hier soir devant une salle comble : la digue sera refaite.

« La digue fuit », a déclaré Jeanne Roussel, « et [l'État] le sait. »

« Elle date de 1930.

« Nous la referons », ajoute-t-elle.
"""


def entries() -> list[Entry]:
    article = parse(TEXT.encode(), "digue.txt")

    def translate(piece: Piece) -> str:
        return article.blocks[piece.block].text[piece.inner_start : piece.inner_end].upper()

    return ledger(article, quotations(article.blocks), translate)


def test_an_entry_for_each_quotation():
    first, second = entries()
    assert first.speaker == second.speaker == "Jeanne Roussel"
    assert first.original == "La digue fuit … et [l'État] le sait."
    assert first.translation == "LA DIGUE FUIT … ET [L'ÉTAT] LE SAIT."
    assert (first.file, first.line, first.column) == ("digue.txt", 5, 1)
    assert (first.kind, first.flags) == ("speech", ("brackets",))
    assert second.original == "Elle date de 1930.\n\nNous la referons"
    assert (second.line, second.column) == (7, 1)


def test_lines_end_as_the_file_ends_them():
    article = parse(TEXT.replace("\n", "\r\n").encode(), "digue.txt")
    assert ledger(article, quotations(article.blocks), lambda _: "")[0].line == 5


def test_json():
    first = json.loads(as_json(entries()))[0]
    assert first["speaker"] == "Jeanne Roussel"
    assert first["flags"] == ["brackets"]
    assert (first["line"], first["column"]) == (5, 1)


def test_csv():
    rows = list(csv.DictReader(io.StringIO(as_csv(entries()))))
    assert [row["line"] for row in rows] == ["5", "7"]
    assert rows[1]["original"] == "Elle date de 1930.\n\nNous la referons"


def test_csv_holds_no_formula():
    entry = Entry("", "=1+1", "-2", "a.txt", 1, 1, "words", ())
    row = next(csv.DictReader(io.StringIO(as_csv([entry]))))
    assert (row["original"], row["translation"]) == ("'=1+1", "'-2")


def test_markdown_escapes_what_the_article_says():
    entry = Entry("A|B", "<b>oui</b> *et*\nnon", "x", "a.txt", 1, 2, "speech", ("unclosed",))
    assert as_markdown([entry]).splitlines()[2] == (
        r"| A\|B | &lt;b&gt;oui&lt;/b&gt; \*et\*<br>non | x | a.txt:1:2 | speech | unclosed |"
    )


def test_without_quotations_there_is_a_heading_only():
    assert json.loads(as_json([])) == []
    assert len(as_csv([]).splitlines()) == 1
    assert len(as_markdown([]).splitlines()) == 2
