import json
from functools import partial
from pathlib import Path

import pytest

GLOSSARY = """\
source,target,kind
comparution immédiate,fast-track trial,
garde à vue,police custody,
garde à vue,garde à vue,forbidden
non-lieu,dismissal,
tribunal,court,
"""


@pytest.fixture
def run(tmp_path, monkeypatch, glossary_command):
    monkeypatch.chdir(tmp_path)
    Path("g.csv").write_text(GLOSSARY, encoding="utf-8")
    Path("pages").mkdir()
    Path("pages/un.txt").write_text(
        "Trois gardes à vue ont été levées. La garde à vue du maire continue, dit le tribunal.\n", encoding="utf-8"
    )
    Path("pages/deux.md").write_text(
        "# Au tribunal\n\nIl sera jugé en comparution immédiate après sa garde à vue ; `tribunal` est une commande.\n",
        encoding="utf-8",
    )

    return partial(glossary_command, "coverage")


def test_entries_are_counted_by_article_and_the_unused_are_listed_too(run):
    code, out, err = run("pages", "-g", "g.csv")
    assert (code, err) == (0, "dragoman: articles: 2, entries: 5, of which occur: 4 (80.0%)\n")
    assert [line.split("\t") for line in out.splitlines()] == [
        ["source", "target", "occurrences", "articles", "place"],
        ["garde à vue", "police custody", "3", "pages/deux.md 1, pages/un.txt 2", "g.csv:3"],
        ["garde à vue", "garde à vue", "3", "pages/deux.md 1, pages/un.txt 2", "g.csv:4"],
        ["tribunal", "court", "2", "pages/deux.md 1, pages/un.txt 1", "g.csv:6"],
        ["comparution immédiate", "fast-track trial", "1", "pages/deux.md 1", "g.csv:2"],
        ["non-lieu", "dismissal", "0", "", "g.csv:5"],
    ]


def test_json_holds_the_same(run):
    code, out, _ = run("pages/un.txt", "-g", "g.csv", "--format", "json")
    data = json.loads(out)
    assert (code, data["articles"], data["entries"], data["used"]) == (0, 1, 5, 3)
    first = data["coverage"][0]
    assert (first["source"], first["occurrences"], first["articles"]) == ("garde à vue", 2, {"pages/un.txt": 2})
    assert [row["source"] for row in data["coverage"] if not row["occurrences"]] == [
        "comparution immédiate",
        "non-lieu",
    ]


def test_built_in_glossaries_are_taken_by_their_names(run):
    assert "of which occur" in run("pages", "-g", "justice-and-police")[2]


def test_what_can_not_be_read_is_said_in_a_line(run):
    assert run("keine.txt", "-g", "g.csv") == (
        2, "", "dragoman: keine.txt: there is no such file; check the path\n",
    )  # fmt: skip
    assert run("pages", "-g", "nichts.csv")[0] == 2
