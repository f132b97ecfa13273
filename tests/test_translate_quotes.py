"""`dragoman translate --quotes` and `--ledger`: what becomes of the words of others, and the list of them."""

import csv
import io
import json

import pytest

from test_translate_command import dragoman, out, refusal

ARTICLE = """La passerelle fermera en mars

La maire de Kerlouan, Hélène Abgrall, a tranché mardi. « La passerelle fermera le 3 mars », a-t-elle annoncé. « Nous
n'avons [plus] le choix. »

« C'est un choc », a réagi John Peel, un touriste britannique, « mais je reviendrai. »

Le « provisoire » durera deux ans.
"""
KEPT = ("La passerelle fermera le 3 mars", "n'avons [plus] le choix.", "C'est un choc", "mais je reviendrai.")


@pytest.fixture(scope="module")
def article(tmp_path_factory):
    path = tmp_path_factory.mktemp("quotes") / "passerelle.fr.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def ledgers(article):
    """Give the ledger of the article as JSON, CSV and Markdown."""
    texts = []
    for extension in (".json", ".csv", ".md"):
        path = article.with_name(f"ledger{extension}")
        out(dragoman("translate", article, "--ledger", path))
        texts.append(path.read_bytes().decode())
    return texts


def test_quotations_are_translated_unless_told_otherwise(article):
    text = out(dragoman("translate", article))
    assert not any(words in text for words in KEPT)
    assert "«" not in text


def test_quotations_are_kept(article):
    text = " ".join(out(dragoman("translate", article, "--quotes", "keep")).replace("’", "'").split())
    for words in KEPT:
        assert words.rstrip(".") in text
    assert "«" not in text
    assert "provisoire" not in text  # a word in quotation marks is nobody's speech


def test_both_gives_the_original_behind_the_translation(article):
    text = " ".join(out(dragoman("translate", article, "--quotes", "both")).split())
    assert "[« La passerelle fermera le 3 mars »]" in text
    assert "[« C'est un choc »]" in text
    assert "[« mais je reviendrai. »]" in text
    assert "« provisoire »" not in text


def test_quotes_takes_three_words(article):
    assert "--quotes" in refusal(dragoman("translate", article, "--quotes", "none"))


def test_the_ledger_as_json(ledgers, article):
    first, second, third, fourth = json.loads(ledgers[0])
    assert [entry["speaker"] for entry in (first, second, third)] == ["Hélène Abgrall", "Hélène Abgrall", "John Peel"]
    assert first["original"] == "La passerelle fermera le 3 mars"
    assert "March 3" in first["translation"]
    assert (first["file"], first["line"], first["column"]) == (str(article), 3, 56)
    assert second["flags"] == ["brackets"]
    assert third["original"] == "C'est un choc … mais je reviendrai."
    assert third["flags"] == ["original_likely_english"]
    assert (fourth["kind"], fourth["speaker"]) == ("words", "")
    assert all(entry["translation"] for entry in (first, second, third, fourth))


def test_the_ledger_as_csv_and_markdown_has_the_same_rows(ledgers):
    entries = json.loads(ledgers[0])
    table = list(csv.DictReader(io.StringIO(ledgers[1])))
    assert [row["original"] for row in table] == [entry["original"] for entry in entries]
    assert [row["line"] for row in table] == [str(entry["line"]) for entry in entries]
    lines = ledgers[2].splitlines()
    assert len(lines) == 2 + len(entries)
    assert lines[2].startswith("| Hélène Abgrall | La passerelle fermera le 3 mars | ")
    assert "original likely english" in lines[4]


def test_the_ledger_of_several_files_names_each(article, tmp_path):
    other = tmp_path / "autre.fr.txt"
    other.write_text(ARTICLE, encoding="utf-8")
    path = tmp_path / "ledger.json"
    out(dragoman("translate", article, other, "--output-dir", tmp_path / "english", "--ledger", path))
    assert {entry["file"] for entry in json.loads(path.read_text(encoding="utf-8"))} == {str(article), str(other)}


def test_an_article_without_quotations_has_an_empty_ledger(tmp_path):
    article, path = tmp_path / "court.txt", tmp_path / "ledger.json"
    article.write_text(
        "La passerelle sur la rivière fermera en mars, selon la mairie de la commune.\n", encoding="utf-8"
    )
    out(dragoman("translate", article, "--ledger", path))
    assert json.loads(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", ["ledger.xlsx", "ledger"])
def test_a_ledger_with_another_extension_is_refused(article, tmp_path, name):
    error = refusal(dragoman("translate", article, "--ledger", tmp_path / name))
    assert name in error
    assert ".json, .csv or .md" in error
    assert not (tmp_path / name).exists()


def test_the_json_report_has_the_ledger(article):
    report = json.loads(out(dragoman("translate", article, "--format", "json")))
    (told,) = report["articles"]
    assert [entry["speaker"] for entry in told["quotations"]][:3] == ["Hélène Abgrall", "Hélène Abgrall", "John Peel"]
    for block in told["blocks"]:
        for segment in block["segments"]:
            assert block["source"][segment["start"] : segment["end"]] == segment["source"]
            for finding in segment["findings"]:
                for side, text in (("source", segment["source"]), ("target", segment["translation"])):
                    if finding[side]:
                        start, end = finding[side]
                        assert 0 <= start <= end <= len(text)
