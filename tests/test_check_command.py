"""`dragoman check` as its users meet it: arguments in; findings and exit codes out."""

import io
import json
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from dragoman.check.files import Excerpt, FileFinding
from dragoman.check.finding import Severity
from dragoman.check.registry import CHECKS
from dragoman.report import check as reports

DATA = Path(__file__).parent / "data" / "check"


@pytest.fixture
def run(capfdbinary, monkeypatch):
    """Run `dragoman check` in this process, in a folder; gives its exit code, standard output and standard error."""

    def call(*arguments, folder=DATA, stdin=b""):
        from dragoman.cli import main

        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["dragoman", "check", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            main()
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return end.value.code, out.decode(), err.decode()

    return call


# ---- What is found -------------------------------------------------------------------------------------------------

FAULTS = {
    ("ferry.fr.txt", "ferry-faults.en.txt"): [
        "ferry-faults.en.txt:7:114: error: “7 avril” became “April 17” [figures]",
        "ferry-faults.en.txt:7:23: warning: “of of” [doubled-words]",
        "ferry-faults.en.txt:9:64: error: a quotation is opened and not closed [quotations]",
        "ferry.fr.txt:11:1: error: the heading is not in the translation [omission]",
        "ferry-faults.en.txt:11:122: error: “www.bac-quillebeuf.fr” became “www.bac-quillebeuf.com” [codes]",
        "ferry.fr.txt:18:1: error: this sentence is not in the translation [omission]",
        "ferry-faults.en.txt:16:1: error: the source was copied, not translated [copied]",
    ],
    ("library.fr.md", "library-faults.en.md"): [
        "library-faults.en.md:8:1: warning: links: 1 in the source, 0 in the translation [markup]",
        "library-faults.en.md:12:27: error: “6 500” became “5,600” [figures]",
        "library.fr.md:13:3: error: the bullet is not in the translation [omission]",
        "library-faults.en.md:22:1: error: the paragraph is not in the source [addition]",
    ],
    ("notices.xlf",): [
        "notices.xlf:11: error: “8 euros” became “9 euros” [figures]",
        "notices.xlf:15: error: inline tags: 1 in the source, 0 in the translation [markup]",
        "notices.xlf:18: error: this text is not in the translation [omission]",
    ],
}


@pytest.mark.parametrize("files", FAULTS)
def test_faults_are_found_in_their_places(run, files):
    code, out, err = run(*files)
    assert code == 1
    assert [line for line in out.splitlines() if re.match(r"\S+:\d", line)] == FAULTS[files]
    errors = sum(": error:" in line for line in FAULTS[files])
    warnings = len(FAULTS[files]) - errors
    expected = f"{errors} errors" + (f", {warnings} warning" if warnings else "")
    assert err == f"dragoman: {files[-1]}: {expected}\n"


def test_a_right_translation(run):
    assert run("ferry.fr.txt", "ferry.en.txt") == (0, "", "dragoman: ferry.en.txt: nothing found\n")


def test_standard_input(run):
    code, out, err = run("-", "ferry.en.txt", stdin=(DATA / "ferry.fr.txt").read_bytes())
    assert (code, out, err) == (0, "", "dragoman: ferry.en.txt: nothing found\n")


@pytest.mark.parametrize(
    ("english", "fail_on", "code"),
    [
        ("Le pont ouvre lundi.|The bridge opens opens on Monday.", "error", 0),
        ("Le pont ouvre lundi.|The bridge opens opens on Monday.", "warning", 1),
        ("Le pont ouvre lundi.|The bridge opens opens on Monday.", "never", 0),
        ("Le pont ouvre lundi.|The bridge opens on Tuesday.", "error", 1),
        ("Le pont ouvre lundi.|The bridge opens on Tuesday.", "warning", 1),
        ("Le pont ouvre lundi.|The bridge opens on Tuesday.", "never", 0),
    ],
)
def test_what_fails(run, tmp_path, english, fail_on, code):
    for name, text in zip(("a.txt", "b.txt"), english.split("|"), strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert run("a.txt", "b.txt", "--fail-on", fail_on, folder=tmp_path)[0] == code


# ---- Settings and glossaries ---------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path):
    (tmp_path / "a.txt").write_text("Le conseil d'administration se réunit à 9 h lundi.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("The directors' council meets on Tuesday at 9 a.m.\n", encoding="utf-8")
    return tmp_path


def checks_of(out):
    return re.findall(r"\[([a-z-]+)\]$", out, re.MULTILINE)


def test_the_project_file_disables_checks_and_sets_severities(run, project):
    assert sorted(checks_of(run("a.txt", "b.txt", folder=project)[1])) == ["figures", "terms"]
    toml = '[check]\ndisable = ["terms"]\n[check.severity]\nfigures = "warning"\n'
    (project / "dragoman.toml").write_text(toml, encoding="utf-8")
    code, out, _ = run("a.txt", "b.txt", folder=project)
    assert (code, checks_of(out)) == (0, ["figures"])


def test_glossaries(run, project):
    (project / "own.csv").write_text("source,target\nconseil d'administration,directors' council\n", encoding="utf-8")
    assert checks_of(run("a.txt", "b.txt", "-g", "own.csv", folder=project)[1]) == ["figures"]
    assert checks_of(run("a.txt", "b.txt", "--no-glossary", folder=project)[1]) == ["figures"]


def test_the_locale(run, tmp_path):
    (tmp_path / "a.txt").write_text("La couleur du théâtre a changé.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("The color of the theater has changed.\n", encoding="utf-8")
    assert checks_of(run("a.txt", "b.txt", folder=tmp_path)[1]) == []
    assert set(checks_of(run("a.txt", "b.txt", "--to", "en-GB", folder=tmp_path)[1])) == {"spelling"}
    (tmp_path / "dragoman.toml").write_text('[check]\nlocale = "en-GB"\n', encoding="utf-8")
    assert set(checks_of(run("a.txt", "b.txt", folder=tmp_path)[1])) == {"spelling"}
    assert checks_of(run("a.txt", "b.txt", "--to", "en-US", folder=tmp_path)[1]) == []


# ---- Formats -------------------------------------------------------------------------------------------------------


def test_json(run):
    code, out, _ = run("ferry.fr.txt", "ferry-faults.en.txt", "--format", "json")
    report = json.loads(out)
    assert code == 1
    assert (report["source"], report["translation"], report["locale"]) == ("ferry.fr.txt", "ferry-faults.en.txt", None)
    assert (report["errors"], report["warnings"], len(report["findings"])) == (6, 1, 7)
    lines = (DATA / "ferry-faults.en.txt").read_text(encoding="utf-8").splitlines()
    for finding in report["findings"]:
        place = finding["translation"]
        if place is not None:
            words = place["text"][place["start"] : place["end"]]
            assert lines[place["line"] - 1][place["column"] - 1 : place["end_column"] - 1] == words
    lost = [finding for finding in report["findings"] if finding["check"] == "omission"]
    assert [finding["translation"] for finding in lost] == [None, None]


def test_sarif(run):
    """The parts that SARIF 2.1.0 demands, and that code scanning services show."""
    report = json.loads(run("ferry.fr.txt", "ferry-faults.en.txt", "--format", "sarif")[1])
    assert report["version"] == "2.1.0"
    (one,) = report["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(CHECKS)
    for rule in rules:
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
        assert rule["defaultConfiguration"]["level"] in ("error", "warning")
    assert one["columnKind"] == "unicodeCodePoints"
    assert len(one["results"]) == 7
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning")
        assert result["message"]["text"]
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) < (region["endLine"], region["endColumn"])
    files = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in one["results"]}
    assert files == {"ferry-faults.en.txt", "ferry.fr.txt"}


def test_sarif_of_a_file_without_columns_names_the_line_alone(run):
    report = json.loads(run("notices.xlf", "--format", "sarif")[1])
    regions = [r["locations"][0]["physicalLocation"]["region"] for r in report["runs"][0]["results"]]
    assert regions == [{"startLine": 11}, {"startLine": 15}, {"startLine": 18}]


def test_junit(run):
    root = ET.fromstring(run("ferry.fr.txt", "ferry-faults.en.txt", "--format", "junit")[1])
    assert root.get("name") == "dragoman check"
    french, english = root
    assert [len(suite) for suite in root] == [len(CHECKS)] * 2
    assert {case.get("name") for case in french if case.find("failure") is not None} == {"omission"}
    failed = {case.get("name") for case in english if case.find("failure") is not None}
    assert failed == {"figures", "quotations", "codes", "copied"}
    assert english.get("failures") == "4"
    assert english.find("testcase[@name='doubled-words']/system-out") is not None


def test_github(run):
    lines = run("ferry.fr.txt", "ferry-faults.en.txt", "--format", "github")[1].splitlines()
    assert len(lines) == 7
    assert lines[0] == "::error file=ferry-faults.en.txt,line=7,col=114,title=figures::“7 avril” became “April 17”"


@pytest.mark.parametrize(
    ("name", "start"),
    [("r.json", "{"), ("r.sarif", '{\n  "$schema"'), ("r.xml", "<?xml"), ("r.txt", "ferry-faults.en")],
)
def test_the_extension_of_the_output_tells_the_format(run, tmp_path, name, start):
    code, out, _ = run("ferry.fr.txt", "ferry-faults.en.txt", "-o", tmp_path / name)
    assert (code, out) == (1, "")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


# ---- The table -----------------------------------------------------------------------------------------------------


def excerpt(file, line, column, text, words=None):
    start = text.index(words) if words else 0
    marked = (start, start + len(words)) if words else None
    return Excerpt(file, line, column, line, column + len(words or text), text, marked)


FRENCH = (
    "Le conseil régional de Normandie a voté mardi, après quatre heures de débats, une aide de 12,5 millions d'euros "
    "pour les pêcheurs de Port-en-Bessin et de Granville."
)
ENGLISH = (
    "On Tuesday, after four hours of debate, the Normandy regional council voted through 15.2 million euros in aid "
    "for fishermen in Port-en-Bessin and Granville."
)
FINDINGS = [
    FileFinding(
        "figures",
        Severity.ERROR,
        "“12,5 millions d'euros” became “15.2 million euros”",
        excerpt("articles/aide.fr.txt", 3, 91, FRENCH, "12,5 millions d'euros"),
        excerpt("articles/aide.en.txt", 3, 85, ENGLISH, "15.2 million euros"),
    ),
    FileFinding(
        "entities",
        Severity.ERROR,
        "“Granville” is not in the translation",
        excerpt("articles/aide.fr.txt", 3, 154, FRENCH, "Granville"),
        excerpt("articles/aide.en.txt", 3, 1, ENGLISH.replace(" and Granville", "")),
    ),
    FileFinding(
        "doubled-words",
        Severity.WARNING,
        "“the the”",
        excerpt("articles/aide.fr.txt", 5, 1, "📌 Le vote a eu lieu à huis clos."),
        excerpt("articles/aide.en.txt", 5, 3, "📌 Voting took place behind the the closed doors.", "the the"),
    ),
    FileFinding(
        "omission",
        Severity.ERROR,
        "the paragraph is not in the translation",
        excerpt("articles/aide.fr.txt", 7, 1, "Les premiers versements sont attendus en juin."),
        None,
    ),
]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_table_in_a_pipe(file_regression, width):
    table = reports.table(FINDINGS, width)
    file_regression.check(table, encoding="utf-8", basename=f"check_table_{width}")
    assert max(cell_len(line) for line in table.splitlines() if line.startswith("  ")) <= width


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_table_in_a_terminal(width):
    console = Console(file=io.StringIO(), width=width, force_terminal=True, markup=False, highlight=False)
    reports.print_table(FINDINGS, console)
    text = console.file.getvalue()
    underlined = re.findall(r"\x1b\[1;4;3[13]m(.*?)\x1b\[0m", text)
    assert underlined == ["12,5 millions d'euros", "15.2 million euros", "Granville", "the the"]
    assert max(cell_len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in text.splitlines()) <= width


@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=80), st.integers(20, 100))
def test_the_marked_words_are_seen_whatever_the_text(before, words, behind, width):
    side = Excerpt("a.txt", 1, 1, 1, 2, before + words + behind, (len(before), len(before) + len(words)))
    table = reports.table([FileFinding("figures", Severity.ERROR, "changed", None, side)], width)
    _, shown, *carets = table.split("\n")[:-1]
    assert cell_len(shown) <= max(width, 27)
    assert all(char.isprintable() or char in " \u00a0\u202f\u2009\u3000" or char.isspace() for char in shown)
    assert bool(words) == bool(carets)


# ---- The checks ----------------------------------------------------------------------------------------------------


def test_list(run):
    code, out, _ = run("--list")
    assert code == 0
    rows = [line.split("\t") for line in out.splitlines()]
    assert rows[0] == ["check", "severity", "finds"]
    assert [row[0] for row in rows[1:]] == list(CHECKS)
    assert all(row[1] in ("error", "warning") and row[2] for row in rows[1:])


@pytest.mark.parametrize("check", CHECKS)
def test_explain(run, check):
    code, out, _ = run("--explain", check)
    assert code == 0
    assert out == f"{check} ({CHECKS[check].severity})\n\n{CHECKS[check].manual()}\n"


# ---- Bad input -----------------------------------------------------------------------------------------------------


def refusal(result):
    code, out, err = result
    assert (code, out) == (2, "")
    assert err.startswith("dragoman: ")
    assert err.count("\n") == 1
    return err


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ([], "no file is named"),
        (["ferry.fr.txt"], "its translation is missing"),
        (["ferry.fr.txt", "none.txt"], "none.txt: there is no such file"),
        (["none.xlf"], "none.xlf: cannot be read"),
        (["ferry.fr.txt", "ferry.fr.txt"], "is named twice"),
        (["ferry.en.txt", "ferry.fr.txt"], "ferry.en.txt: is in English, and ferry.fr.txt in French"),
        (["ferry.en.txt", "library.en.md"], "the text is in English, not in French"),
        (["notices.xlf", "ferry.en.txt"], "holds both texts"),
        (["ferry.fr.txt", "notices.xlf"], "holds both texts"),
        (["ferry.fr.txt", "empty.txt"], "empty.txt: has no text"),
        (["binary.txt", "ferry.en.txt"], "binary.txt: byte 2: is not a text file"),
        (["ferry.fr.txt", "ferry.en.txt", "-g", "none.csv"], "none.csv"),
        (["--explain", "figure"], "there is no such check; did you mean figures?"),
        (["--explain", "xyz"], "there is no such check; there are: "),
        (["ferry.fr.txt", "ferry.en.txt", "-o", "none/r.json"], "cannot be written"),
        (["ferry.fr.txt", "ferry.en.txt", "--format", "xml"], "--format"),
    ],
)
def test_bad_input_ends_with_one_line(run, tmp_path, arguments, what):
    for path in DATA.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "binary.txt").write_bytes(b"ab\x00\x01")
    assert what in refusal(run(*arguments, folder=tmp_path))


def test_force_takes_a_source_that_does_not_look_french(run):
    assert run("ferry.en.txt", "library.en.md", "--force", "--fail-on", "never")[0] == 0


def test_a_project_file_that_is_wrong(run, project):
    (project / "dragoman.toml").write_text('[check]\ndisable = ["figure"]\n', encoding="utf-8")
    assert "did you mean figures?" in refusal(run("a.txt", "b.txt", folder=project))


def test_bilingual_files_need_the_extra(run, monkeypatch):
    for module in ("translate.storage.xliff", "translate.storage.tmx", "translate.storage.pypo"):
        monkeypatch.setitem(sys.modules, module, None)
    for file in ("notices.xlf", "memory.tmx", "app.po"):
        assert "pip install 'dragoman[formats]'" in refusal(run(file))
