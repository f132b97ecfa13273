import subprocess
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import DragomanError
from dragoman.glossary import formats
from dragoman.glossary.entry import Entry, EntryKind
from dragoman.glossary.formats import Form
from dragoman.glossary.table import order
from glossary_entries import entries, lines

EXTENSIONS = {Form.OMEGAT: "utf8", Form.DEEPL: "csv"}

try:
    import openpyxl
    import translate.storage.tbx
except ImportError:
    openpyxl = None
needs_extra = pytest.mark.skipif(openpyxl is None, reason="the extra 'formats' is not installed")


def there_and_back(given_entries, form):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"g.{EXTENSIONS.get(form, form)}"
        formats.write(given_entries, path, form)
        return formats.read(path, form)[0].entries


@pytest.mark.parametrize("form", [Form.CSV, Form.TSV])
@given(given_entries=st.lists(entries(), max_size=8))
@settings(max_examples=30, deadline=None)
def test_csv_and_tsv_carry_everything(form, given_entries):
    assert there_and_back(given_entries, form) == sorted(given_entries, key=order)
    assert formats.losses(given_entries, form) == []


@needs_extra
@pytest.mark.parametrize("form", [Form.TBX, Form.XLSX])
@given(given_entries=st.lists(entries(), min_size=1, max_size=8))
@settings(max_examples=30, deadline=None)
def test_tbx_and_xlsx_carry_everything_in_order(form, given_entries):
    assert there_and_back(given_entries, form) == given_entries
    assert formats.losses(given_entries, form) == []


@given(given_entries=st.lists(entries(lines.filter(str.strip), lines), max_size=8))
@settings(max_examples=30, deadline=None)
def test_omegat_carries_source_target_and_note_of_what_is_to_be_written(given_entries):
    given_entries = [entry for entry in given_entries if not entry.source.startswith("#")]
    carried = [e for e in given_entries if e.kind is not EntryKind.FORBIDDEN and e.in_force]
    assert there_and_back(given_entries, Form.OMEGAT) == [Entry(e.source, e.target, note=e.note) for e in carried]
    left_out = [line for line in formats.losses(given_entries, Form.OMEGAT) if line.startswith("left out: ")]
    assert len(left_out) == len(given_entries) - len(carried)


@given(given_entries=st.lists(entries(lines.filter(str.strip), lines), max_size=8))
@settings(max_examples=30, deadline=None)
def test_deepl_carries_each_source_once_with_its_preferred_target(given_entries):
    back = there_and_back(given_entries, Form.DEEPL)
    written = [e for e in given_entries if e.kind is not EntryKind.FORBIDDEN and e.in_force]
    assert [e.source for e in back] == list(dict.fromkeys(e.source for e in written))
    for entry in back:
        same = [e for e in written if e.source == entry.source]
        best = [e for e in same if e.kind is not EntryKind.ADMITTED] or same
        assert entry == Entry(entry.source, best[0].target)
    left_out = [line for line in formats.losses(given_entries, Form.DEEPL) if line.startswith("left out: ")]
    assert len(left_out) == len(given_entries) - len(back)


def test_losses_are_told_exactly():
    hearing = Entry("audience", "hearing", domain="justice", note="in\tcourt", extra=(("owner", "Ana"),))
    session = Entry("audience", "session", EntryKind.ADMITTED)
    ban = Entry("audience", "audience", EntryKind.FORBIDDEN)
    idea = Entry("parquet", "prosecutors", status="proposed")
    assert formats.losses([hearing, session, ban, idea], Form.OMEGAT) == [
        "left out: audience → audience (forbidden)",
        "left out: parquet → prosecutors (preferred, proposed)",
        "left out, with the number of entries: kind 1, domain 1, owner 1",
        "changed: tabs and line breaks into spaces, cells: 1",
    ]
    assert formats.losses([hearing, session, ban, idea], Form.DEEPL) == [
        "left out: audience → session (admitted)",
        "left out: audience → audience (forbidden)",
        "left out: parquet → prosecutors (preferred, proposed)",
        "left out, with the number of entries: domain 1, note 1, owner 1",
    ]


def test_omegat_files_have_comments_and_no_quoting(tmp_path):
    file = tmp_path / "g.txt"
    file.write_bytes(
        '\ufeff# glossaire\r\nmise en examen\tformal investigation\tjustice\r\n\r\n"parquet\tfloor"\r\n'.encode()
    )
    table, notes = formats.read(file)
    assert table.entries == [
        Entry("mise en examen", "formal investigation", note="justice"),
        Entry('"parquet', 'floor"'),
    ]
    assert [entry.line for entry in table.entries] == [2, 4]
    assert notes == []
    file.write_text("parquet : prosecutors\n")
    with pytest.raises(DragomanError, match=r"g\.txt:1: there is no tab"):
        formats.read(file)


def test_omegat_would_take_an_entry_for_a_comment(tmp_path):
    with pytest.raises(DragomanError, match="comment"):
        formats.write([Entry("#MeToo", "#MeToo")], tmp_path / "g.utf8")


def test_deepl_files_may_name_their_languages(tmp_path):
    file = tmp_path / "g.csv"
    file.write_text('"garde à vue","police custody",fr,en-US\n"parquet, le",prosecutors,FR,EN\n')
    assert formats.read(file, Form.DEEPL)[0].entries == [
        Entry("garde à vue", "police custody"),
        Entry("parquet, le", "prosecutors"),
    ]
    file.write_text("garde à vue,police custody,fr,en\nboard,Vorstand,en,de\n")
    with pytest.raises(DragomanError, match=r"g\.csv:2: the languages are en and de"):
        formats.read(file, Form.DEEPL)
    file.write_text("garde à vue,police custody,note\n")
    with pytest.raises(DragomanError, match="3 cells"):
        formats.read(file, Form.DEEPL)
    file.write_text("garde à vue,police custody\n")
    with pytest.raises(DragomanError, match="import --help"):
        formats.read(file)


def test_the_name_tells_the_form():
    assert formats.form_of(Path("A.TBX")) is Form.TBX
    with pytest.raises(DragomanError, match="--format"):
        formats.form_of(Path("glossary.pdf"))


@needs_extra
def test_tbx_uses_the_standard_data_categories(tmp_path):
    file = tmp_path / "g.tbx"
    formats.write(
        [
            Entry(
                "mise en examen",
                "formal investigation",
                pos="noun",
                domain="justice",
                note="not: indictment",
                example="Sa mise en examen a été annoncée.",
                status="approved",
                added="2026-11-24",
            ),
            Entry("mise en examen", "indictment", EntryKind.FORBIDDEN, pos="noun", domain="justice"),
        ],
        file,
    )
    store = translate.storage.tbx.tbxfile.parsestring(file.read_bytes())
    (unit,) = store.units
    assert unit.xmlelement.findtext("descrip[@type='subjectField']") == "justice"
    assert [(t.text, t.administrative_status) for t in unit.get_target_terms("en")] == [
        ("formal investigation", "preferredTerm-admn-sts"),
        ("indictment", "deprecatedTerm-admn-sts"),
    ]
    assert unit.get_target_terms("en")[1].deprecated
    french, english, _ = unit.xmlelement.iter("tig")
    assert french.findtext("term") == "mise en examen"
    assert french.findtext("descrip[@type='context']") == "Sa mise en examen a été annoncée."
    assert english.findtext("termNote[@type='partOfSpeech']") == "noun"
    assert english.findtext("termNote[@type='processStatus']") == "finalized"
    assert english.findtext("transacGrp/transac") == "origination"
    assert english.findtext("transacGrp/date") == "2026-11-24"
    assert english.findtext("note") == "not: indictment"
    assert not list(unit.xmlelement.iter("admin"))


FOREIGN = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><text><body>
<termEntry id="c1">
  <descripGrp><descrip type="subjectField">LAW</descrip></descripGrp><descrip type="subjectField">police</descrip>
  <descrip type="definition">Detention of a suspect.</descrip>
  <langSet xml:lang="de"><tig><term>Gewahrsam</term></tig></langSet>
  <langSet xml:lang="fr-FR"><ntig><termGrp><term>garde <hi>à</hi> vue</term>
    <termNote type="termType">fullForm</termNote></termGrp><descrip type="context">En garde à vue.</descrip>
    <descrip type="context">Une garde à vue.</descrip></ntig>
    <ntig><termGrp><term>GAV</term></termGrp></ntig></langSet>
  <langSet xml:lang="en-US"><ntig><termGrp><term>police custody</term>
    <termNote type="partOfSpeech">noun</termNote></termGrp>
    <descrip type="reliabilityCode">3</descrip></ntig>
    <tig><term>custody</term></tig></langSet>
</termEntry>
<termEntry id="c2"><langSet xml:lang="fr"><tig><term>seul</term></tig></langSet></termEntry>
</body></text></martif>"""


@needs_extra
def test_tbx_of_other_programs(tmp_path):
    file = tmp_path / "g.tbx"
    file.write_text(FOREIGN)
    table, notes = formats.read(file)
    found = [(entry.source, entry.target, entry.kind.value, entry.pos) for entry in table.entries]
    assert found == [
        ("garde à vue", "police custody", "preferred", "noun"),
        ("garde à vue", "custody", "admitted", ""),
        ("GAV", "police custody", "preferred", "noun"),
        ("GAV", "custody", "admitted", ""),
    ]
    first = table.entries[0]
    assert (first.domain, first.example) == ("LAW; police", "En garde à vue.")
    assert dict(first.extra) == {
        "context": "Une garde à vue.",
        "definition": "Detention of a suspect.",
        "reliabilityCode": "3",
        "termType": "fullForm",
    }
    assert first.line == 4
    assert notes == ["left out: concepts that lack a French or an English term: 1"]


@needs_extra
@pytest.mark.parametrize(
    "notes",
    [
        '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote><termNote type="partOfSpeech">noun'
        "</termNote>",
        "<min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus>"
        "<min:partOfSpeech>noun</min:partOfSpeech>",
    ],
)
def test_tbx_of_2019_in_both_styles(tmp_path, notes):
    file = tmp_path / "g.tbx"
    file.write_text(
        '<tbx type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"'
        ' xmlns:min="http://www.tbxinfo.net/ns/min"><text><body><conceptEntry id="c1">'
        '<langSec xml:lang="fr"><termSec><term>audience</term></termSec></langSec>'
        f'<langSec xml:lang="en"><termSec><term>audience</term>{notes}</termSec></langSec>'
        "</conceptEntry></body></text></tbx>"
    )
    assert formats.read(file)[0].entries == [Entry("audience", "audience", EntryKind.FORBIDDEN, pos="noun")]


@needs_extra
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<martif><text>", r"g\.tbx:1:\d+: is not well-formed"),
        ("<html/>", "is XML, but not TBX"),
        ("<martif><text><body/></text></martif>", "no concept has"),
        (
            '<!DOCTYPE martif [<!ENTITY e SYSTEM "file:///etc/passwd">]><martif><text><body><termEntry><langSet'
            ' xml:lang="fr"><tig><term>&e;</term></tig></langSet></termEntry></body></text></martif>',
            "entities of its own",
        ),
    ],
)
def test_what_is_no_tbx_is_refused(tmp_path, text, message):
    file = tmp_path / "g.tbx"
    file.write_text(text)
    with pytest.raises(DragomanError, match=message):
        formats.read(file)


@needs_extra
def test_xlsx_as_people_make_it(tmp_path):
    book = openpyxl.Workbook()
    for row in [
        ("Source", "Target", "added", "ticket", "first"),
        ("motion de censure", "censure motion", datetime(2026, 11, 24), 12, "line\r\nbreak"),
        (None, None, None, None, None),
        (49.3, "Article 49.3", date(2026, 11, 24), 4.5, True),
    ]:
        book.active.append(row)
    file = tmp_path / "g.xlsx"
    book.save(file)
    table, _ = formats.read(file)
    assert table.entries == [
        Entry(
            "motion de censure",
            "censure motion",
            first="line\nbreak",
            added="2026-11-24",
            extra=(("ticket", "12"),),
        ),
        Entry("49.3", "Article 49.3", first="True", added="2026-11-24", extra=(("ticket", "4.5"),)),
    ]
    assert [entry.line for entry in table.entries] == [2, 4]
    book.active["B2"] = None
    book.save(file)
    with pytest.raises(DragomanError, match=r"g\.xlsx:2: the target is empty"):
        formats.read(file)


@needs_extra
def test_xlsx_cells_are_text(tmp_path):
    file = tmp_path / "g.xlsx"
    formats.write([Entry("=1+1", "#N/A", note="007")], file)
    row = openpyxl.load_workbook(file).active[2]
    assert [(cell.value, cell.data_type) for cell in row if cell.value] == [("=1+1", "s"), ("#N/A", "s"), ("007", "s")]
    with pytest.raises(DragomanError, match="40000 characters"):
        formats.write([Entry("a", "b", note="x" * 40_000)], file)


@needs_extra
def test_what_is_no_workbook_is_refused(tmp_path):
    file = tmp_path / "g.xlsx"
    file.write_text("source,target\n")
    with pytest.raises(DragomanError, match="is not an XLSX workbook"):
        formats.read(file)


@pytest.mark.parametrize(("extension", "module"), [("xlsx", "openpyxl"), ("tbx", "translate.storage.tbx")])
def test_without_the_extra_the_message_says_what_to_install(tmp_path, monkeypatch, extension, module):
    monkeypatch.setitem(sys.modules, module, None)
    file = tmp_path / f"g.{extension}"
    with pytest.raises(DragomanError, match=r"pip install 'dragoman\[formats\]'"):
        formats.write([Entry("a", "b")], file)
    assert not file.exists()
    file.write_bytes(b"<martif/>")
    with pytest.raises(DragomanError, match=r"pip install 'dragoman\[formats\]'"):
        formats.read(file)


def test_the_extra_is_imported_only_where_it_is_needed():
    code = (
        "import sys, dragoman.glossary.formats, dragoman.glossary.tbx, dragoman.cli.glossary;"
        "print([m for m in sys.modules if m.split('.')[0] in ('translate', 'openpyxl', 'lxml', 'ahocorasick_rs')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
