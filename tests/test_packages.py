import errno
import functools
import http.server
import io
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.engine import archive, install, packages
from dragoman.errors import DragomanError
from tiny_package import TOP, forget_argos, tiny_files, write_archive, write_folder

CLOSED = "http://127.0.0.1:9/"  # the discard port: nothing answers, nothing leaves the machine


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A home directory of the test's own, so that no test reads or writes the user's packages."""
    for name in [name for name in os.environ if name.startswith(("ARGOS_", "XDG_", "SNAP"))]:
        monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", CLOSED)
    forget_argos()
    yield home
    forget_argos()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder in which Argos Translate keeps packages."""
    folder = tmp_path / "argos" / "packages"
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(folder))
    return folder


def put(folder, name, **metadata):
    return write_folder(folder / name, tiny_files(**metadata))


def contents(folder):
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*"))


# Reading


def test_bundled_package_is_read_from_its_archive():
    bundled = packages.bundled()
    files = packages.read(bundled)
    assert (bundled.name, bundled.origin, bundled.tokenizer) == (
        "translate-fr_en",
        "bundled",
        "sentencepiece",
    )
    assert bundled.constraint_token
    assert len(bundled.placeholders) == 10
    assert {"metadata.json", "sentencepiece.model", "model/model.bin", "model/config.json"} <= files.keys()
    assert json.loads(files["metadata.json"])["package_version"] == bundled.version


def test_archive_and_folder_have_the_same_files_and_checksum(tmp_path):
    files = tiny_files()
    packed = packages.from_file(write_archive(tmp_path / "a.argosmodel", files))
    unpacked = packages.from_file(write_folder(tmp_path / "unpacked", files))
    assert packages.read(packed) == packages.read(unpacked) == files
    assert packages.checksum(packages.read(packed)) == packages.checksum(files)


def test_what_does_not_decide_on_a_translation_is_not_read(tmp_path):
    files = tiny_files()
    more = {
        "stanza/fr/tokenize.pt": b"x",
        "minisbd/fr.onnx": b"x",
        "README.md": b"Card",
        "model/.DS_Store": b"x",
    }
    package = packages.from_file(write_archive(tmp_path / "a.argosmodel", files | more))
    assert packages.read(package) == files
    assert packages.readme(package) == "Card"
    assert packages.size(package) == (tmp_path / "a.argosmodel").stat().st_size


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum here")
def test_checksum_is_the_documented_one(tmp_path):
    folder = write_folder(tmp_path / "unpacked", tiny_files())
    command = "LC_ALL=C sha256sum metadata.json model/* sentencepiece.model | sha256sum"
    printed = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, check=True).stdout
    assert packages.checksum(packages.read(packages.from_file(folder))) == printed.split()[0]


few_files = st.dictionaries(st.sampled_from(["a", "model/a", "model/b"]), st.binary(max_size=3), max_size=3)


@given(few_files, few_files)
@settings(max_examples=100, deadline=None)
def test_checksum_tells_files_apart(one, other):
    assert (packages.checksum(one) == packages.checksum(other)) == (one == other)


def test_bpe_package_and_target_prefix(tmp_path):
    files = tiny_files(target_prefix=">>eng<<")
    del files["sentencepiece.model"]
    files["bpe.model"] = b"#version: 0.2\nB o\n"
    package = packages.from_file(write_folder(tmp_path / "bpe", files))
    assert (package.tokenizer, package.target_prefix, package.constraint_token) == ("bpe", ">>eng<<", None)
    assert packages.read(package) == files
    assert install.smoke_test(package)


# Choosing


def test_auto_without_installed_packages_takes_the_bundled_one_and_writes_nothing(home):
    assert packages.choose("auto") == packages.choose("bundled") == packages.bundled()
    assert contents(home) == []


def test_auto_takes_the_newest_installed_package_for_the_languages(folder):
    put(folder, "translate-fr_en-1_9", package_version="1.9")
    newest = put(folder, "translate-fr_en-1_10", package_version="1.10")
    put(folder, "translate-de_en-2_0", package_version="2.0", from_code="de")
    (folder / "notes.txt").write_text("not a package")
    assert packages.choose("auto").path == newest
    assert packages.choose("auto", "de", "en").version == "2.0"
    assert packages.choose("auto").origin == "installed"


@pytest.mark.parametrize(
    ("wanted", "version"),
    [
        ("1.9", "1.9"),
        ("1.9.0", "1.9"),
        ("translate-fr_en", "1.10"),
        ("fr_en", "1.10"),
        ("fr-en==1.9", "1.9"),
        ("translate-fr_en-1_9", "1.9"),
    ],
)
def test_choosing_by_version_or_name(folder, wanted, version):
    put(folder, "translate-fr_en-1_9", package_version="1.9")
    put(folder, "translate-fr_en-1_10", package_version="1.10")
    assert packages.choose(wanted).version == version


def test_choosing_the_bundled_package_by_its_version(folder):
    put(folder, "translate-fr_en-99", package_version="99")
    assert packages.choose(packages.bundled().version) == packages.bundled()


def test_choosing_a_path(tmp_path):
    packed = write_archive(tmp_path / "mine.argosmodel", tiny_files())
    unpacked = write_folder(tmp_path / "mine", tiny_files())
    assert packages.choose(str(packed)).path == packed
    assert packages.choose(str(unpacked)).origin == "file"


def test_package_for_other_languages_is_refused(tmp_path):
    path = write_archive(tmp_path / "de.argosmodel", tiny_files(from_code="de"))
    with pytest.raises(DragomanError, match=r"de\.argosmodel: translates de to en; give"):
        packages.choose(str(path))
    assert packages.choose(str(path), None, None).from_code == "de"


@pytest.mark.parametrize("wanted", ["9.9", "fr_de", "nowhere.argosmodel", "nul\0l", "x" * 5000])
def test_unknown_model_names_what_there_is(folder, wanted):
    put(folder, "translate-fr_en-1_9", package_version="1.9")
    with pytest.raises(DragomanError, match=r"no such model; give .*bundled.*1\.9 \(installed\)"):
        packages.choose(wanted)


def test_broken_folders_are_reported_and_disturb_nothing(folder):
    good = put(folder, "translate-fr_en-1_0")
    put(folder, "no-model")
    (folder / "no-model" / "model" / "model.bin").unlink()
    put(folder, "not-json")
    (folder / "not-json" / "metadata.json").write_text("{")
    put(folder, "a-list")
    (folder / "a-list" / "metadata.json").write_text("[]")
    (folder / "empty").mkdir()
    put(folder, "sentences", type="sbd")  # Argos Translate keeps sentence splitters there, too
    assert [package.path for package in packages.installed()] == [good]
    assert packages.choose("auto").path == good
    found = packages.broken()
    assert [folder.path.name for folder in found] == ["a-list", "empty", "no-model", "not-json"]
    assert all(str(one.path) in one.reason and "\n" not in one.reason for one in found)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"XDG_DATA_HOME": "{}/data"},
        {"ARGOS_PACKAGES_DIR": "{}/mine"},
        {"XDG_CONFIG_HOME": "{}/config", "settings": '{"ARGOS_PACKAGES_DIR": "here"}'},
        {
            "ARGOS_PACKAGES_DIR": "{}/mine",
            "XDG_CONFIG_HOME": "{}/config",
            "settings": '{"ARGOS_PACKAGES_DIR": "x"}',
        },
        {"XDG_CONFIG_HOME": "{}/config", "settings": "{"},
        {"SNAP": "{}/snap", "SNAP_USER_DATA": "{}/snap-data", "folder": "snap/snap_custom/packages"},
        {"SNAP": "{}/snap", "SNAP_USER_DATA": "{}/d", "folder": "snap/snap_custom/content_snap_packages/fr"},
    ],
)
def test_folders_are_those_of_argos_translate(tmp_path, monkeypatch, environment):
    monkeypatch.chdir(tmp_path)
    for name, value in environment.items():
        if name == "settings":
            write_folder(tmp_path / "config" / "argos-translate", {"settings.json": value.encode()})
        elif name == "folder":
            (tmp_path / value).mkdir(parents=True)
        else:
            monkeypatch.setenv(name, value.format(tmp_path))
    expected = packages.argos().settings.package_dirs
    assert [path for path in packages.package_folders() if path.is_dir()] == expected


def test_installed_package_is_found_where_the_home_directory_cannot_be_written(folder, monkeypatch):
    put(folder, TOP)
    monkeypatch.setenv("HOME", os.devnull)  # not even root can make a folder there
    before = dict(os.environ)
    assert packages.choose("auto").path == folder / TOP
    assert dict(os.environ) == before


def test_no_home_directory_at_all(monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: (_ for _ in ()).throw(RuntimeError("no home")))
    assert packages.choose("auto") == packages.bundled()


def test_settings_that_argos_translate_refuses(folder, monkeypatch):
    put(folder, TOP)
    monkeypatch.setenv("ARGOS_INTER_THREADS", "many")
    with pytest.raises(DragomanError, match=r"refuses its settings .*many.*correct"):
        packages.choose("auto")


def test_argos_translate_and_dragoman_see_the_same_packages(folder, tmp_path):
    theirs = write_archive(tmp_path / "theirs.argosmodel", tiny_files(), "translate-fr_en-1_0")
    ours = write_archive(tmp_path / "ours.argosmodel", tiny_files(package_version="1.1"), "translate-fr_en-1_1")
    argos = packages.argos()
    argos.install_from_path(theirs)
    installed = install.install(ours)
    assert installed.path == folder / "translate-fr_en-1_1"
    assert {package.path for package in packages.installed()} == {
        package.package_path for package in argos.get_installed_packages()
    }
    assert packages.choose("auto") == installed


# Checking

# Members of an archive that are added, replaced or (None) left out, and what the refusal says.


def metadata(**keys):
    return {f"{TOP}/metadata.json": tiny_files(**keys)["metadata.json"]}


def without(*names):
    return {f"{TOP}/{name}": None for name in names}


REFUSED = {
    "outside": ({"../evil": b"x"}, "not plain and relative"),
    "outside, inside": ({f"{TOP}/../../evil": b"x"}, "not plain and relative"),
    "absolute": ({"/etc/evil": b"x"}, "not plain and relative"),
    "backslash": ({f"{TOP}\\..\\evil": b"x"}, "not plain and relative"),
    "drive": ({"C:/evil": b"x"}, "not plain and relative"),
    "line feed": ({f"{TOP}/a\nb": b"x"}, "not plain and relative"),
    "other top folder": ({"other/file": b"x"}, "several top folders"),
    "file at the top": ({"file": b"x"}, "outside the package's folder"),
    "capitals": ({f"{TOP}/Metadata.json": b"x"}, "there twice"),
    "no model": (without("model/model.bin"), r"no model/model\.bin"),
    "no vocabulary": (without("model/shared_vocabulary.json"), "no vocabulary"),
    "no tokenizer": (without("sentencepiece.model"), r"no sentencepiece\.model"),
    "no metadata": (without("metadata.json"), r"metadata\.json: missing"),
    "not JSON": ({f"{TOP}/metadata.json": b"{"}, r"metadata\.json: not JSON"),
    "deep JSON": ({f"{TOP}/metadata.json": b"[" * 100_000}, r"metadata\.json: not JSON"),
    "not UTF-8": ({f"{TOP}/metadata.json": b'{"from_code": "\xe9"}'}, r"metadata\.json: not JSON in UTF-8"),
    "a list": ({f"{TOP}/metadata.json": b"[]"}, r"metadata\.json: not a JSON object"),
    "much metadata": ({f"{TOP}/metadata.json": b" " * 2_000_000}, r"metadata\.json: larger than"),
    "no language": (metadata(from_code=None), "from_code is None"),
    "bad language": (metadata(to_code="../en"), "to_code is '../en'"),
    "no version": (metadata(package_version=None), "package_version is None"),
    "bad version": (metadata(package_version="newest"), "package_version is 'newest'"),
    "other type": (metadata(type="sbd"), "type is 'sbd'"),
    "bad prefix": (metadata(target_prefix=3), "target_prefix"),
    "bad constraints": (metadata(dragoman={"constraint_token": 3}), r"dragoman\.constraint_token"),
    "bad placeholders": (metadata(dragoman={"placeholders": "01"}), r"dragoman\.placeholders"),
    "zip bomb": ({f"{TOP}/stanza/fr.pt": bytes(20_000_000)}, "zip bomb"),
    "many members": ({f"{TOP}/stanza/{i}": b"" for i in range(3000)}, "more than 2000"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_archives_are_refused(tmp_path, case):
    members, message = REFUSED[case]
    path = write_members(tmp_path / "bad.argosmodel", members)
    with pytest.raises(DragomanError, match=message) as refusal:
        install.check_archive(path)
    assert str(refusal.value).startswith(f"{path}: ")
    assert "\n" not in str(refusal.value)


def write_members(path, members):
    files = {f"{TOP}/{name}": content for name, content in tiny_files().items()} | members
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bad:
        for name, content in files.items():
            if content is not None:
                bad.writestr(name, content)
    return path


def special_member(path, **attributes):
    write_archive(path, tiny_files())
    member = zipfile.ZipInfo(f"{TOP}/special")
    for name, value in attributes.items():
        setattr(member, name, value)
    with zipfile.ZipFile(path, "a") as bad:
        bad.writestr(member, b"/etc/passwd")
    return path


def test_links_and_unusual_compression_are_refused(tmp_path):
    link = special_member(tmp_path / "link.argosmodel", external_attr=(stat.S_IFLNK | 0o777) << 16)
    with pytest.raises(DragomanError, match="'translate-fr_en-1_0/special' is a link or a device"):
        install.check_archive(link)
    lzma = special_member(tmp_path / "lzma.argosmodel", compress_type=zipfile.ZIP_LZMA)
    with pytest.raises(DragomanError, match="neither stored nor deflated"):
        install.check_archive(lzma)


def test_same_member_twice_and_encryption_are_refused(tmp_path):
    twice = special_member(tmp_path / "twice.argosmodel")
    with zipfile.ZipFile(twice, "a") as bad, pytest.warns(UserWarning, match="Duplicate"):
        bad.writestr(f"{TOP}/special", b"other")
    with pytest.raises(DragomanError, match="is there twice"):
        install.check_archive(twice)
    content = special_member(tmp_path / "encrypted.argosmodel").read_bytes()
    begin = content.rindex(b"PK\x01\x02")  # the last entry of the directory; the flags are 8 bytes on
    encrypted = content[: begin + 8] + b"\x01" + content[begin + 9 :]
    (tmp_path / "encrypted.argosmodel").write_bytes(encrypted)
    with pytest.raises(DragomanError, match="is encrypted"):
        install.check_archive(tmp_path / "encrypted.argosmodel")


def test_headers_are_not_believed_about_sizes(tmp_path):
    path = write_members(tmp_path / "liar.argosmodel", {f"{TOP}/stanza/fr.pt": bytes(20_000_000)})
    content = path.read_bytes()
    path.write_bytes(content.replace((20_000_000).to_bytes(4, "little"), (20).to_bytes(4, "little")))
    with pytest.raises(DragomanError, match=r"liar\.argosmodel: damaged"):
        install.check_archive(path)


def test_not_an_archive_at_all(tmp_path):
    (tmp_path / "empty.argosmodel").touch()
    (tmp_path / "text.argosmodel").write_text("<html>404</html>")
    with zipfile.ZipFile(tmp_path / "nothing.argosmodel", "w"):
        pass
    for name, message in {
        "empty": "damaged or not a zip archive",
        "text": "damaged or not a zip archive",
        "nothing": "archive is empty",
        "absent": "no such file",
    }.items():
        with pytest.raises(DragomanError, match=rf"{name}\.argosmodel: .*{message}.*; "):
            install.check_archive(tmp_path / f"{name}.argosmodel")
    with pytest.raises(DragomanError, match="is a folder; give the path"):
        install.check_archive(tmp_path)
    with pytest.raises(DragomanError, match="is not a file"):
        install.check_archive(Path(os.devnull))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_archive_that_may_not_be_read(tmp_path):
    path = write_archive(tmp_path / "a.argosmodel", tiny_files())
    path.chmod(0)
    with pytest.raises(DragomanError, match=r"cannot be read .*permissions"):
        install.check_archive(path)


@functools.cache
def good_archive():
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as good:
        for name, content in tiny_files().items():
            good.writestr(f"{TOP}/{name}", content)
    return memory.getvalue()


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damaged_archive_is_refused_or_unharmed(tmp_path, data):
    """A cut or a flipped bit is either refused as a DragomanError or is nowhere in what is read."""
    good = good_archive()
    size = len(good)
    # The interesting part, the names and headers, is at the end.
    position = data.draw(st.integers(0, size - 1) | st.integers(size - 700, size - 1))
    if data.draw(st.booleans()):
        bad = good[:position]
    else:
        bad = good[:position] + bytes([good[position] ^ (1 << data.draw(st.integers(0, 7)))]) + good[position + 1 :]
    path = tmp_path / "damaged.argosmodel"
    path.write_bytes(bad)
    try:
        package = install.check_archive(path)
    except DragomanError as refusal:
        assert str(refusal).startswith(f"{path}: ")  # noqa: PT017
    else:
        assert packages.read(package) == tiny_files()


def test_bundled_package_translates():
    assert install.smoke_test(packages.bundled()).lower().rstrip("!.") in {
        "hello",
        "good morning",
        "good day",
        "hi",
    }


def test_package_that_cannot_translate_is_refused_before_installation(folder, tmp_path):
    files = tiny_files()
    cut = files | {"model/model.bin": files["model/model.bin"][:-100]}
    path = write_archive(tmp_path / "cut.argosmodel", cut)
    assert install.check_archive(path).version == "1.0"  # as an archive, it is sound
    with pytest.raises(DragomanError, match=r"cut\.argosmodel: .*does not translate .*incomplete"):
        install.install(path)
    assert not folder.exists()


def test_other_faults_of_a_model_are_found_by_loading_it(tmp_path):
    for name, broken in {
        "config": {"model/config.json": b"{"},
        "tokenizer": {"sentencepiece.model": b"junk"},
        "vocabulary": {"model/shared_vocabulary.json": b'["<unk>", "<s>", "</s>"]'},
    }.items():
        package = packages.from_file(write_folder(tmp_path / name, tiny_files() | broken))
        with pytest.raises(DragomanError, match="does not translate"):
            install.smoke_test(package)


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_decoder_that_crashes_takes_only_its_own_process_along(tmp_path, monkeypatch):
    crashing = tmp_path / "python"
    crashing.write_text("#!/bin/sh\nkill -SEGV $$\n")
    crashing.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(crashing))
    with pytest.raises(DragomanError, match=rf"the decoder crashed \(-{int(signal.SIGSEGV)}\)"):
        install.smoke_test(packages.bundled())


# Installing


@pytest.fixture
def trusted(monkeypatch):
    """Leave the smoke test out where it is not the subject: it starts a process."""
    monkeypatch.setattr(install, "smoke_test", lambda _: "Hello")


def test_installing_puts_the_whole_folder_in_place(folder, tmp_path):
    files = tiny_files() | {"stanza/fr.pt": b"for Argos Translate", "README.md": b"Card"}
    package = install.install(write_archive(tmp_path / "a.argosmodel", files))
    assert package == packages.choose("auto")
    assert packages.checksum(packages.read(package)) == packages.checksum(tiny_files())
    assert (folder / TOP / "stanza" / "fr.pt").read_bytes() == b"for Argos Translate"
    assert contents(folder.parent) == contents_of(folder, files)


def contents_of(folder, files):
    """What is under the parent of the packages folder when one package with these files is installed."""
    names = {f"{folder.name}/{TOP}/{name}" for name in files}
    parents = {str(parent) for name in names for parent in Path(name).parents if str(parent) != "."}
    return sorted(names | parents)


@pytest.mark.usefixtures("trusted")
def test_installing_again_replaces_the_folder(folder, tmp_path):
    put(folder, TOP)
    (folder / TOP / "old").touch()
    install.install(write_archive(tmp_path / "a.argosmodel", tiny_files(argos_version="2.0")))
    assert contents(folder.parent) == contents_of(folder, tiny_files())
    assert packages.read(packages.choose("auto"))["metadata.json"] == tiny_files(argos_version="2.0")["metadata.json"]


class FullDiskError(OSError):
    def __init__(self):
        super().__init__(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("interruption", [FullDiskError(), KeyboardInterrupt()])
@pytest.mark.parametrize("before", [True, False])
@pytest.mark.usefixtures("trusted")
def test_interrupted_installation_leaves_things_as_they_were(folder, tmp_path, monkeypatch, interruption, before):
    if before:
        put(folder, TOP)
        (folder / TOP / "mark").touch()
    folder.mkdir(parents=True, exist_ok=True)
    there = contents(folder.parent)
    calls = iter([None, None, None, interruption])

    def failing(_):
        if error := next(calls):
            raise error

    monkeypatch.setattr(os, "fsync", failing)
    path = write_archive(tmp_path / "a.argosmodel", tiny_files())
    with pytest.raises((DragomanError, KeyboardInterrupt)) as raised:
        install.install(path)
    assert isinstance(raised.value, KeyboardInterrupt) or "No space left" in str(raised.value)
    assert contents(folder.parent) == there


@pytest.mark.usefixtures("trusted")
def test_folder_that_was_to_be_replaced_comes_back(folder, tmp_path, monkeypatch):
    put(folder, TOP)
    there = contents(folder.parent)
    rename = Path.rename

    def failing(self, target):
        if self.parent.name == "new":
            raise PermissionError(errno.EACCES, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(DragomanError, match=r"cannot be installed \(Permission denied\); free some space"):
        install.install(write_archive(tmp_path / "a.argosmodel", tiny_files()))
    assert contents(folder.parent) == there


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
@pytest.mark.usefixtures("trusted")
def test_killed_installation_installs_nothing_and_is_cleared_up_later(folder, tmp_path):
    path = write_archive(tmp_path / "a.argosmodel", tiny_files())
    script = (
        "import os, signal, sys, pathlib; from dragoman.engine import install\n"
        "install.smoke_test = lambda package: 'Hello'\n"
        "os.fsync = lambda file: os.kill(os.getpid(), signal.SIGKILL)\n"
        "install.install(pathlib.Path(sys.argv[1]))"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    killed = subprocess.run([sys.executable, "-c", script, path], env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert contents(folder) == []
    assert packages.argos().get_installed_packages() == []
    (left,) = (child for child in folder.parent.iterdir() if child != folder)
    install.install(path)
    assert left.exists()  # somebody could still be at it
    os.utime(left, (time.time() - 100_000,) * 2)
    install.install(path)
    assert contents(folder.parent) == contents_of(folder, tiny_files())


@pytest.mark.usefixtures("trusted")
def test_packages_folder_that_is_a_file_system_of_its_own(folder, tmp_path, monkeypatch):
    make, unpack = tempfile.mkdtemp, archive.unpack
    seen = []

    def elsewhere(*, prefix, dir):  # noqa: A002
        if Path(dir) == folder.parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return make(prefix=prefix, dir=dir)

    def watched(path, target):
        unpack(path, target)
        if target:
            seen.append([package.type for package in packages.argos().get_installed_packages()])
            assert packages.installed() == packages.broken() == []

    monkeypatch.setattr(tempfile, "mkdtemp", elsewhere)
    monkeypatch.setattr(install, "unpack", watched)
    install.install(write_archive(tmp_path / "a.argosmodel", tiny_files()))
    assert seen == [["unfinished"]]
    assert contents(folder.parent) == contents_of(folder, tiny_files())


@pytest.mark.usefixtures("trusted")
def test_archive_that_changes_while_it_is_installed(folder, tmp_path, monkeypatch):
    path = write_archive(tmp_path / "a.argosmodel", tiny_files())

    def late(path, target):
        if target:
            write_archive(path, tiny_files(package_version="6.6"))
        archive.unpack(path, target)

    monkeypatch.setattr(install, "unpack", late)
    with pytest.raises(DragomanError, match="changed while it was being installed"):
        install.install(path)
    assert contents(folder) == []


@pytest.mark.usefixtures("trusted")
def test_folder_that_cannot_be_made(tmp_path, monkeypatch):
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", f"{os.devnull}/packages")
    with pytest.raises(DragomanError, match=r"a\.argosmodel cannot be installed .*set ARGOS_PACKAGES_DIR"):
        install.install(write_archive(tmp_path / "a.argosmodel", tiny_files()))


# Fetching


@pytest.fixture
def index(tmp_path, monkeypatch):
    """A function that offers packages of these versions on a server, which ARGOS_PACKAGE_INDEX names."""
    site = tmp_path / "site"
    site.mkdir()
    handler = functools.partial(QuietHandler, directory=site)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/"
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", url)

    def offer(*versions, **keys):
        offers = []
        for version in versions:
            files = tiny_files(package_version=version, **keys)
            top = f"translate-fr_en-{version.replace('.', '_')}"
            write_archive(site / f"{top}.argosmodel", files, top)
            offers.append(
                {
                    "package_version": version,
                    "from_code": "fr",
                    "to_code": "en",
                    "links": [f"{url}{top}.argosmodel"],
                }
            )
        write_folder(site, {"index.json": json.dumps([{"from_code": "de", "to_code": "en"}, *offers]).encode()})
        return site

    yield offer
    server.shutdown()
    thread.join()
    server.server_close()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def downloads():
    return list(packages.argos().settings.downloads_dir.iterdir())


@pytest.mark.parametrize(
    ("name", "version"),
    [("fr_en", "1.10"), ("translate-fr_en", "1.10"), ("fr-en==1.9", "1.9"), ("fr_en==1.9.0", "1.9")],
)
@pytest.mark.usefixtures("folder", "trusted")
def test_installing_by_name(index, name, version):
    index("1.9", "1.10", "1.2")
    packages.argos().settings.downloads_dir.joinpath("translate-fr_en.argosmodel").write_bytes(b"half of an old one")
    assert install.install_by_name(name).version == version
    assert [package.version for package in packages.installed()] == [version]
    assert downloads() == []


@pytest.mark.usefixtures("folder")
def test_download_that_is_damaged_is_refused_and_does_not_stay(index):
    site = index("1.9")
    packed = site / "translate-fr_en-1_9.argosmodel"
    packed.write_bytes(packed.read_bytes()[:-100])
    with pytest.raises(DragomanError, match="damaged or not a zip archive"):
        install.install_by_name("fr_en")
    assert downloads() == packages.installed() == []


@pytest.mark.usefixtures("folder")
def test_download_for_other_languages_is_refused(index):
    index("1.9", from_code="it")
    with pytest.raises(DragomanError, match="what came translates it to en"):
        install.install_by_name("fr_en")
    assert downloads() == packages.installed() == []


@pytest.mark.usefixtures("folder")
def test_download_that_is_not_there(index):
    (index("1.9") / "translate-fr_en-1_9.argosmodel").unlink()
    with pytest.raises(DragomanError, match=r"translate-fr_en 1\.9: cannot be downloaded .*404.*models install FILE"):
        install.install_by_name("fr_en")


@pytest.mark.parametrize("name", ["fr_en==7.7", "fr_xx"])
@pytest.mark.usefixtures("folder")
def test_package_that_is_not_in_the_index(index, name):
    index("1.9")
    with pytest.raises(DragomanError, match=rf"{name}: not in the index http://127.*check the name"):
        install.install_by_name(name)


@pytest.mark.parametrize("content", [b"<html>Log in, please</html>", b'["x"]', b"\xff"])
@pytest.mark.usefixtures("folder")
def test_index_that_is_none_does_not_replace_the_last_good_one(index, content):
    site = index("1.9")
    settings = packages.argos().settings
    for before in (None, b"[]"):
        if before:
            settings.local_package_index.write_bytes(before)
        (site / "index.json").write_bytes(content)
        with pytest.raises(DragomanError, match=r"index\.json: the index of packages cannot be fetched"):
            install.install_by_name("fr_en")
        left = settings.local_package_index.read_bytes() if settings.local_package_index.exists() else None
        assert left == before


@pytest.mark.usefixtures("folder")
def test_no_network(capfd):
    with pytest.raises(DragomanError, match=r"127\.0\.0\.1:9/index\.json: .*refused.*models install FILE"):
        install.install_by_name("fr_en")
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("folder")
def test_what_is_neither_a_file_nor_a_name():
    with pytest.raises(DragomanError, match="neither a file nor a package name"):
        install.install_by_name("no/such/file.zip")


# Removing


def test_removing(folder):
    put(folder, TOP)
    keep = put(folder, "translate-fr_en-2_0", package_version="2.0")
    install.remove(packages.choose("1.0"))
    assert [package.path for package in packages.installed()] == [keep]
    assert list(folder.parent.iterdir()) == [folder]


def test_removing_a_broken_folder(folder):
    put(folder, TOP)
    (folder / "broken").mkdir()
    install.remove(packages.broken()[0])
    assert len(packages.argos().get_installed_packages()) == 1


def test_removing_a_link_keeps_what_it_points_to(folder, tmp_path):
    target = write_folder(tmp_path / "elsewhere", tiny_files())
    folder.mkdir(parents=True)
    (folder / TOP).symlink_to(target, target_is_directory=True)
    install.remove(packages.choose("1.0"))
    assert contents(folder) == []
    assert (target / "model" / "model.bin").exists()


def test_what_cannot_be_removed(tmp_path):
    with pytest.raises(DragomanError, match="part of Dragoman"):
        install.remove(packages.bundled())
    path = write_archive(tmp_path / "a.argosmodel", tiny_files())
    with pytest.raises(DragomanError, match="is not installed; delete the file itself"):
        install.remove(packages.from_file(path))
    assert path.exists()
