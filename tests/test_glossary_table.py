import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import DragomanError
from dragoman.glossary import table as tables
from dragoman.glossary.entry import COLUMNS, Entry, EntryKind
from glossary_entries import entries, texts, words

HEADER = ",".join(COLUMNS)


def parse(text):
    return tables.parse(text.encode(), "g.csv")


@st.composite
def files(draw):
    """A file as some program may have written it, with its rows."""
    titles = draw(st.permutations(["Source", "target", "note", "owner"]))
    rows = draw(st.lists(st.lists(words, min_size=4, max_size=4), max_size=6))
    text = io.StringIO()
    csv.writer(
        text,
        delimiter=draw(st.sampled_from(",;\t")),
        lineterminator=draw(st.sampled_from(["\n", "\r\n"])),
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
    ).writerows([titles, *rows])
    written = text.getvalue()
    if draw(st.booleans()):
        written = written.rstrip("\r\n")
    return written.encode(draw(st.sampled_from(["utf-8", "utf-8-sig"]))), titles, rows


@given(files())
@settings(max_examples=60, deadline=None)
def test_what_is_read_is_written_back_byte_for_byte(file):
    data, titles, rows = file
    table = tables.parse(data, "g.csv")
    assert [list(row.cells) for row in table.rows] == rows
    assert [entry.source for entry in table.entries] == [row[titles.index("Source")] for row in rows]
    assert tables.serialise(table) == data


@given(files())
@settings(max_examples=60, deadline=None)
def test_every_cell_is_where_its_position_says(file):
    data, _, _ = file
    table = tables.parse(data, "g.csv")
    lines = re.split(r"(?<=\n)", data.decode("utf-8-sig"))
    for row in table.rows:
        for index, cell in enumerate(row.cells):
            line, column = table.position(row, index)
            there = "".join(lines[line - 1 :])[column - 1 :]
            assert there.startswith((cell, '"' + cell.replace('"', '""') + '"'))


@given(st.lists(entries(), max_size=8))
@settings(max_examples=60, deadline=None)
def test_entries_survive_the_file(given_entries):
    table = tables.of_entries(given_entries, "g.csv")
    assert tables.parse(tables.serialise(table), "g.csv").entries == given_entries


@given(st.lists(entries(), max_size=8))
@settings(max_examples=60, deadline=None)
def test_format_sorts_and_keeps_everything(given_entries):
    table = tables.formatted(tables.of_entries(given_entries, "g.csv"))
    assert sorted(map(hash, table.entries)) == sorted(map(hash, given_entries))
    assert [tables.order(entry) for entry in table.entries] == sorted(map(tables.order, given_entries))
    data = tables.serialise(table)
    assert tables.serialise(tables.formatted(tables.parse(data, "g.csv"))) == data


def test_the_order_of_a_formatted_file():
    rows = ["zone,zone", "état,state", "Étape,stage", "état,condition,admitted", "eau,water", "etat,x,forbidden"]
    table = tables.formatted(parse("source,target,kind\n" + "\n".join(rows)))
    # Without regard to accents and case; the preferred form first.
    assert [(entry.source, entry.kind.value) for entry in table.entries] == [
        ("eau", "preferred"),
        ("Étape", "preferred"),
        ("etat", "forbidden"),
        ("état", "preferred"),
        ("état", "admitted"),
        ("zone", "preferred"),
    ]


def test_format_puts_known_columns_first_and_uses_commas():
    table = parse('owner;target;Source\r\nAna;"a;b";x\r\n\r\n;=SUM(A1);"l\'""été"""\r\n')
    assert tables.serialise(tables.formatted(table)).decode() == (
        'source,target,owner\n"l\'""été""",=SUM(A1),\nx,a;b,Ana\n'
    )


def test_a_tsv_file_keeps_its_tabs():
    table = tables.parse(b"source\ttarget\nb\tc, d\na\tb\n", "g.tsv")
    assert tables.serialise(tables.formatted(table)) == b"source\ttarget\na\tb\nb\tc, d\n"


def test_an_entry_goes_to_its_place_and_nothing_else_changes():
    before = 'source,target\r\narrêt,ruling\r\n"eau",water\r\nzone,zone\r\n'
    table = tables.insert(parse(before), [Entry("école", "school"), Entry("zut", "damn"), Entry("Eau", "tide")])
    assert tables.serialise(table).decode() == (
        'source,target\r\narrêt,ruling\r\nEau,tide\r\n"eau",water\r\nécole,school\r\nzone,zone\r\nzut,damn\r\n'
    )


def test_an_entry_goes_to_the_end_of_an_unsorted_file():
    table = tables.insert(parse("source,target\nzone,zone\neau,water"), [Entry("mer", "sea")])
    assert tables.serialise(table) == b"source,target\nzone,zone\neau,water\nmer,sea\n"


def test_a_column_that_is_missing_is_added():
    table = tables.insert(
        parse("source,target\neau,water\n"), [Entry("mer", "sea", note="salt", extra=(("owner", "A"),))]
    )
    assert tables.serialise(table) == b"source,target,note,owner\neau,water,,\nmer,sea,salt,A\n"


def test_a_change_touches_one_row():
    before = '"source";"target";"owner"\nb;c;"Ana"\n"a";b;\n'
    table = tables.change(parse(before), {1: {"target": "new; one"}})
    assert tables.serialise(table).decode() == '"source";"target";"owner"\nb;c;"Ana"\na;"new; one";\n'


@given(texts)
@settings(max_examples=60, deadline=None)
def test_a_cell_that_is_changed_back_makes_the_same_table(text):
    table = parse("source,target,note\na,b,c\n")
    changed = tables.change(tables.change(table, {0: {"note": text}}), {0: {"note": "c"}})
    assert tables.serialise(changed) == b"source,target,note\na,b,c\n"


def test_an_empty_kind_is_preferred_and_stays_empty():
    table = parse("source,target,kind\na,b,\nc,d,preferred\ne,f,Forbidden\n")
    assert [entry.kind for entry in table.entries] == [EntryKind.PREFERRED, EntryKind.PREFERRED, EntryKind.FORBIDDEN]
    assert tables.serialise(tables.of_entries(table.entries, "g.csv")).decode().splitlines()[2].startswith("c,d,,")


def test_columns_may_be_few_and_rows_short():
    table = parse("target,source,note\nboard,conseil\n")
    assert table.entries == [Entry("conseil", "board")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"source,target\na,caf\xe9\n", "g.csv:2:6: the file is not UTF-8"),
        (b"\xff\xfes\x00o\x00", "g.csv:1:1: the file is not UTF-8"),
        (b"", "g.csv:1: the first line does not name the columns source and target"),
        (b"conseil,board\n", "g.csv:1: the first line does not name the columns source and target"),
        (b"source,target,note,note\n", "g.csv:1: there are two columns 'note'"),
        (b"source,,target\n", "g.csv:1: column 2 has no name"),
        (b'source,target\na,b\nc,"d\ne,f\n', "g.csv:3: a quotation mark opens a cell that is never closed"),
        (b'source,target\n"a" b,c\n', "g.csv:2: text follows the quotation mark"),
    ],
)
def test_what_is_no_glossary_is_refused(data, message):
    with pytest.raises(DragomanError, match=f"^{re.escape(message)}"):
        tables.parse(data, "g.csv")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",board,", "g.csv:3:1: the source is empty"),
        ("conseil, ,", "g.csv:3:9: the target is empty"),
        ("conseil,board,preferd", "g.csv:3:15: there is no kind 'preferd'"),
        ('"a\nb",c,keeep', "g.csv:4:6: there is no kind 'keeep'"),
        ("a,b,keep,c", "g.csv:3:10: there are 4 cells for 3 columns"),
        ("a,b\x07,keep", "g.csv:3:3: the control character U+0007"),
    ],
)
def test_a_row_that_is_no_entry_is_told_with_its_place(tmp_path, row, message):
    table = parse(f"source,target,kind\nx,y,\n{row}\nz,z,\n")
    assert [entry.source for entry in table.entries] == ["x", "z"]
    with pytest.raises(DragomanError, match=f"^{re.escape(message)}"):
        tables.refuse_faults(table)
    file = tmp_path / "g.csv"
    tables.save(table, file)
    with pytest.raises(DragomanError, match=re.escape(message.removeprefix("g.csv"))):
        tables.load(file)


def test_a_proposal_needs_no_target():
    assert parse("source,target,status\nconseil,,proposed\n").entries == [Entry("conseil", "", status="proposed")]
