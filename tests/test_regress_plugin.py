"""The pytest plugin, on the files of examples/ci as a user copies them."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
import yaml

EXAMPLE = Path(__file__).parents[1] / "examples" / "ci"
OPTIONS = ("-p", "no:cacheprovider")


def run(command, folder, **variables):
    """Run a command as a user does, with the programs of the environment that the tests run in."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PYTEST_ADDOPTS": shlex.join(OPTIONS), **variables}
    # So that the lines of its reports are not cut to the width of some terminal.
    return subprocess.run(
        command, cwd=folder, env={**environment, "COLUMNS": "200"}, capture_output=True, encoding="utf-8", check=False
    )


def run_pytest(folder, *arguments):
    """Run pytest; gives its exit code and its output."""
    done = run([sys.executable, "-m", "pytest", *arguments], folder)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def as_it_is(tmp_path):
    """A copy of the example."""
    return shutil.copytree(EXAMPLE, tmp_path / "repository")


@pytest.fixture(scope="module")
def updated(home, tmp_path_factory):  # noqa: ARG001 (before any model is looked for)
    """A copy of the example whose baselines are those of this version: nothing has changed yet."""
    folder = shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("updated") / "example")
    done = run(["dragoman", "regress", "update"], folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def repository(updated, tmp_path):
    return shutil.copytree(updated, tmp_path / "repository")


def replace(folder, file, old, new):
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {file}"
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def append(folder, file, text):
    with (folder / file).open("a", encoding="utf-8") as opened:
        opened.write(text)


# What is done to a copy of the example, and what its tests say.


class Mutation(NamedTuple):
    make: Callable[[Path], object]
    failing: str = ""  # the tests that must fail, and no other, with a space between; none if empty
    says: tuple[str, ...] = ()  # in the first one's message; what a passing run lists if none must fail


TRAM, HOSPITAL, HARVEST = "articles/tramway.fr.txt", "articles/urgences.fr.txt", "articles/vendanges.fr.md"

MUTATIONS = {
    "nothing": Mutation(lambda _: None),
    "a term that the house forbids now": Mutation(
        lambda folder: append(folder, "glossary/house.csv", "étudiant,student,forbidden,noun,,\n"),
        f"{HOSPITAL} house:etudiant!=student",
        ("1 broken", "glossary house: 1 term added", f"broken: {HOSPITAL}:11", "term: “student” must not stand"),
    ),
    "another form of a term": Mutation(
        lambda folder: replace(folder, "glossary/house.csv", "transit authority", "transport board"),
        "",
        (f"{TRAM}: 1 changed", "glossary house: 1 term changed"),
    ),
    "another form of a term, where no change is allowed": Mutation(
        lambda folder: (
            replace(folder, "glossary/house.csv", "transit authority", "transport board"),
            append(folder, "dragoman.toml", "changed = 0\n"),
        ),
        TRAM,
        (
            f"changed: {TRAM}:5",
            "régie des transports: transit authority → transport board",
            "source: La régie des transports l'a annoncé",
            "[-transit authority",
            "{+transport board",
            "dragoman regress update --only 'articles/tramway.fr.txt'",
        ),
    ),
    "an example without its term": Mutation(
        lambda folder: replace(folder, "glossary/house.csv", "La cave coopérative emploie", "Le négociant emploie"),
        "house:cave-cooperative=wine-cooperative",
        ("glossary/house.csv:3: cave coopérative → wine cooperative", "the term is not found in its example"),
    ),
    "a figure in a sentence": Mutation(
        lambda folder: replace(folder, TRAM, "32 000 voyageurs", "35 000 voyageurs"), "", (f"{TRAM}: 1 changed",)
    ),
    "a sentence more": Mutation(
        lambda folder: append(folder, HOSPITAL, "\nLa réunion aura lieu lundi.\n"), "", (f"{HOSPITAL}: 1 added",)
    ),
    "paragraphs in another order": Mutation(
        lambda folder: (folder / TRAM).write_text(
            "\n\n".join([*(parts := (folder / TRAM).read_text().split("\n\n"))[:2], parts[3], parts[2], *parts[4:]])
        )
    ),
    "an article under another name": Mutation(
        lambda folder: (folder / TRAM).rename(folder / "articles" / "ligne-2.fr.txt"),
        "",
        (f"articles/ligne-2.fr.txt (was {TRAM}): 14 same",),
    ),
    "an article without a baseline": Mutation(
        lambda folder: (folder / "baselines" / f"{HARVEST}.yml").unlink(),
        HARVEST,
        (f"{HARVEST}: 14 added", "File not found in data directory, created"),
    ),
    "an article that is not French": Mutation(
        lambda folder: (folder / "articles" / "english.txt").write_text(
            "The hospital will stay open at night this summer. The mayor said that he was happy with this decision."
        ),
        "articles/english.txt",
        ("the text is in English",),
    ),
    "a baseline that is no YAML": Mutation(
        lambda folder: (folder / "baselines" / f"{HARVEST}.yml").write_text("segments: ["),
        HARVEST,
        (f"{HARVEST}.yml:2: is not YAML",),
    ),
}


class Ran(NamedTuple):
    failures: dict[str, str]  # messages by the id of the test's parameter
    passed: int
    changes: str  # the changes that were allowed


@pytest.fixture(scope="module")
def mutated(updated, tmp_path_factory):
    """Run the tests of all mutated copies, which takes one start of pytest."""
    root = tmp_path_factory.mktemp("mutated")
    for number, mutation in enumerate(MUTATIONS.values()):
        mutation.make(shutil.copytree(updated, root / f"copy{number}"))
    _, output = run_pytest(root, "--import-mode=importlib", "--junit-xml=tests.xml")
    assert (root / "tests.xml").exists(), output
    ran = {name: ({}, [], []) for name in MUTATIONS}
    names = list(MUTATIONS)
    for case in ET.parse(root / "tests.xml").iter("testcase"):
        copy, parameter = case.get("classname"), re.fullmatch(r".*?\[(.*)\]", case.get("name"))[1]
        failures, passed, changes = ran[names[int(re.search(r"copy(\d+)", copy)[1])]]
        if case.find("failure") is None and case.find("error") is None:
            passed.append(parameter)
        for failure in case.iter("failure"):
            failures[parameter] = failure.text
        changes += [each.get("value") for each in case.iter("property") if each.get("name") == "dragoman_changes"]
    return output, {name: Ran(each[0], len(each[1]), "\n".join(each[2])) for name, each in ran.items()}


@pytest.mark.parametrize("name", MUTATIONS)
def test_what_fails_and_what_is_said(mutated, name):
    mutation, ran = MUTATIONS[name], mutated[1][name]
    failing = mutation.failing.split()
    assert list(ran.failures) == failing, ran.failures
    assert ran.passed >= 9
    said = ran.failures[failing[0]] if failing else ran.changes
    for fragment in mutation.says:
        assert fragment in said
    if not mutation.failing and not mutation.says:
        assert ran.changes == ""
    assert "Traceback" not in said
    assert "During handling" not in said


def test_changes_that_are_allowed_are_listed_at_the_end(mutated):
    output, _ = mutated
    summary = output[output.index(" changed translations ") :]
    assert f"{TRAM}: 1 changed, 13 same (likely cause: glossary house: 1 term changed)" in summary
    assert "--force-regen, or dragoman regress update" in summary


def test_force_regen_accepts_a_change_and_fails_once(repository):
    baseline = repository / "baselines" / f"{TRAM}.yml"
    before = baseline.read_text()
    replace(repository, "glossary/house.csv", "transit authority", "transport board")
    code, output = run_pytest(repository, "--force-regen", "-k", "tramway")
    assert code == 1
    assert f"{TRAM}: 1 changed" in output
    assert f"--force-regen set, regenerating file at:\n- {baseline}" in output
    after = baseline.read_text()
    assert after != before
    assert after.count("transport board") == 2  # its translation, and its term
    # The other baselines were made with what it has.
    assert "transport board" not in (repository / "baselines" / "signature.yml").read_text()
    code, output = run_pytest(repository, "-k", "tramway")
    assert code == 0, output
    assert "changed translations" not in output
    # The command and the plugin write the same files.
    assert run(["dragoman", "regress", "update", "--only", "tramway*"], repository).returncode == 0
    assert baseline.read_text() == after


def test_regen_all_makes_every_baseline_and_passes(repository):
    shutil.rmtree(repository / "baselines")
    code, output = run_pytest(repository, "--regen-all", "-k", "test_article")
    assert code == 0, output
    made = {path.relative_to(repository): path.read_bytes() for path in (repository / "baselines").rglob("*.yml")}
    assert len(made) == 4
    assert run(["dragoman", "regress", "update"], repository).returncode == 0
    assert {path: (repository / path).read_bytes() for path in made} == made


def test_a_renamed_article_takes_its_baseline_along(repository):
    (repository / TRAM).rename(repository / "articles" / "ligne-2.fr.txt")
    run_pytest(repository, "--regen-all", "-k", "ligne-2")
    assert not (repository / "baselines" / f"{TRAM}.yml").exists()
    assert "article: articles/ligne-2.fr.txt" in (repository / "baselines/articles/ligne-2.fr.txt.yml").read_text()


# What the markers collect.


def collected(folder, test):
    (folder / "test_translations.py").write_text("import pytest\n\n" + test)
    code, output = run_pytest(folder, "--collect-only", "-q", "--strict-markers")
    return code, output, re.findall(r"^test_translations\.py::\w+\[(.*)\]$", output, re.MULTILINE)


ARTICLES = "@pytest.mark.dragoman_articles({})\ndef test_it(dragoman_article, translation_regression):\n    pass\n"
ENTRIES = "@pytest.mark.dragoman_glossary({})\ndef test_it(dragoman_entry, glossary_regression):\n    pass\n"


@pytest.mark.parametrize(
    ("test", "ids"),
    [
        (ARTICLES.format(""), [TRAM, HOSPITAL, HARVEST]),
        (ARTICLES.format("'articles/*.md', 'articles/t*.txt'"), [TRAM, HARVEST]),
        (
            ENTRIES.format("'glossary/others.csv'"),
            ["others:entrepot-frigorifique=cold-store", "others:maire-adjoint!=mayor-joint"],
        ),
    ],
)
def test_a_test_for_each_article_and_entry(repository, test, ids):
    append(
        repository,
        "glossary/others.csv",
        "source,target,kind,status\nentrepôt frigorifique,cold store,,\nmaire adjoint,mayor joint,forbidden,\n"
        "vin nouveau,new wine,,proposed\n",
    )
    code, output, found = collected(repository, test)
    assert (code, sorted(found)) == (0, sorted(ids)), output


def test_built_in_glossaries_have_names(repository):
    code, _, found = collected(repository, ENTRIES.format("'acronyms'"))
    assert code == 0
    assert len(found) > 100
    assert all(name.startswith("acronyms:") for name in found)


@pytest.mark.parametrize(
    ("test", "message"),
    [
        (ARTICLES.format("'articles/*.rst'"), "no article in {folder} is named 'articles/*.rst'; correct the marker"),
        (ENTRIES.format("'terms.csv'"), "{folder}/terms.csv: no such glossary"),
    ],
)
def test_a_marker_that_names_nothing_is_an_error(repository, test, message):
    code, output, _ = collected(repository, test)
    assert code == 2
    assert message.format(folder=repository) in output
    assert "Traceback" not in output


def test_a_glossary_without_articles_is_tested_all_the_same(repository):
    shutil.rmtree(repository / "articles")
    replace(repository, "dragoman.toml", 'articles = ["articles/*"]', "")
    code, output, found = collected(repository, ENTRIES.format("'glossary/house.csv'"))
    assert (code, bool(found)) == (0, True), output
    code, output, _ = collected(repository, ARTICLES.format(""))
    assert code == 2
    assert "there is no article in it" in output


def test_another_article_under_the_same_name_fails(repository):
    (repository / TRAM).write_text("Le soleil brille sur la ville depuis ce matin.\n")
    code, output = run_pytest(repository, "-k", "tramway")
    assert code == 1
    assert "14 removed" in output


def test_without_a_suite(tmp_path):
    code, output, _ = collected(tmp_path, ARTICLES.format(""))
    assert code == 2
    assert "is in no suite; put a dragoman.toml into the folder of the articles" in output


def test_an_entry_that_gives_way_is_skipped(repository):
    append(repository, "glossary/others.csv", "source,target\nvendanges,wine harvest\n")
    replace(repository, "dragoman.toml", '"glossary/house.csv"', '"glossary/house.csv", "glossary/others.csv"')
    code, output = run_pytest(repository, "-rs", "-k", "others")
    assert code == 0
    assert "1 skipped" in output
    assert "vendanges: 'wine harvest' gives way to 'grape harvest'" in output


def test_translate_article(repository):
    (repository / "test_translations.py").write_text(
        "from pathlib import Path\n\n"
        "def test_text(translate_article):\n"
        "    translation = translate_article('La cave coopérative a perdu 2,5 millions d’euros.')\n"
        "    assert 'wine cooperative' in translation.text() and '€2.5 million' in translation.text()\n\n"
        "def test_file(translate_article):\n"
        f"    assert 'Ousmane Thiam' in translate_article(Path('{HOSPITAL}')).text()\n"
    )
    code, output = run_pytest(repository)
    assert code == 0, output


# What it costs where it is not used, and what it needs.


def test_loading_the_plugin_imports_nothing_but_itself():
    code = (
        "import sys, pytest\nbefore = set(sys.modules)\nimport dragoman.regress.plugin\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["dragoman", "dragoman.regress", "dragoman.regress.plugin"]


def test_without_pytest_regressions(repository):
    code, output = run_pytest(repository, "-p", "no:regressions", "-k", "tramway or cave")
    assert code == 1
    assert "translation_regression needs pytest-regressions; install it with: pip install 'dragoman[test]'" in output
    assert "1 passed" in output
    assert "1 error" in output


# The other files of the example.


def workflow_steps():
    workflow = yaml.safe_load((EXAMPLE / ".github" / "workflows" / "translations.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    return [step["run"] for step in job["steps"] if "run" in step]


def test_the_commands_of_the_workflow(as_it_is):
    install, *commands = workflow_steps()
    assert install == "python -m pip install -r requirements.txt"
    assert (as_it_is / "requirements.txt").is_file()
    for command in commands:
        # As GitHub runs it: https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#defaultsrunshell
        done = run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command],
            as_it_is,
            GITHUB_STEP_SUMMARY=str(as_it_is / "summary.md"),
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)
    assert "3 articles" in (as_it_is / "summary.md").read_text()
    assert "<html" in (as_it_is / "translations.html").read_text()
    assert 'failures="0"' in (as_it_is / "tests.xml").read_text()


def test_the_workflow_is_red_where_a_translation_broke(repository):
    append(repository, "glossary/house.csv", "étudiant,student,forbidden,noun,,\n")
    (compare,) = [command for command in workflow_steps() if "regress run" in command]
    done = run(["bash", "-c", compare], repository)
    assert done.returncode == 1
    assert re.search(rf"^::error file=[^,]*{HOSPITAL},line=11", done.stdout, re.MULTILINE), done.stdout


def hooks():
    config = yaml.safe_load((EXAMPLE / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    return {hook["id"]: hook for repository in config["repos"] for hook in repository["hooks"]}


def run_hook(hook, folder):
    """Run a hook as pre-commit does: with the files that its pattern finds, unless it wants none."""
    files = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]
    files = [file for file in files if re.search(hook["files"], file)]
    assert files
    return run([*shlex.split(hook["entry"]), *(files if hook.get("pass_filenames", True) else [])], folder)


@pytest.mark.parametrize("hook", hooks())
def test_the_hooks_pass(as_it_is, hook):
    before = (as_it_is / "glossary" / "house.csv").read_bytes()
    done = run_hook(hooks()[hook], as_it_is)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (as_it_is / "glossary" / "house.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("hook", "row", "says"),
    [
        ("dragoman-glossary-lint", "vendanges,wine harvest,,noun,,\n", "vendanges"),
        ("dragoman-regress", "étudiant,student,forbidden,noun,,\n", "must not stand for"),
    ],
)
def test_a_hook_stops_what_is_wrong(repository, hook, row, says):
    append(repository, "glossary/house.csv", row)
    done = run_hook(hooks()[hook], repository)
    assert done.returncode == 1
    assert says in done.stdout
