import json
import os
import subprocess
import sys

import pytest

from dragoman.cli.models import app
from dragoman.engine import packages
from dragoman.errors import DragomanError
from tiny_package import TOP, forget_argos, tiny_files, write_archive, write_folder


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder in which Argos Translate keeps packages, in a home directory of the test's own."""
    for name in [name for name in os.environ if name.startswith(("ARGOS_", "XDG_", "SNAP"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "http://127.0.0.1:9/")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "argos" / "packages"))
    forget_argos()
    yield tmp_path / "argos" / "packages"
    forget_argos()


@pytest.fixture
def run(folder, capsys):  # noqa: ARG001 (marks do not apply to fixtures)
    """Run `dragoman models` as the command line does; return the exit code, stdout and stderr."""

    def run(*arguments):
        try:
            app(list(arguments), prog_name="dragoman models")
        except SystemExit as end:
            code = end.code
        except DragomanError as error:
            print(f"dragoman: {error}", file=sys.stderr)
            code = 2
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_list_marks_the_package_that_auto_takes(run, folder):
    code, out, err = run("list")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == ["name", "*"]
    write_folder(folder / TOP, tiny_files())
    write_folder(folder / "translate-de_en-3_0", tiny_files(from_code="de", package_version="3.0"))
    code, out, err = run("list")
    rows = [line.split() for line in out.splitlines()[1:]]
    assert ["*", "translate-fr_en", "1.0", "fr", "→", "en", "installed"] in [row[:7] for row in rows]
    assert ["translate-de_en", "3.0", "de", "→", "en", "installed"] in [row[:6] for row in rows]
    assert [row[0] for row in rows].count("*") == 1
    assert "\x1b" not in out


def test_list_in_a_pipe_cuts_nothing(run, folder, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    version = "1.0+" + "x" * 120
    write_folder(folder / TOP, tiny_files(package_version=version))
    assert version in run("list")[1]


def test_list_reports_broken_folders(run, folder):
    (folder / "half").mkdir(parents=True)
    code, out, err = run("list")
    assert (code, len(out.splitlines())) == (0, 2)
    assert err.startswith(f"broken: {folder / 'half'}: ")
    data = json.loads(run("list", "--json")[1])
    assert [entry["path"] for entry in data["broken"]] == [str(folder / "half")]
    assert [(entry["origin"], entry["auto"]) for entry in data["packages"]] == [("bundled", True)]


def test_info_of_the_bundled_package(run):
    code, out, _ = run("info", "bundled")
    package = packages.bundled()
    assert code == 0
    fields = dict(line.split(":", 1) for line in out.splitlines())
    assert fields["checksum"].split() == ["sha256", packages.checksum(packages.read(package))]
    assert fields["constraints"].strip() == package.constraint_token
    assert fields["placeholders"].split() == list(package.placeholders)
    sizes = dict(zip(*[iter(fields["vocabulary"].replace(",", "").split())] * 2, strict=True))
    assert sizes.keys() == {"source", "target"}
    assert all(int(size) > 1000 for size in sizes.values())


def test_info_shows_the_model_card_and_older_vocabularies(run, tmp_path):
    files = tiny_files(from_code="de") | {"README.md": b"# Card\n\nTrained on little."}
    tokens = json.loads(files.pop("model/shared_vocabulary.json"))
    files["model/shared_vocabulary.txt"] = "\n".join(tokens).encode()
    code, out, _ = run("info", str(write_archive(tmp_path / "a.argosmodel", files)))
    assert code == 0
    assert f"shared {len(tokens)}" in out
    assert out.endswith("# Card\n\nTrained on little.\n")


def test_install_then_remove(run, folder, tmp_path):
    path = write_archive(tmp_path / "a.argosmodel", tiny_files())
    assert run("install", str(path)) == (
        0,
        f"installed translate-fr_en 1.0 (fr → en) in {folder / TOP}\n",
        "",
    )
    assert "fr → en" in run("info")[1]
    assert run("remove", "fr_en==1.0") == (0, f"removed {folder / TOP}\n", "")
    assert packages.installed() == []


def test_install_by_name_without_network(run):
    code, out, err = run("install", "fr_en")
    assert (code, out) == (2, "")
    assert err.splitlines()[0] == "fetching fr_en from the Argos index"
    assert len(err.splitlines()) == 2


@pytest.mark.parametrize("argument", ["missing.argosmodel", "no-such-thing-at-all"])
def test_install_of_nothing(run, argument):
    code, out, err = run("install", argument)
    assert (code, out) == (2, "")
    assert argument in err


def test_remove_asks_which_one(run, folder):
    write_folder(folder / TOP, tiny_files())
    write_folder(folder / "translate-fr_en-1_1", tiny_files(package_version="1.1"))
    code, _, err = run("remove", "fr_en")
    assert code == 2
    assert "there are several (translate-fr_en-1_1, translate-fr_en-1_0)" in err
    assert run("remove", TOP)[0] == 0
    assert [package.version for package in packages.installed()] == ["1.1"]


def test_remove_takes_a_broken_folder_by_its_name(run, folder):
    (folder / "half").mkdir(parents=True)
    assert run("remove", "half")[0] == 0
    assert packages.broken() == []


@pytest.mark.parametrize(("name", "reason"), [("bundled", "part of Dragoman"), ("9.9", "not installed")])
def test_remove_refuses(run, name, reason):
    code, _, err = run("remove", name)
    assert code == 2
    assert reason in err


def test_verify_tells_good_from_bad(run, folder, tmp_path):
    write_folder(folder / TOP, tiny_files())
    code, out, err = run("verify")
    assert (code, err) == (0, "")
    assert out.count("good: ") == 2
    assert "Bonjour → " in out
    assert f"sha256 {packages.checksum(tiny_files())}" in out
    good = write_archive(tmp_path / "good.argosmodel", tiny_files())
    bad = tmp_path / "bad.argosmodel"
    bad.write_bytes(good.read_bytes()[:-10])
    code, out, err = run("verify", str(bad), str(good))
    assert code == 2
    assert f"good: {good}" in out
    assert err.startswith(f"bad: {bad}: damaged")


def test_verify_of_everything_includes_broken_folders(run, folder):
    (folder / "half").mkdir(parents=True)
    code, _, err = run("verify")
    assert code == 2
    assert err.startswith(f"bad: {folder / 'half'}: ")


def test_starting_the_command_loads_no_model_software():
    code = (
        "import sys, dragoman.cli.models\n"
        "heavy = {'argostranslate', 'ctranslate2', 'sentencepiece', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
