import re
from pathlib import Path

import pytest

from dragoman.errors import DragomanError
from dragoman.glossary import resolve
from dragoman.glossary.entry import Entry, EntryKind

HEARING = Entry("audience", "hearing", file="near.csv", line=2)
SESSION = Entry("audience", "session", file="far.csv", line=7)
ADMITTED = Entry("audience", "session", EntryKind.ADMITTED, file="far.csv", line=7)
BANNED = Entry("audience", "audience", EntryKind.FORBIDDEN, file="far.csv", line=8)


def combined(*glossaries):
    result = resolve.combine(glossaries)
    return list(result.entries), [(conflict.winner, conflict.loser) for conflict in result.conflicts]


def test_the_nearer_glossary_says_what_to_write():
    assert combined([HEARING], [SESSION]) == ([HEARING], [(HEARING, SESSION)])
    assert combined([SESSION], [HEARING]) == ([SESSION], [(SESSION, HEARING)])
    assert resolve.combine([[HEARING], [SESSION]]).conflicts[0].message == (
        "far.csv:7: audience: 'session' gives way to 'hearing' in near.csv:2"
    )


def test_the_same_entry_twice_is_no_conflict():
    assert combined([HEARING], [Entry("Audience", "hearing", note="farther")]) == ([HEARING], [])


def test_admitted_forms_come_from_the_same_glossary():
    assert combined([HEARING, ADMITTED]) == ([HEARING, ADMITTED], [])
    assert combined([ADMITTED, HEARING]) == ([HEARING, ADMITTED], [])
    assert combined([HEARING], [SESSION, Entry("audience", "sitting", EntryKind.ADMITTED)]) == (
        [HEARING],
        [(HEARING, SESSION)],
    )


def test_forbidden_forms_add_up():
    mine = Entry("audience", "public", EntryKind.FORBIDDEN)
    assert combined([HEARING, mine], [SESSION, BANNED]) == ([HEARING, mine, BANNED], [(HEARING, SESSION)])


def test_what_is_nearer_may_be_forbidden_only_by_what_is_nearer_still():
    use = Entry("audience", "audience")
    assert combined([use], [BANNED]) == ([use], [(use, BANNED)])
    assert combined([BANNED], [use]) == ([BANNED], [(BANNED, use)])
    assert combined([BANNED], [use], [HEARING]) == ([HEARING, BANNED], [(BANNED, use)])


def test_two_preferred_forms_in_one_file_are_a_conflict():
    assert combined([HEARING, SESSION]) == ([HEARING], [(HEARING, SESSION)])


def test_what_is_not_in_force_plays_no_part():
    idea = Entry("audience", "crowd", status="proposed")
    assert combined([idea, Entry("audience", "turnout", status="rejected")], [SESSION]) == ([SESSION], [])


def test_case_tells_terms_apart_where_it_counts():
    acronym, word = Entry("PIC", "spike unit", case="exact"), Entry("pic", "peak")
    assert combined([acronym], [word]) == ([acronym, word], [])
    # A nearer entry for any case covers a farther one for capitals.
    assert combined([word], [acronym]) == ([word], [(word, acronym)])
    # The same source is the same term, whether or not both say that case counts.
    loose = Entry("PIC", "peak unit")
    assert combined([acronym], [loose]) == ([acronym], [(acronym, loose)])


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def project(tmp_path):
    """A project with two glossaries of its own."""
    write(tmp_path / "terms" / "house.csv", "source,target\naudience,hearing\n")
    write(tmp_path / "more.csv", "source,target\naudience,session\nparquet,prosecutors\n")
    return write(tmp_path / "dragoman.toml", '[glossary]\nfiles = ["terms/house.csv", "more.csv"]\nbuiltin = false\n')


def test_the_project_file_is_found_upwards(project, tmp_path):
    folder = tmp_path / "articles" / "2026"
    folder.mkdir(parents=True)
    assert resolve.find_project(folder) == project
    nearer = write(tmp_path / "articles" / "dragoman.toml", "")
    assert resolve.find_project(folder) == nearer
    assert resolve.read_project(nearer) == resolve.Project(nearer)


def test_command_line_before_project_before_built_in(project, tmp_path):
    given = write(tmp_path / "mine.csv", "source,target\nparquet,floor\n")
    read = resolve.read_project(project)
    result = resolve.resolve([given], read)
    assert [path.name for path in result.files] == ["mine.csv", "house.csv", "more.csv"]
    assert [(entry.source, entry.target) for entry in result.entries] == [("parquet", "floor"), ("audience", "hearing")]
    assert len(result.conflicts) == 2
    names = list(resolve.builtins())
    assert [path.stem for path in resolve.paths([given], read, builtin=True)] == ["mine", "house", "more", *names]
    assert [path.stem for path in resolve.paths([], None, ["acronyms"])] == ["acronyms"]
    # A file that is named twice counts where it is nearest.
    assert [path.name for path in resolve.paths([tmp_path / "more.csv"], read)] == ["more.csv", "house.csv"]


def test_without_a_project_file_the_built_in_glossaries_apply():
    result = resolve.resolve([])
    assert [path.stem for path in result.files] == sorted(resolve.builtins())
    assert any(entry.source == "conseil d'administration" for entry in result.entries)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[glossary\n", "line 1"),
        ("glossary = 1\n", "not a table"),
        ("[glossary]\nfile = []\n", "no setting 'file'"),
        ("[glossary]\nfiles = 'a.csv'\n", "files is not a list"),
        ("[glossary]\nfiles = ['missing.csv']\n", "there is no glossary .*missing.csv"),
        ("[glossary]\nbuiltin = 'acronyms'\n", "builtin is neither true, false nor a list of names: acronyms"),
    ],
)
def test_a_project_file_that_says_something_else_is_refused(tmp_path, text, message):
    path = write(tmp_path / "dragoman.toml", text)
    with pytest.raises(DragomanError, match=f"^{re.escape(str(path))}: .*{message}"):
        resolve.read_project(path)


def test_a_built_in_glossary_must_exist(tmp_path):
    path = write(tmp_path / "dragoman.toml", '[glossary]\nbuiltin = ["sports"]\n')
    with pytest.raises(DragomanError, match=r"dragoman\.toml: there is no built-in glossary 'sports'; there are: ac"):
        resolve.resolve([], resolve.read_project(path))


def test_other_tables_of_the_project_file_are_left_alone(tmp_path):
    path = write(tmp_path / "dragoman.toml", "[translate]\nto = 'en-GB'\n")
    assert resolve.read_project(path) == resolve.Project(path)


def test_a_misspelt_table_is_refused(tmp_path):
    path = write(tmp_path / "dragoman.toml", "[glosary]\nbuiltin = false\n")
    with pytest.raises(DragomanError, match=r"there is no table \[glosary\]; did you mean \[glossary\]\?"):
        resolve.read_project(path)


def test_names_stand_for_built_in_glossaries(tmp_path, monkeypatch):
    assert resolve.locate("acronyms").name == "acronyms.csv"
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "acronyms", "source,target\n")
    assert resolve.locate("acronyms") == Path("acronyms")
