"""Files are written as a whole, or not at all."""

import pytest

from dragoman.errors import DragomanError
from dragoman.files import write_whole


def test_writing_leaves_the_old_file_until_the_new_one_is_there(tmp_path, monkeypatch):
    file = tmp_path / "g.csv"
    file.write_text("old")
    file.chmod(0o640)
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(DragomanError, match="No space left"):
        write_whole(file, b"new")
    monkeypatch.undo()
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]
    write_whole(file, b"new")
    assert file.read_text() == "new"
    assert file.stat().st_mode & 0o777 == 0o640


def test_writing_through_a_link_keeps_the_link(tmp_path):
    (tmp_path / "real.csv").write_text("old")
    link = tmp_path / "link.csv"
    link.symlink_to("real.csv")
    write_whole(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "real.csv").read_text() == "new"
