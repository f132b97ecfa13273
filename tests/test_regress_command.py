"""`dragoman regress`: what it prints, writes and exits with."""

import json

import pytest

from regress_articles import suite as write_suite
from tiny_package import tiny_files, write_archive


@pytest.fixture
def folder(tmp_path):
    return write_suite(tmp_path / "s", 2, 30, 'model = "bundled"\n')


def test_a_suite_from_its_first_baselines_to_a_regression(regress_command, folder, tmp_path):
    code, out, err = regress_command("run", folder)
    assert (code, out) == (2, "")
    assert "holds no baseline; make them with dragoman regress update" in err
    code, out, err = regress_command("update", folder)
    assert (code, out) == (0, "")
    assert "articles/article-000.fr.txt: written" in err
    assert err.endswith("baselines: 2 written\n")
    code, out, _ = regress_command("run", folder / "articles")
    assert code == 0
    assert "same" in out
    # Another model, which speaks no language: everything breaks.
    package = write_archive(tmp_path / "tiny.argosmodel", tiny_files())
    page = tmp_path / "report.html"
    code, out, err = regress_command("run", folder, "--only", "*-001*", "--model", package, "-o", page)
    assert (code, out) == (1, "")
    assert "model " in err
    assert "broken, and none are allowed" in err
    assert page.read_text(encoding="utf-8").lstrip().startswith("<!")
    # Other reports of the same run.
    code, out, _ = regress_command("report", folder, "--format", "json")
    assert code == 1
    assert [article["article"] for article in json.loads(out)["articles"]] == ["articles/article-001.fr.txt"]
    for form in ("text", "junit", "github", "summary"):
        code, out, _ = regress_command("report", folder, "--format", form)
        assert code == 1
        assert "article-001" in out
    # What was accepted is the baseline.
    code, _, err = regress_command("update", folder, "--only", "*-001*", "--model", package)
    assert code == 0
    assert "1 written" in err
    assert regress_command("run", folder, "--only", "*-001*", "--model", package)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run", "{}/nowhere"), "there is no such folder"),
        (("run", "{}"), "holds no baseline"),
        (("report", "{}"), "there was no run yet"),
        (("update", "{}", "--only", "x"), "--only x: no article of the suite has such a name"),
        (("update", "{}", "--model", "9.9"), "9.9"),
    ],
)
def test_what_can_not_be_done_is_said_in_one_line(regress_command, folder, arguments, message):
    code, out, err = regress_command(*(argument.format(folder) for argument in arguments))
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_an_extension_without_a_format_is_refused_before_anything_is_translated(regress_command, folder, tmp_path):
    code, out, err = regress_command("run", folder, "-o", tmp_path / "report.pdf")
    assert (code, out) == (2, "")
    assert "no format has this extension; use one of .txt, .json, .xml, .html, .htm, .md, or add --format" in err
    assert not (tmp_path / "report.pdf").exists()


def test_a_new_article_is_named_and_fails_nothing(regress_command, folder):
    regress_command("update", folder)
    (folder / "articles" / "new.txt").write_text("Le soleil brille sur la ville depuis ce matin.\n", encoding="utf-8")
    code, out, _ = regress_command("run", folder)
    assert code == 0
    assert "without a baseline: articles/new.txt; make it with dragoman regress update" in out
