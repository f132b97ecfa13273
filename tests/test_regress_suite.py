"""Suites: what the project file says, which articles belong to them, and what runs and updates do with their files."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from dragoman.engine.ladder import Result, Rung
from dragoman.errors import DragomanError
from dragoman.glossary.resolve import read_project
from dragoman.regress import last_run
from dragoman.regress.compare import Verdict
from dragoman.regress.run import judge, prepare, run, translate, update
from dragoman.regress.suite import Limits, find

PARTS = {
    "Le maire a perdu 12 % des voix à Lyon.": "The mayor lost 12% of the votes in Lyon.",
    "Il pleut depuis le matin sur toute la vallée.": "It has been raining all over the valley since morning.",
    "La grève a commencé.": "The strike has begun.",
}
TEXT = "{}\n\n{} {}\n".format(*PARTS)
MODEL = SimpleNamespace(package=SimpleNamespace(name="translate-fr_en", version="0.1"), beam=4, checksum="ab" * 32)


def speaking(**changes):
    """Return an engine that knows these sentences, with other words in place of some."""

    def engine(requests):
        results = []
        for request in requests:
            text = PARTS.get(request.text, request.text)
            for old, new in changes.items():
                text = text.replace(old.replace("_", " "), new)
            results.append(Result(text, -0.5, Rung.PLAIN))
        return results

    return engine


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a suite with one article, which has a baseline."""
    write(tmp_path, "articles/a.fr.txt", TEXT)
    write(tmp_path, "dragoman.toml", "[glossary]\nbuiltin = false\n[regress]\n")
    update(find(tmp_path), MODEL, engine=speaking())
    return tmp_path


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def counts(outcome):
    return {verdict.value: outcome.count(verdict) for verdict in Verdict if outcome.count(verdict)}


# The project file.


def test_without_settings_all_texts_below_the_folder_are_articles(tmp_path):
    write(tmp_path, "dragoman.toml", "")
    for name in ("b/c.md", "a.txt", "page.html", "B.TXT"):
        write(tmp_path, name, "x")
    for name in (
        "README.md",
        "requirements.txt",
        "baselines/a.txt",
        "references/a.en.txt",
        "a.en.txt",
        ".github/x.md",
        "notes.pdf",
        "other/dragoman.toml",
        "other/d.txt",
    ):
        write(tmp_path, name, "x")
    suite = find(tmp_path)
    assert [suite.name(path) for path in suite.articles] == ["B.TXT", "a.txt", "b/c.md", "page.html"]
    assert (suite.locale, suite.beam, suite.model, suite.quotes) == ("en-US", 4, "auto", "translate")
    assert suite.fail == Limits(broken=0)


def test_settings_are_read_and_leave_those_of_others_alone(tmp_path):
    write(tmp_path, "texts/a.txt", "x")
    write(tmp_path, "human/a.en.txt", "x")
    project = write(
        tmp_path,
        "dragoman.toml",
        '[glossary]\nbuiltin = false\n[check]\ndisable = ["spacing"]\n[regress]\narticles = ["texts/*.txt"]\n'
        'baselines = "old"\nreferences = "human"\nlocale = "en-GB"\nmodel = "bundled"\nbeam = 2\nquotes = "keep"\n'
        "[regress.fail]\nchanged = 3\nbleu = 0.5\n",
    )
    suite = find(tmp_path / "texts")
    assert [suite.name(path) for path in suite.articles] == ["texts/a.txt"]
    assert (suite.baselines, suite.references) == (tmp_path / "old", tmp_path / "human")
    assert (suite.locale, suite.model, suite.beam, suite.quotes) == ("en-GB", "bundled", 2, "keep")
    assert (suite.fail.broken, suite.fail.changed, suite.fail.bleu) == (0, 3, 0.5)
    assert read_project(project).builtin is False


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("regress = 3", "regress is not a table"),
        ("[regress]\nartikles = []", "[regress] has no setting 'artikles'; did you mean articles?"),
        ('[regress]\narticles = "a.txt"', "articles is not a list of patterns"),
        ('[regress]\narticles = ["b*.txt"]', "no article is named 'b*.txt'"),
        ('[regress]\narticles = ["/a.txt"]', "is no pattern of paths"),
        ('[regress]\nlocale = "fr"', "locale is 'fr', and not en-US or en-GB"),
        ('[regress]\nquotes = "drop"', "quotes is 'drop', and not translate or keep or both"),
        ("[regress]\nbeam = 0", "beam is not a whole number from 1 to 32"),
        ("[regress]\nbeam = true", "beam is not a whole number from 1 to 32"),
        ("[regress]\nmodel = 2", "model is not a text"),
        ('[regress]\nreferences = "none"', "references: there is no folder"),
        ("[regress]\nfail = 1", "regress.fail is not a table"),
        ("[regress.fail]\nbrokn = 1", "[regress.fail] has no limit 'brokn'; did you mean broken?"),
        ("[regress.fail]\nbroken = 0.5", "broken is not a number of segments"),
        ("[regress.fail]\nbroken = -1", "broken is not a number of segments"),
        ('[regress.fail]\nbleu = "1"', "bleu is not a loss of points"),
        ("[regress", "dragoman.toml"),
    ],
)
def test_what_no_setting_is_is_said_in_one_line(tmp_path, settings, message):
    write(tmp_path, "a.txt", "x")
    write(tmp_path, "dragoman.toml", settings)
    with pytest.raises(DragomanError) as error:
        find(tmp_path)
    assert message in str(error.value)
    assert str(tmp_path / "dragoman.toml") in str(error.value)
    assert "\n" not in str(error.value)


def test_a_folder_without_a_project_file_is_no_suite(tmp_path):
    with pytest.raises(DragomanError, match="is in no suite"):
        find(tmp_path)
    with pytest.raises(DragomanError, match="there is no such folder"):
        find(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "name", ["references/articles/a.en.txt", "references/a.en.txt", "references/a.txt", "references/a.fr.txt"]
)
def test_references_are_found_by_their_names(folder, name):
    path = write(folder, name, "x")
    assert find(folder).reference("articles/a.fr.txt") == path


# Runs.


def test_nothing_has_changed(folder):
    outcome = run(find(folder), MODEL, engine=speaking())
    assert (outcome.passed, counts(outcome), outcome.causes) == (True, {"same": 3}, ())


def test_what_is_broken_fails(folder):
    outcome = run(find(folder), MODEL, engine=speaking(Lyon="Nice"))
    assert (outcome.passed, counts(outcome)) == (False, {"broken": 1, "same": 2})
    assert outcome.exceeded == ("1 segment broken, and none are allowed",)


def test_what_is_changed_fails_only_if_there_is_a_limit(folder):
    engine = speaking(The_strike="Industrial action", It_has_been_raining="Rain has fallen")
    assert run(find(folder), MODEL, engine=engine).passed
    write(folder, "dragoman.toml", "[glossary]\nbuiltin = false\n[regress.fail]\nchanged = 1\n")
    outcome = run(find(folder), MODEL, engine=engine)
    assert outcome.exceeded == ("2 segments changed, and 1 is allowed",)


def test_an_update_accepts_what_there_is(folder):
    suite = find(folder)
    done = update(suite, MODEL, engine=speaking(Lyon="Nice"))
    assert (done.written, done.removed, done.kept) == (("articles/a.fr.txt",), (), 0)
    assert run(suite, MODEL, engine=speaking(Lyon="Nice")).passed
    assert update(suite, MODEL, engine=speaking(Lyon="Nice")).kept == 1


def test_an_update_of_some_leaves_the_others(folder):
    write(folder, "articles/b.txt", TEXT)
    suite = find(folder)
    done = update(suite, MODEL, engine=speaking(Lyon="Nice"), only=["b*"])
    assert (done.written, done.removed) == (("articles/b.txt",), ())
    assert counts(run(suite, MODEL, engine=speaking())) == {"same": 5, "improved": 1}


def test_a_run_of_some_says_nothing_of_the_others(folder):
    write(folder, "articles/b.txt", TEXT)
    suite = find(folder)
    outcome = run(suite, MODEL, engine=speaking(), only=["articles/a*"])
    assert [comparison.article for comparison in outcome.comparisons] == ["articles/a.fr.txt"]
    with pytest.raises(DragomanError, match=r"--only c\*: no article of the suite"):
        run(suite, MODEL, engine=speaking(), only=["c*"])


def test_the_baseline_of_an_article_that_is_gone_goes_with_the_update(folder):
    write(folder, "articles/b.txt", "La grève a commencé.\n")
    suite = find(folder)
    update(suite, MODEL, engine=speaking())
    (folder / "articles" / "b.txt").unlink()
    suite = find(folder)
    assert counts(run(suite, MODEL, engine=speaking())) == {"same": 3, "removed": 1}
    assert update(suite, MODEL, engine=speaking()).removed == ("articles/b.txt",)
    assert list(suite.stored()) == ["articles/a.fr.txt"]


def test_an_article_that_is_gone_or_replaced_fails(folder):
    write(folder, "articles/b.txt", "La grève a commencé.\n")
    update(find(folder), MODEL, engine=speaking())
    (folder / "articles" / "b.txt").unlink()
    write(folder, "articles/a.fr.txt", "Le soleil brille.\n")
    outcome = run(find(folder), MODEL, engine=speaking())
    assert outcome.exceeded == (
        "articles/a.fr.txt: it has no sentence of its baseline; if that is meant, accept it: dragoman regress update",
        "articles/b.txt: it is gone, and its baseline is not; if that is meant, accept it: dragoman regress update",
    )
    update(find(folder), MODEL, engine=speaking())
    assert run(find(folder), MODEL, engine=speaking()).passed


def test_a_suite_without_articles_is_told_what_to_put_there(tmp_path):
    write(tmp_path, "dragoman.toml", "")
    with pytest.raises(DragomanError, match="there is no article in it"):
        update(find(tmp_path), MODEL, engine=speaking())


def test_the_entries_of_the_glossaries_stay_those_of_most_baselines(folder):
    write(folder, "house.csv", "source,target\ngrève,strike\n")
    write(folder, "dragoman.toml", '[glossary]\nbuiltin = false\nfiles = ["house.csv"]\n')
    write(folder, "articles/b.txt", TEXT)
    update(find(folder), MODEL, engine=speaking())
    write(folder, "house.csv", "source,target\ngrève,walkout\nmaire,mayor\n")
    update(find(folder), MODEL, engine=speaking(), only=["b*"])
    assert run(find(folder), MODEL, engine=speaking()).causes == ("glossary house: 1 term added, 1 changed",)


def test_a_renamed_article_keeps_its_baseline(folder):
    (folder / "articles" / "a.fr.txt").rename(folder / "articles" / "z.txt")
    outcome = run(find(folder), MODEL, engine=speaking())
    assert counts(outcome) == {"same": 3}
    assert [comparison.renamed_from for comparison in outcome.comparisons] == ["articles/a.fr.txt"]
    only = run(find(folder), MODEL, engine=speaking(), only=["z.txt"])
    assert counts(only) == {"same": 3}


def test_another_article_is_added(folder):
    write(folder, "articles/b.txt", "Le soleil brille. La grève a commencé.\n")
    assert counts(run(find(folder), MODEL, engine=speaking())) == {"same": 3, "added": 2}


def test_a_suite_without_baselines_is_told_how_to_make_them(tmp_path):
    write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "dragoman.toml", "")
    with pytest.raises(DragomanError, match="dragoman regress update"):
        run(find(tmp_path), MODEL, engine=speaking())


def test_an_article_that_is_not_french_is_named(folder):
    write(folder, "articles/b.txt", "The mayor lost the vote in the city, and nobody was surprised by what happened.\n")
    with pytest.raises(DragomanError, match=r"^articles/b\.txt: the text is in English"):
        run(find(folder), MODEL, engine=speaking())


def test_a_change_of_the_glossary_is_the_cause(folder):
    write(folder, "house.csv", "source,target\ngrève,walkout\n")
    write(folder, "dragoman.toml", '[glossary]\nbuiltin = false\nfiles = ["house.csv"]\n')
    outcome = run(find(folder), MODEL, engine=speaking(strike="walkout"))
    assert counts(outcome) == {"changed": 1, "same": 2}
    assert outcome.causes == ("glossary house added",)
    update(find(folder), MODEL, engine=speaking(strike="walkout"))
    write(folder, "house.csv", "source,target,note\ngrève,stoppage,new\nmaire,mayor,\nville,town,\n")
    outcome = run(find(folder), MODEL, engine=speaking(strike="stoppage"))
    assert outcome.causes == ("glossary house: 2 terms added, 1 changed",)
    (changed,) = [s for s in outcome.comparisons[0].segments if s.verdict is Verdict.CHANGED]
    assert changed.notes == ("grève: walkout → stoppage",)


def test_notes_and_the_order_of_a_glossary_are_no_cause(folder):
    write(folder, "dragoman.toml", '[glossary]\nbuiltin = false\nfiles = ["house.csv"]\n')
    write(folder, "house.csv", "source,target\ngrève,strike\nmaire,mayor\n")
    update(find(folder), MODEL, engine=speaking())
    write(folder, "house.csv", "source,target,note\nmaire,mayor,the head\ngrève,strike,\n")
    assert run(find(folder), MODEL, engine=speaking()).causes == ()


def test_two_glossaries_of_one_name_are_told_apart(folder):
    write(folder, "a/terms.csv", "source,target\ngrève,strike\n")
    write(folder, "b/terms.csv", "source,target\nmaire,mayor\n")
    write(folder, "dragoman.toml", '[glossary]\nbuiltin = false\nfiles = ["a/terms.csv", "b/terms.csv"]\n')
    signature = prepare(find(folder), MODEL, speaking()).signature
    assert [glossary.name for glossary in signature.glossaries] == ["a/terms.csv", "b/terms.csv"]


def test_disabled_checks_are_in_the_signature(folder):
    write(folder, "dragoman.toml", '[glossary]\nbuiltin = false\n[check]\ndisable = ["entities"]\n')
    outcome = run(find(folder), MODEL, engine=speaking(Lyon="there"))
    assert outcome.causes == ("checks: entities off",)
    assert counts(outcome) == {"changed": 1, "same": 2}


def test_an_unreadable_baseline_is_named(folder):
    baseline = find(folder).baseline("articles/a.fr.txt")
    baseline.write_text("article: [\n")
    with pytest.raises(DragomanError, match=r"a\.fr\.txt\.yml:2: is not YAML"):
        run(find(folder), MODEL, engine=speaking())


def test_what_pytest_obtained_is_no_baseline(folder):
    write(folder, "baselines/articles/a.fr.txt.obtained.yml", "x")
    assert list(find(folder).stored()) == ["articles/a.fr.txt"]


# References and metrics.


def with_references(folder, count):
    """Return the folder with more articles, and references for all."""
    draw = [f"Le maire de la ville numéro {n} a perdu." for n in range(count)]
    english = [f"The mayor of town number {n} has lost." for n in range(count)]
    PARTS.update(zip(draw, english, strict=True))
    write(folder, "articles/b.txt", "\n\n".join(draw))
    write(folder, "references/articles/b.en.txt", "\n\n".join(english))
    update(find(folder), MODEL, engine=speaking())
    return folder


def test_a_loss_that_means_something_fails(folder):
    pytest.importorskip("sacrebleu")
    with_references(folder, 30)
    write(folder, "dragoman.toml", "[glossary]\nbuiltin = false\n[regress.fail]\nbleu = 1\nter = 100\n")
    outcome = run(find(folder), MODEL, engine=speaking(has_lost="was beaten", mayor="head"))
    bleu, chrf, ter = outcome.metrics
    assert (bleu.name, bleu.old, bleu.significant) == ("BLEU", 100, True)
    assert bleu.new < 99 < bleu.old
    assert chrf.name.startswith("chrF")
    assert ter.new > ter.old
    assert "version:" in bleu.signature
    assert [line for line in outcome.exceeded if line.startswith("BLEU 100.00 → ")]
    assert not [line for line in outcome.exceeded if line.startswith(("chrF", "TER"))]
    assert outcome.comparisons[1].segments[0].reference == "The mayor of town number 0 has lost."


def test_a_loss_by_chance_does_not_fail(folder):
    pytest.importorskip("sacrebleu")
    with_references(folder, 30)
    write(folder, "dragoman.toml", "[glossary]\nbuiltin = false\n[regress.fail]\nbleu = 0\nchrf = 0\nter = 0\n")
    outcome = run(find(folder), MODEL, engine=speaking(number_7_has_lost="number 7 was beaten"))
    assert outcome.metrics[0].loss > 0
    assert not outcome.metrics[0].significant
    assert outcome.passed


def test_a_gain_does_not_fail(folder):
    pytest.importorskip("sacrebleu")
    with_references(folder, 30)
    update(find(folder), MODEL, engine=speaking(has_lost="was beaten"))
    write(folder, "dragoman.toml", "[glossary]\nbuiltin = false\n[regress.fail]\nbleu = 0\nchrf = 0\nter = 0\n")
    outcome = run(find(folder), MODEL, engine=speaking())
    assert all(metric.significant and metric.loss < 0 for metric in outcome.metrics)
    assert outcome.passed


def test_without_references_there_are_no_metrics(folder):
    assert run(find(folder), MODEL, engine=speaking()).metrics == ()


def test_a_reference_with_other_paragraphs_is_named(folder):
    write(folder, "references/a.txt", "Only one paragraph.\n")
    with pytest.raises(DragomanError, match=r"references/a\.txt: has 1 paragraph, its article 2"):
        run(find(folder), MODEL, engine=speaking())


# The last run.


def test_the_last_run_is_kept_for_reports(folder):
    suite = find(folder)
    states = translate(suite, prepare(suite, MODEL, speaking(Lyon="Nice")), suite.articles)
    last_run.save(suite, states, complete=True)
    again, complete = last_run.load(suite)
    assert judge(suite, again, complete=complete) == judge(suite, states)
    assert [segment.line for segment in again[0].segments] == [1, 3, 3]
    assert (folder / ".dragoman" / ".gitignore").read_text() == "*\n"
    assert find(folder).articles == suite.articles


@pytest.mark.parametrize("content", [None, "{", "[]", '{"states": [1], "complete": true}'])
def test_without_a_last_run_a_run_is_asked_for(folder, content):
    if content is not None:
        write(folder, ".dragoman/last-run.json", content)
    with pytest.raises(DragomanError, match="dragoman regress run"):
        last_run.load(find(folder))


def test_a_folder_that_can_not_be_made_is_named(folder):
    suite = replace(find(folder), baselines=write(folder, "file", "") / "baselines")
    with pytest.raises(DragomanError, match="cannot be written"):
        update(suite, MODEL, engine=speaking())
