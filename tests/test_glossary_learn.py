import csv
from functools import partial
from pathlib import Path

import pytest

from dragoman.glossary.entry import Entry
from dragoman.glossary.learn import learn, read_corpus
from dragoman.glossary.match import compile as compiled

PAIRS = [
    ("Le juge d'instruction a entendu les témoins.", "The investigating judge heard the witnesses."),
    ("Deux juges d'instruction dirigent l'enquête.", "Two investigating judges lead the inquiry."),
    ("Le juge d'instruction enquête sur la banque.", "The investigating judge looks into the bank."),
    ("La banque centrale relève son taux directeur.", "The central bank raises its key rate."),
    ("Une banque centrale ne commente pas le taux directeur.", "A central bank does not comment on the key rate."),
    ("Le taux directeur inquiète la banque centrale.", "The key rate worries the central bank."),
    ("Le taux directeur baisse enfin.", "The key rate is falling at last."),
    ("Les témoins attendent dans le couloir.", "The witnesses are waiting in the corridor."),
    ("La pluie tombe sur le port.", "Rain is falling on the harbour."),
    ("Le port ferme à midi.", "The harbour closes at noon."),
    ("Nous attendons les résultats du scrutin.", "We are waiting for the results of the ballot."),
    ("La salle était vide hier.", "The room was empty yesterday."),
    ("Il neige sur les hauteurs.", "It is snowing in the hills."),
    ("Personne ne répond au téléphone.", "Nobody is answering the telephone."),
    ("Le musée rouvre samedi.", "The museum reopens on Saturday."),
    ("Elle a perdu ses clés.", "She has lost her keys."),
]
TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
 srclang="fr-FR" datatype="plaintext"/><body>{}</body></tmx>"""
XLIFF = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="fr"
 target-language="en" datatype="plaintext"><body>{}</body></file></xliff>"""


@pytest.fixture
def run(tmp_path, monkeypatch, glossary_command):
    monkeypatch.chdir(tmp_path)
    for side, name in enumerate(("corpus.fr", "corpus.en")):
        Path(name).write_text("".join(f"{pair[side]}\n" for pair in PAIRS), encoding="utf-8")

    return partial(glossary_command, "learn")


def learned(covered=(), **options):
    return {pair.candidate.term: pair for pair in learn(PAIRS, compiled(covered), **options)}


def test_terms_get_their_whole_phrase_whatever_the_inflection():
    pairs = learned()
    assert pairs["juge d'instruction"].target == "investigating judge"
    assert pairs["taux directeur"].target == "key rate"
    assert (pairs["banque centrale"].target, pairs["banque centrale"].together) == ("central bank", 3)


def test_a_phrase_is_not_cut_where_it_varies_a_little():
    pairs = [
        ("La Cour suprême se réunit.", "The Supreme Court meets."),
        ("La Cour suprême a tranché.", "The Supreme Court has ruled."),
        ("Il saisit la Cour suprême.", "He goes to the Supreme Court."),
        ("Un avis de la Cour suprême.", "An opinion of the Supreme Court."),
        ("La Cour suprême hésite.", "The Supreme bench hesitates."),
        *PAIRS,
    ]
    targets = {pair.candidate.term: pair.target for pair in learn(pairs, compiled(()))}
    assert targets["Cour suprême"] == "Supreme Court"


def test_each_english_phrase_serves_one_term():
    targets = [pair.target.lower() for pair in learned(min_together=2).values()]
    assert len(targets) == len(set(targets))


def test_the_strongest_pair_comes_first():
    scores = [pair.score for pair in learn(PAIRS, compiled(()), min_together=2)]
    assert scores == sorted(scores, reverse=True)
    # -2 log λ of two events that occur together, 4 times among 16 sentences, and never apart.
    assert learned()["taux directeur"].score == pytest.approx(17.995, abs=0.001)


def test_rarer_pairs_need_a_lower_minimum():
    assert "témoins" not in learned()
    assert learned(min_together=2)["témoins"].target == "witnesses"


def test_covered_terms_are_not_looked_for():
    assert "taux directeur" not in learned([Entry("taux directeur", "policy rate")])


def test_pairs_are_written_for_review(run):
    code, out, err = run("corpus.fr", "corpus.en", "--no-glossary")
    assert (code, err) == (0, "dragoman: sentence pairs: 16, candidates: 4\n")
    row = next(row for row in csv.DictReader(out.splitlines()) if row["source"] == "juge d'instruction")
    assert (row["target"], row["status"], row["together"], row["dice"]) == (
        "investigating judge",
        "proposed",
        "3",
        "1.00",
    )
    assert (row["context 2"], row["english 2"]) == PAIRS[1]


def test_no_file_is_overwritten_unasked(run):
    Path("terms.csv").write_text("mine", encoding="utf-8")
    assert run("corpus.fr", "corpus.en", "-o", "terms.csv")[0] == 2
    assert Path("terms.csv").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("form", ["tsv", "tmx", "xlf", "lines"])
def test_all_forms_of_a_corpus_give_the_same_pairs(tmp_path, form):
    if form in ("tmx", "xlf"):
        pytest.importorskip("translate")
    if form == "tsv":
        text = "".join(f"{fr}\t{en}\n" for fr, en in PAIRS)
    elif form == "tmx":  # with English first, regions in the language codes, and bold type
        english = '<tuv xml:lang="en-GB"><seg><bpt i="1">&lt;b&gt;</bpt>{1}<ept i="1">&lt;/b&gt;</ept></seg></tuv>'
        unit = f'<tu>{english}<tuv xml:lang="FR-fr"><seg>{{0}}</seg></tuv></tu>'
        text = TMX.format("".join(unit.format(*pair) for pair in PAIRS))
    elif form == "xlf":
        unit = '<trans-unit id="{2}"><source>{0}</source><target>{1}</target></trans-unit>'
        text = XLIFF.format("".join(unit.format(*pair, number) for number, pair in enumerate(PAIRS)))
    else:
        text = "".join(f"{fr}\r\n" for fr, _ in PAIRS)
    files = [tmp_path / f"corpus.{form}"]
    files[0].write_text(text, encoding="utf-8", newline="")
    if form == "lines":
        files.append(tmp_path / "corpus.en")
        files[1].write_text("\ufeff" + "\n".join(en for _, en in PAIRS), encoding="utf-8")
    assert read_corpus(files) == PAIRS


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (("corpus.fr",), "corpus.fr: its English is missing; name it right behind it: corpus.fr FILE.en"),
        (("corpus.fr", "nowhere.en"), "nowhere.en: cannot be read (No such file or directory); check the path"),
        (("corpus.en", "corpus.fr"), "corpus.en: the French side is in English; French comes first"),
        (("one.tsv",), "one.tsv:1: there is no tab in the line; write the French, a tab, the English"),
        (("broken.tmx",), "broken.tmx: is not well-formed; export it again"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(run, files, message):
    Path("one.tsv").write_text("Bonjour\n", encoding="utf-8")
    Path("broken.tmx").write_text("<tmx><body>", encoding="utf-8")
    assert run(*files) == (2, "", f"dragoman: {message}\n")


def test_files_that_are_not_parallel_are_refused(run):
    Path("corpus.en").write_text("One line.\n", encoding="utf-8")
    code, _, err = run("corpus.fr", "corpus.en")
    assert code == 2
    assert err.startswith("dragoman: corpus.en: has 1 lines, and corpus.fr has 16;")
