import csv
import math
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.glossary.entry import COLUMNS, Entry
from dragoman.glossary.extract import extract, sentence
from dragoman.glossary.match import compile as compiled

# Articles on a strike in a port; "droit de grève" and its like recur, in different forms.
STRIKE = """\
Le port du Havre à l'arrêt

Les délégués syndicaux ont déposé un préavis de grève lundi. La direction du port, elle, parle d'un conflit social \
sans précédent. « Nous défendons le droit de grève », répète un délégué syndical devant la capitainerie.

Selon Jeanne Vasseur, qui dirige le terminal, deux préavis de grève visent aussi les remorqueurs. Les conflits \
sociaux coûtent cher, dit-elle. Le délégué syndical hausse les épaules.
"""
TALKS = """\
Reprise des négociations

Un nouveau préavis de grève menace. Le délégué syndical a rencontré hier Jeanne Vasseur, mais le conflit social \
continue. Il annonce une assemblée. Le droit de grève, rappelle-t-il, est inscrit dans la Constitution.
"""


@pytest.fixture
def run(tmp_path, monkeypatch, glossary_command):
    monkeypatch.chdir(tmp_path)
    Path("articles/mars").mkdir(parents=True)
    Path("articles/port.txt").write_text(STRIKE, encoding="utf-8")
    Path("articles/mars/reprise.txt").write_text(TALKS, encoding="utf-8")

    return partial(glossary_command, "extract")


def found(*sentences, covered=(), min_frequency=1):
    candidates = extract([("a", map(sentence, sentences))], compiled(covered), min_frequency=min_frequency)
    return {candidate.term: candidate for candidate in candidates}


def rows(text):
    return list(csv.DictReader(text.splitlines()))


def test_forms_of_a_term_are_one_candidate_in_the_singular():
    terms = found("Les conflits sociaux durent.", "Les conflits sociaux coûtent cher.", "Un conflit social couve.")
    assert terms["conflit social"].frequency == 3
    assert not {"conflits sociaux", "conflits"} & terms.keys()


def test_what_was_only_seen_in_the_plural_stays_so():
    assert "travaux publics" in found("Le ministre des travaux publics hésite.", "Les travaux publics reprennent.")


@pytest.mark.parametrize(
    "text",
    [
        "Les avocats, dossiers en main, patientent.",
        "Les avocats et les dossiers patientent.",
        "Les avocats du greffe. Des dossiers partent.",
        "Les avocats veulent des dossiers.",
        "Il consulte les avocats sans dossiers.",
    ],
)
def test_no_candidate_crosses_punctuation_function_words_or_verbs(text):
    assert not [term for term in found(text) if "avocats" in term and "dossiers" in term]


@pytest.mark.parametrize(
    "text",
    ["La ministre se réjouit.", "Elle n'exclut rien.", "Le maire a démissionné.", "Ils votent, dit-il.", "Le 3 ou 4."],
)
def test_verbs_adverbs_and_numbers_are_no_candidates(text):
    assert found(text).keys() <= {"ministre", "maire"}


def test_a_word_is_a_verb_where_the_articles_use_it_as_one():
    sentences = ["Il plaide la relaxe.", "Le procureur qui plaide la relaxe.", "Maître Roy plaide la relaxe."]
    assert not [term for term in found(*sentences) if "plaide" in term]
    assert "relaxe" in found(*sentences)


def test_c_value_is_as_published():
    # Four times alone, and in two longer candidates that occur twice each: f(a) - (2 + 2) / 2 is left.
    texts = ["Une garde à vue."] * 4 + ["Une garde à vue prolongée."] * 2 + ["Une garde à vue initiale."] * 2
    terms = found(*texts, min_frequency=2)
    assert terms["garde à vue"].frequency == 8
    assert terms["garde à vue"].c_value == pytest.approx(math.log2(3 + 1) * (8 - (2 + 2) / 2))
    assert terms["garde à vue prolongée"].c_value == pytest.approx(math.log2(4 + 1) * 2)


def test_what_only_occurs_inside_one_longer_candidate_is_left_out():
    terms = found("Le procureur de la République parle.", "Un procureur de la République agit.", min_frequency=2)
    assert "procureur de la République" in terms
    assert not {"procureur", "République"} & terms.keys()


def test_covered_terms_are_left_out_in_all_their_forms():
    covered = [Entry("mise en demeure", "formal notice")]
    terms = found("Deux mises en demeure partent.", "Une mise en demeure suit, puis un procès.", covered=covered)
    assert terms.keys() == {"procès"}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from("Le la y a de du-la d' l'Y A-t-il grand Port port-au ports à « , . été -ci 5G É".split()))
)
def test_any_text_can_be_searched(words):
    text = " ".join(words)
    for candidate in extract([("a", [sentence(text)])], compiled(()), min_frequency=1):
        assert candidate.term.lower() in text.lower()
        assert candidate.c_value > 0


def test_addresses_are_not_searched():
    assert found("Le dossier est sur https://exemple.fr/le/grand-dossier.").keys() == {"dossier"}


def test_candidates_are_written_for_review(run):
    code, out, err = run("articles", "--no-translate", "--no-glossary", "--min-frequency", "3")
    assert (code, err) == (0, "dragoman: articles: 2, candidates: 4\n")
    assert out.splitlines()[0].startswith(",".join(COLUMNS) + ",c-value,frequency,articles,name,context 1")
    table = {row["source"]: row for row in rows(out)}
    assert table.keys() == {"préavis de grève", "délégué syndical", "conflit social"} | {"grève"}
    assert {row["status"] for row in table.values()} == {"proposed"}
    strike = table["préavis de grève"]
    assert (strike["frequency"], strike["articles"], strike["target"]) == ("3", "2", "")
    # One context for each article comes before a second one of any.
    assert strike["context 1"] == "Un nouveau préavis de grève menace."
    assert strike["context 2"].startswith("Les délégués syndicaux ont déposé")
    assert strike["context 3"].startswith("Selon Jeanne Vasseur")


def test_names_are_marked(run):
    _, out, _ = run("articles", "--no-translate", "--multiword")
    marks = {row["source"]: row["name"] for row in rows(out)}
    assert marks["Jeanne Vasseur"] == "yes"
    assert marks["droit de grève"] == ""


def test_top_keeps_the_best(run):
    _, everything, _ = run("articles", "--no-translate")
    _, best, _ = run("articles", "--no-translate", "--top", "2")
    assert rows(best) == rows(everything)[:2]


def test_terms_are_translated(run, model):  # noqa: ARG001 (it is there, or the test can't run)
    _, out, _ = run("articles", "--no-glossary", "--model", "bundled")
    targets = {row["source"]: row["target"] for row in rows(out)}
    assert targets["conflit social"].lower() == "social conflict"
    assert targets["Jeanne Vasseur"] == ""


def test_no_file_is_overwritten_unasked(run):
    Path("terms.csv").write_text("source,target\naudience,hearing\n", encoding="utf-8")
    code, _, err = run("articles", "--no-translate", "-o", "terms.csv")
    assert (code, err) == (2, "dragoman: terms.csv: is there already; name another file, or give --force\n")
    assert Path("terms.csv").read_text(encoding="utf-8") == "source,target\naudience,hearing\n"
    assert run("articles", "--no-translate", "-o", "terms.csv", "--force")[0] == 0
    assert "droit de grève" in Path("terms.csv").read_text(encoding="utf-8")


def test_english_articles_are_left_out_of_a_folder_and_refused_by_name(run):
    english = "The dock workers have given notice of a strike, and the port is closed until further notice from them."
    Path("articles/port.en.txt").write_text(english, encoding="utf-8")
    assert "articles: 2," in run("articles", "--no-translate")[2]
    code, _, err = run("articles/port.en.txt", "--no-translate")
    assert (code, err) == (2, "dragoman: articles/port.en.txt: the text is in English, not in French\n")
    Path("empty").mkdir()
    assert run("empty", "--no-translate")[2].startswith("dragoman: empty: there is no French article in this folder")
