"""`dragoman translate` as its users meet it: arguments in; files, streams and exit codes out."""

import json
import os
import re
import subprocess
import sys

import pytest

ARTICLE = """Une passerelle pour les piétons

Par Élodie Garnier

Publié le 3 mars 2025 à 18 h 30

La mairie a confirmé mardi la construction d'une passerelle. « Les travaux dureront neuf mois », a précisé le maire.

Un chantier attendu

Le projet coûtera 4,5 millions d'euros et sera financé par la région. Les riverains le réclamaient depuis dix ans.

  • Une piste cyclable sera tracée.
  • Les bus passeront par le quai.
"""


def dragoman(*arguments, input_=None, cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "dragoman", *map(str, arguments)],
        input=input_.encode() if isinstance(input_, str) else input_,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        check=False,
    )


def out(process):
    assert process.returncode == 0, process.stderr.decode()
    return process.stdout.decode()


def refusal(process):
    """Return the one line of an error."""
    assert process.returncode == 2
    assert process.stdout == b""
    lines = process.stderr.decode().splitlines()
    assert len(lines) == 1, lines
    assert "Traceback" not in lines[0]
    return lines[0]


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "pont.fr.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_stdout_has_the_translation_and_nothing_else(article):
    process = dragoman("translate", article)
    lines = out(process).splitlines()
    assert len(lines) == len(ARTICLE.splitlines())  # same blocks, same blank lines
    assert [not line for line in lines] == [not line for line in ARTICLE.splitlines()]
    assert "March 3, 2025" in lines[4]
    assert "6:30 p.m." in lines[4]
    assert [line[:4] for line in lines if "•" in line] == ["  • "] * 2
    assert "«" not in process.stdout.decode()
    assert process.stderr == b""


def test_standard_input_and_british_english(article):
    text = out(dragoman("translate", "--to", "en-GB", "-", input_=article.read_bytes()))
    assert "3 March 2025" in text


def test_json_carries_every_block_and_segment(article):
    report = json.loads(out(dragoman("translate", "--format", "json", article)))
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", report["model"]["checksum"])
    assert report["model"]["name"] == "translate-fr_en"
    (entry,) = report["articles"]
    kinds = [block["kind"] for block in entry["blocks"]]
    assert kinds[:3] == ["title", "byline", "date line"]
    assert kinds.count("bullet") == 2
    for block in entry["blocks"]:
        assert ARTICLE[block["start"] : block["end"]].strip().endswith(block["source"][-10:])
        for segment in block["segments"]:
            assert block["source"][segment["start"] : segment["end"]] == segment["source"]
            assert segment["translation"]
            assert segment["origin"] in ("model", "rule", "copied")
            assert (segment["score"] is None) == (segment["origin"] != "model")


@pytest.mark.parametrize(("name", "mark"), [("markdown", "# "), ("html", "<h1>"), ("text", "")])
def test_other_formats(article, name, mark):
    text = out(dragoman("translate", "--format", name, article))
    assert mark in text
    assert ("<li>" in text) == (name == "html")


def test_output_is_written_whole_or_not_at_all(article, tmp_path):
    target = tmp_path / "out.txt"
    assert out(dragoman("translate", article, "-o", target)) == ""
    assert "March 3, 2025" in target.read_text(encoding="utf-8")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.txt", "pont.fr.txt"]
    line = refusal(dragoman("translate", article, "-o", tmp_path / "missing" / "out.txt"))
    assert "missing" in line


def test_many_files_go_into_a_folder_and_a_run_is_resumed(article, tmp_path):
    other = tmp_path / "breve.md"
    other.write_text("# Météo\n\nIl fera **beau** demain dans toute la région.\n", encoding="utf-8")
    folder = tmp_path / "en"
    assert out(dragoman("translate", article, other, "--output-dir", folder)) == ""
    assert sorted(p.name for p in folder.iterdir()) == ["breve.en.md", "pont.en.txt"]
    assert "**" in (folder / "breve.en.md").read_text(encoding="utf-8")
    (folder / "breve.en.md").write_text("edited", encoding="utf-8")
    (folder / "pont.en.txt").unlink()
    out(dragoman("translate", article, other, "--output-dir", folder, "--resume"))
    assert (folder / "breve.en.md").read_text(encoding="utf-8") == "edited"
    assert (folder / "pont.en.txt").exists()


def test_one_bad_file_does_not_hold_up_the_others(article, tmp_path):
    process = dragoman("translate", article, tmp_path / "absent.txt", "--output-dir", tmp_path / "en")
    assert process.returncode == 2
    assert "absent.txt" in process.stderr.decode()
    assert (tmp_path / "en" / "pont.en.txt").exists()


def test_a_file_is_never_overwritten_by_its_translation(tmp_path):
    path = tmp_path / "note.en.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "note.txt").symlink_to(path)
    assert "overwritten" in refusal(dragoman("translate", tmp_path / "note.txt", "--output-dir", tmp_path))
    assert "overwritten" in refusal(dragoman("translate", path, "-o", path))
    assert path.read_text(encoding="utf-8") == ARTICLE


@pytest.mark.parametrize(
    ("content", "arguments", "words"),
    [
        (b"%PDF-1.7 ...", (), ["article", "PDF"]),
        (b"PK\x03\x04" + b"\0" * 50, (), ["article", "Word"]),
        (b"abc\x00def", (), ["article", "byte 3"]),
        (b"The council will meet again on Tuesday to vote on the budget.", (), ["English", "--force"]),
        ("中国经济增长放缓,专家表示担忧。".encode(), (), ["Chinese", "--force"]),
        (ARTICLE.encode(), ("--model", "9.9"), ["9.9"]),
        (ARTICLE.encode(), ("--model", "no/such.argosmodel"), ["no/such.argosmodel"]),
        (ARTICLE.encode(), ("--resume",), ["--output-dir"]),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(tmp_path, content, arguments, words):
    path = tmp_path / "article.txt"
    path.write_bytes(content)
    line = refusal(dragoman("translate", path, *arguments))
    assert all(word in line for word in words), line


def test_missing_file_and_folder(tmp_path):
    assert "no such file" in refusal(dragoman("translate", tmp_path / "x.txt"))
    assert "folder" in refusal(dragoman("translate", tmp_path))


def test_several_files_need_a_folder(article, tmp_path):
    (tmp_path / "b.txt").write_text(ARTICLE, encoding="utf-8")
    assert "--output-dir" in refusal(dragoman("translate", article, tmp_path / "b.txt"))


@pytest.mark.parametrize(
    "arguments", [["translate"], ["translate", "--format", "pdf", "x"], ["translate", "--nope"], ["nope"]]
)
def test_wrong_arguments_are_one_line_too(arguments):
    assert "--help" in refusal(dragoman(*arguments))


def test_the_extension_of_the_output_says_its_format(article, tmp_path):
    out(dragoman("translate", article, "-o", tmp_path / "out.html"))
    assert "<h1>" in (tmp_path / "out.html").read_text(encoding="utf-8")


def test_old_encodings_are_read_and_said(tmp_path):
    path = tmp_path / "vieux.txt"
    path.write_bytes(ARTICLE.replace("« ", "«\u00a0").encode("cp1252"))
    process = dragoman("translate", path)
    assert "March 3, 2025" in process.stdout.decode("utf-8")
    assert "not UTF-8" in process.stderr.decode()


def test_html_keeps_its_declared_encoding(tmp_path):
    path = tmp_path / "bloc.html"
    path.write_bytes(
        '<meta charset="iso-8859-15"><p class="été">« Nous sommes prêts », a dit la ministre.</p>'.encode("latin-1")
    )
    data = dragoman("translate", path).stdout
    assert 'class="été"'.encode("latin-1") in data
    assert b"&#8220;" in data  # ISO 8859-15 has no curly quotation mark


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n\n   \n",
        "...",
        "!?!?!? --- ***",
        "🎉" * 10_000,
        "a" * 20_000,
        "Le mot " + "x" * 20_000 + " est long.",
        "12 345,6",
        "\ufeffBonjour à tous.",
    ],
    ids=["empty", "blank", "dots", "punctuation", "emoji", "word", "long word in text", "figure", "byte order mark"],
)
def test_degenerate_input_ends_well(tmp_path, content):
    path = tmp_path / "x.txt"
    path.write_text(content, encoding="utf-8")
    text = out(dragoman("translate", path, "--force"))
    if content and content[0] in "🎉a.!":
        assert text == content


def test_other_scripts_are_copied_under_force_and_reported():
    process = dragoman("translate", "--force", "-v", "-", input_="中国经济增长放缓,专家表示担忧。")
    assert out(process) == "中国经济增长放缓,专家表示担忧。"
    assert "not-french" in process.stderr.decode()


def test_left_out_boilerplate_is_listed_and_can_be_kept(examples):
    path = examples / "business-ai.fr.txt"
    process = dragoman("translate", "-v", path)
    text = out(process)
    assert "left out (" in process.stderr.decode()
    assert "Partager" not in text
    kept = out(dragoman("translate", "--keep-boilerplate", path))
    assert len(kept.split()) > len(text.split()) + 50


def test_a_closed_pipe_is_no_error(article):
    process = subprocess.run(
        ["bash", "-c", 'set -o pipefail; "$0" -m dragoman translate "$1" | head -c 1', sys.executable, str(article)],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        check=False,
    )
    assert b"Traceback" not in process.stderr


def test_help_and_version_load_nothing_heavy():
    code = (
        "import sys\nsys.argv = ['dragoman', '--help']\nfrom dragoman.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'ctranslate2', 'sentencepiece', 'argostranslate', 'trafilatura', 'babel', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    process = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        check=True,
    )
    assert process.stdout.rstrip().endswith("[]")
    assert "translate" in process.stdout
    assert re.fullmatch(r"dragoman \d+\.\d+\.\d+\s*", out(dragoman("--version")))
