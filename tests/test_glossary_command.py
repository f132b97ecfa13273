import json
import re
from pathlib import Path

import pytest

from dragoman.glossary import table as tables
from dragoman.glossary.entry import COLUMNS, Entry, EntryKind

HEADER = ",".join(COLUMNS)


@pytest.fixture
def run(tmp_path, monkeypatch, glossary_command):
    """Run `dragoman glossary` in a folder of its own, as the command line does; return exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    return glossary_command


def write(name, *rows, header="source,target,kind,domain,note"):
    Path(name).write_text("".join(f"{row}\n" for row in [header, *rows]), encoding="utf-8")


def read(name):
    return Path(name).read_text(encoding="utf-8").splitlines()


def test_a_glossary_is_made_and_filled(run):
    assert run("new", "g.csv") == (0, "made g.csv\n", "")
    code, out, _ = run(
        "add", "g.csv", "conseil d'administration", "board of directors", "--pos", "noun", "--plural",
        "boards of directors", "--note", 'said "the board", too', "--added", "2026-01-02", "--set", "owner=Ana",
    )  # fmt: skip
    assert (code, out) == (0, "added conseil d'administration → board of directors\n")
    assert run("add", "g.csv", "audience", "hearing", "--added", "2026-01-02")[0] == 0
    assert run("add", "g.csv", "audience", "audience", "--kind", "forbidden", "--added", "2026-01-02")[0] == 0
    assert read("g.csv") == [
        HEADER + ",owner",
        "audience,hearing,,,,,,,,,,2026-01-02,",
        "audience,audience,forbidden,,,,,,,,,2026-01-02,",
        "conseil d'administration,board of directors,,noun,,,boards of directors,,"
        '"said ""the board"", too",,,2026-01-02,Ana',
    ]


def test_new_spares_what_is_there_and_can_write_for_excel(run):
    Path("g.csv").write_text("mine")
    code, _, err = run("new", "g.csv")
    assert (code, err) == (2, "dragoman: g.csv: is there already; name another file\n")
    assert Path("g.csv").read_text() == "mine"
    assert run("new", "h.csv", "--bom")[0] == 0
    assert Path("h.csv").read_bytes() == b"\xef\xbb\xbf" + HEADER.encode() + b"\n"
    assert run("new", "g.ods")[0] == 2


def test_a_new_entry_gets_the_date_if_there_is_a_column_for_it(run):
    write("g.csv", header="source,target,added")
    write("h.csv", header="source,target")
    for name in ("g.csv", "h.csv"):
        assert run("add", name, "audience", "hearing")[0] == 0
    assert len(tables.load(Path("g.csv"))[0].added) == 10
    assert read("h.csv") == ["source,target", "audience,hearing"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("audience", "hearing"), "g.csv:2: audience → hearing is there already; change it"),
        (("Audience", "hearing", "--kind", "admitted"), "g.csv:2: audience → hearing is there already"),
        (("audience", "session"), "g.csv:2: audience → hearing contradicts audience → session"),
        (("audience", "hearing", "--kind", "forbidden"), "g.csv:2: audience → hearing is there already"),
        (("parquet", " "), "g.csv: the target is empty"),
        (("parquet", "floor", "--set", "owner"), "--set owner: is not COLUMN=TEXT"),
    ],
)
def test_what_cannot_stand_beside_the_others_is_refused(run, arguments, message):
    write("g.csv", "audience,hearing,,justice,")
    before = read("g.csv")
    code, out, err = run("add", "g.csv", *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"dragoman: {message}")
    assert read("g.csv") == before


def test_what_a_new_entry_overrides_elsewhere_is_told(run):
    write("g.csv")
    write("far.csv", "audience,session,,,")
    Path("dragoman.toml").write_text('[glossary]\nfiles = ["far.csv"]\nbuiltin = false\n')
    code, _, err = run("add", "g.csv", "audience", "hearing")
    assert code == 0
    assert "overrides" in err
    assert "far.csv:2: audience → session" in err


def test_an_entry_is_changed_in_its_row(run):
    Path("g.csv").write_bytes('\ufeffsource;target;owner\r\nzone;area;"A"\r\naudience;hearing;"B"\r\n'.encode())
    assert run("edit", "g.csv", "AUDIENCE", "--target", "court; hearing", "--set", "owner=")[0] == 0
    assert Path("g.csv").read_bytes() == (
        '\ufeffsource;target;owner\r\nzone;area;"A"\r\naudience;"court; hearing";\r\n'.encode()
    )
    assert run("edit", "g.csv", "zone", "--target", "area") == (0, "zone is so already\n", "")
    assert run("edit", "g.csv", "zone")[0] == 2
    assert run("edit", "g.csv", "zone", "--set", "Target=zone")[0] == 0
    assert Path("g.csv").read_bytes().splitlines()[:2] == ["\ufeffsource;target;owner".encode(), b"zone;zone;A"]


def test_a_source_with_several_entries_needs_the_target(run):
    write("g.csv", "audience,hearing,,,", "audience,session,admitted,,", "parquet,prosecutors,,,")
    code, _, err = run("edit", "g.csv", "audience", "--note", "x")
    assert (code, err) == (
        2,
        "dragoman: g.csv: 'audience' has several entries; add the target: 'hearing', 'session'\n",
    )
    assert run("edit", "g.csv", "audience", "Session", "--note", "x")[0] == 0
    assert run("remove", "g.csv", "audience", "hearing")[:2] == (0, "removed audience → hearing\n")
    assert run("edit", "g.csv", "audience", "--kind", "preferred")[0] == 0
    assert read("g.csv")[1:] == ["audience,session,,,x", "parquet,prosecutors,,,"]
    code, _, err = run("remove", "g.csv", "parket")
    assert (code, err) == (2, "dragoman: g.csv: no entry for 'parket'; there are: parquet\n")


def test_an_edit_that_makes_a_contradiction_is_refused(run):
    write("g.csv", "audience,hearing,,,", "audience,session,admitted,,")
    assert run("edit", "g.csv", "audience", "session", "--kind", "preferred")[0] == 2
    assert run("edit", "g.csv", "audience", "session", "--target", "hearing")[0] == 2
    assert read("g.csv")[2] == "audience,session,admitted,,"


def test_search_minds_neither_accents_nor_case(run):
    write("g.csv", "mise en examen,formal investigation,,justice,", "état,state,,,seen in Élysée notes")
    code, out, err = run("search", "ETAT", "g.csv")
    assert (code, err) == (0, "")
    assert out.splitlines() == ["source\ttarget\tkind\tdomain\tplace", "état\tstate\t\t\tg.csv:3"]
    assert len(run("search", "e", "g.csv")[1].splitlines()) == 3
    assert run("search", "elysee", "g.csv")[0] == 0
    assert run("search", "parquet", "g.csv")[0] == 1


def test_show_tells_all_and_what_is_in_force(run):
    write("a.csv", 'audience,hearing,,justice,"two\nlines"')
    write("b.csv", "Audience,session,,,", "audience,audience,forbidden,,")
    code, out, _ = run("show", "audience", "a.csv", "b.csv")
    assert code == 0
    assert out == (
        "a.csv:2\n  source:  audience\n  target:  hearing\n  kind:    preferred\n  domain:  justice\n"
        "  note:    two\n           lines\n"
        "\nb.csv:2 (not in force)\n  source:  Audience\n  target:  session\n  kind:    preferred\n"
        "\nb.csv:3\n  source:  audience\n  target:  audience\n  kind:    forbidden\n"
    )
    data = json.loads(run("show", "audience", "a.csv", "b.csv", "--json")[1])
    assert [entry["in force"] for entry in data] == [True, False, True]
    assert run("show", "parquet", "a.csv")[0] == 1


def test_list_filters_and_is_complete_in_a_pipe(run):
    long = "x" * 300
    write("g.csv", f"audience,{long},,justice,", "zone,area,keep,,", header="source,target,kind,domain,note")
    assert run("list", "g.csv", "--domain", "justice")[1].splitlines()[1] == f"audience\t{long}\t\tjustice\tg.csv:2"
    assert [e["source"] for e in json.loads(run("list", "g.csv", "--kind", "keep", "--json")[1])] == ["zone"]
    assert [e["source"] for e in json.loads(run("list", "g.csv", "--kind", "preferred", "--json")[1])] == ["audience"]


def test_the_glossaries_of_the_folder_are_taken_if_none_is_named(run):
    write("g.csv", "audience,hearing,,,")
    assert len(run("list")[1].splitlines()) > 1000
    Path("dragoman.toml").write_text('[glossary]\nfiles = ["g.csv"]\nbuiltin = false\n')
    assert run("list")[1].splitlines()[1:] == ["audience\thearing\t\t\tg.csv:2"]
    assert len(run("list", "acronyms")[1].splitlines()) > 100


def test_lint_ends_with_1_on_errors_only(run):
    write("g.csv", "eau,water,,,of  two kinds")
    code, out, _ = run("lint", "g.csv")
    assert code == 0
    assert out.startswith("g.csv:2:13: warning: ")
    assert run("lint", "g.csv", "--strict")[0] == 1
    write("h.csv", "eau,,,,")
    code, out, _ = run("lint", "g.csv", "h.csv", "--format", "github")
    assert code == 1
    assert "::error file=h.csv,line=2,col=5,title=row::the target is empty" in out
    assert json.loads(run("lint", "h.csv", "--format", "json")[1])["errors"] == 1
    assert "<failure" in run("lint", "h.csv", "--format", "junit")[1]
    assert run("lint")[0] == 2


def test_lint_fixes(run):
    write("g.csv", "zone,area,,,", "eau ,water,,,", "eau,water,,,")
    code, out, err = run("lint", "g.csv", "--fix")
    assert (code, out, err) == (0, "", "dragoman: corrected g.csv\n")
    assert read("g.csv") == ["source,target,kind,domain,note", "zone,area,,,", "eau,water,,,"]


def test_lint_has_a_manual(run):
    code, out, _ = run("lint", "--list")
    assert code == 0
    assert "conflict\terror\tTwo entries for one source cannot both be right, in one file or in two." in out
    code, out, _ = run("lint", "--explain", "spaces")
    assert (code, out.splitlines()[0]) == (0, "spaces (warning), corrected by --fix")
    assert run("lint", "--explain", "spelling-mistakes")[0] == 2


def test_format_checks_and_writes(run):
    write("g.csv", "zone,area,,,", "eau,water,,,")
    assert run("format", "--check", "g.csv") == (1, "to be formatted: g.csv\n", "")
    assert read("g.csv")[1] == "zone,area,,,"
    assert run("format", "g.csv") == (0, "formatted: g.csv\n", "")
    assert read("g.csv")[1] == "eau,water,,,"
    assert run("format", "--check", "g.csv") == (0, "", "")


def test_diff_is_read_like_a_diff(run):
    write("a.csv", "audience,hearing,,,", "zone,area,,,")
    write("b.csv", "audience,hearing,,justice,", "parquet,floor,forbidden,,")
    assert run("diff", "a.csv", "b.csv") == (
        1,
        "~ audience → hearing\n    domain: '' → 'justice'\n+ parquet → floor (forbidden)\n- zone → area\n",
        "",
    )
    assert run("diff", "a.csv", "a.csv") == (0, "", "")
    data = json.loads(run("diff", "a.csv", "b.csv", "--json")[1])
    assert [(bool(c["old"]), bool(c["new"]), c["columns"]) for c in data] == [
        (True, True, ["domain"]),
        (False, True, []),
        (True, False, []),
    ]


def test_merge_writes_nothing_while_there_are_conflicts(run):
    write("a.csv", "audience,hearing,,,")
    write("b.csv", "audience,session,,,", "zone,area,,,")
    code, out, err = run("merge", "a.csv", "b.csv", "-o", "c.csv")
    assert (code, out) == (1, "")
    assert "b.csv:2: audience: target 'session', but 'hearing' in a.csv:2" in err
    assert not Path("c.csv").exists()
    assert run("merge", "a.csv", "b.csv", "-o", "c.csv", "--prefer", "theirs")[0] == 0
    assert read("c.csv")[1:] == ["audience,session,,,", "zone,area,,,"]
    code, out, _ = run("merge", "a.csv", "b.csv", "--prefer", "ours")
    assert (code, out.splitlines()[1:]) == (0, ["audience,hearing,,,", "zone,area,,,"])


def test_import_and_export_go_there_and_back(run):
    write("g.csv", "audience,hearing,,justice,", "audience,audience,forbidden,,")
    assert run("export", "g.csv", "-o", "g.tsv") == (0, "wrote g.tsv\n", "")
    assert run("import", "g.tsv", "back.csv")[0] == 0
    assert tables.load(Path("back.csv")) == tables.load(Path("g.csv"))
    code, _, err = run("export", "g.csv", "-o", "deepl.csv", "--format", "deepl")
    assert (code, read("deepl.csv")) == (0, ["audience,hearing"])
    assert "left out: audience → audience (forbidden)" in err
    assert run("import", "deepl.csv", "back.csv")[0] == 2
    assert run("import", "deepl.csv", "back.csv", "--format", "deepl")[0] == 0
    assert tables.load(Path("back.csv")) == tables.load(Path("g.csv"))
    assert run("export", "g.csv", "-o", "g.pdf")[0] == 2


def test_an_import_that_contradicts_makes_no_file(run):
    write("theirs.csv", "audience,hearing,,,", "audience,session,,,")
    assert run("import", "theirs.csv", "new.csv")[0] == 1
    assert not Path("new.csv").exists()


def test_stats_counts(run):
    write("g.csv", "audience,hearing,,justice,x", "audience,audience,forbidden,justice,", "zone,area,,,")
    data = json.loads(run("stats", "g.csv", "--json")[1])
    assert data["total"] == {"entries": 3, "sources": 2}
    assert data["kind"] == {"preferred": 2, "forbidden": 1}
    assert data["domain"] == {"justice": 2, "(none)": 1}
    assert data["with"]["note"] == 1
    assert "kind\tforbidden\t1" in run("stats", "g.csv")[1].splitlines()


def test_a_file_that_is_no_glossary_is_refused_in_one_line(run):
    Path("g.csv").write_bytes(b"source,target\ncaf\xe9,coffee\n")
    for command in (["list"], ["lint"], ["stats"], ["format"], ["remove", "g.csv", "x"], ["show", "x"]):
        arguments = command if "g.csv" in command else [*command, "g.csv"]
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert err.startswith("dragoman: g.csv:2:4: the file is not UTF-8")
        assert len(err.splitlines()) == 1


def test_a_terminal_of_60_columns_shows_every_cell(run, monkeypatch):
    write("g.csv", "établissement public de coopération intercommunale,public body for intermunicipal cooperation,,,")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    lines = re.sub(r"\x1b\[[\d;]*m", "", run("list", "g.csv")[1]).splitlines()
    assert max(map(len, lines)) <= 60
    words = "établissement public de coopération intercommunale public body for intermunicipal cooperation g.csv:2"
    assert sorted("".join("".join(lines[1:]).split())) == sorted(words.replace(" ", ""))


def test_examples_are_translated_to_see_whether_the_terms_come_out(run):
    write(
        "g.csv",
        "conseil d'administration,board of directors,,Le conseil d'administration se réunit mardi.",
        "parquet,public prosecutor's office,,",
        header="source,target,kind,example",
    )
    code, out, err = run("test", "g.csv", "--model", "bundled")
    assert (code, out, err) == (0, "", "dragoman: examples: 1, terms that come out: 1 (100.0%)\n")
    (row,) = json.loads(run("test", "g.csv", "--model", "bundled", "--json")[1])
    assert "board of directors" in row["translation"]
    assert (row["source"], row["fault"]) == ("conseil d'administration", "")
    write("h.csv", "parquet,prosecutors,,Le tribunal a rendu sa décision.", header="source,target,kind,example")
    code, out, _ = run("test", "h.csv", "--model", "bundled")
    assert code == 1
    assert out.startswith("h.csv:2: parquet → prosecutors: the term is not found in its example: ")
    write("i.csv", "parquet,prosecutors,,,")
    assert run("test", "i.csv")[0] == 2


@pytest.mark.parametrize(
    ("translation", "fault"),
    [
        ("Two boards of directors resigned.", ""),
        ("Two administration councils resigned.", "'boards of directors' is missing"),
        ("Two boards of administration resigned.", "'boards of administration' is forbidden"),
    ],
)
def test_what_is_wrong_with_a_translation(translation, fault):
    from dragoman.glossary import examples, match

    source = "Deux conseils d'administration ont démissionné."
    entry = Entry("conseil d'administration", "board of directors", example=source)
    ban = Entry("conseil d'administration", "board of administration", EntryKind.FORBIDDEN)
    (pair,) = examples.articles([entry, ban])
    assert pair[1].blocks[0].text == source
    assert examples.outcome(entry, match.compile([entry, ban]), source, translation).fault == fault
