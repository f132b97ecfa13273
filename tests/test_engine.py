"""The engine with the bundled model: what holds for every model."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.check.repetition import loops
from dragoman.engine import ladder, packages
from dragoman.engine.ladder import Request, Rung
from dragoman.engine.model import Model, _join_sentencepiece
from dragoman.engine.queue import BATCH_TOKENS, POSITIONS, Job, batches, padded_length, run
from dragoman.protect.codes import code_spans

SENTENCES = [
    "Le maire a inauguré la nouvelle bibliothèque samedi matin.",
    "Les pompiers ont maîtrisé l'incendie peu avant minuit.",
    "« Nous attendons des réponses claires », a déclaré la présidente de l'association.",
    "Oui.",
    "Le prix du blé a augmenté de 12 % en un an, selon le ministère de l'Agriculture.",
    "La réunion reprendra lundi.",
    "Aucun blessé n'est à déplorer, mais la route restera fermée jusqu'à nouvel ordre dans les deux sens.",
    "Le club a recruté un nouvel entraîneur.",
]


def texts(model, sentences):
    results = ladder.translate(model, [Request(s, code_spans(s)) for s in sentences])
    return [(r.text, r.score) for r in results]


def test_the_same_sentence_gets_the_same_translation_in_any_company(model):
    together = texts(model, SENTENCES)
    assert together == [texts(model, [sentence])[0] for sentence in SENTENCES]
    assert together == texts(model, SENTENCES[::-1])[::-1]
    assert together == texts(model, SENTENCES * 9)[: len(SENTENCES)]


def everything(model, sources):
    decoded = model.translate(sources, hypotheses=model.beam)
    return [[(h.text, h.score, h.pieces, h.attention(), h.complete) for h in found] for found in decoded]


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_threads_order_and_company_change_nothing_that_the_decoder_returns(model, threads):
    sentences = [*SENTENCES, " ".join(SENTENCES[:3]), " ".join(SENTENCES), *(s[: len(s) // 2] for s in SENTENCES)]
    sources = [model.encode(sentence) for sentence in sentences]
    expected = everything(model, sources)
    other = Model(model.package, threads=threads)
    assert everything(other, sources[::-1]) == expected[::-1]
    for first, step in ((0, 2), (1, 3), (2, len(sources))):
        assert everything(other, sources[first::step]) == expected[first::step]


@given(
    jobs=st.lists(st.builds(Job, st.integers(1, 2 * POSITIONS).map(range), st.integers(1, 2)), max_size=60),
    threads=st.integers(1, 8),
)
def test_batches_hold_every_sentence_once_with_others_of_its_padded_length_that_ask_for_the_same(jobs, threads):
    found = batches(jobs, threads)
    assert sorted(index for batch in found for index in batch) == list(range(len(jobs)))
    for batch in found:
        padded = {padded_length(len(jobs[index].tokens)) for index in batch}
        assert len(padded) == len({jobs[index].hypotheses for index in batch}) == 1
        assert len(batch) * max(padded) <= BATCH_TOKENS


class Echo:
    """Answers a job with its tokens; the hypotheses of a task are what it asked for itself."""

    def __init__(self, threads):
        self.threads = threads

    def decode(self, sources, **_):
        return [[tokens] for tokens in sources]


@given(turns=st.lists(st.lists(st.integers(0, 40), max_size=5), max_size=30), threads=st.integers(1, 3))
def test_every_task_is_sent_the_answers_to_its_own_jobs_until_it_has_no_more(turns, threads):
    answers = [[] for _ in turns]

    def task(number):
        for turn, length in enumerate(turns[number]):
            found = yield Job((number, turn) * length)
            answers[number].append(found)

    for _ in run(Echo(threads), map(task, range(len(turns)))):
        pass
    assert answers == [
        [[(number, turn) * length] if length else [] for turn, length in enumerate(lengths)]
        for number, lengths in enumerate(turns)
    ]


def test_an_error_of_the_decoder_ends_the_run():
    class Broken(Echo):
        def decode(self, *_, **__):
            raise RuntimeError("out of order")

    with pytest.raises(RuntimeError, match="out of order"):
        list(run(Broken(2), [(Job((word,)) for word in "ab")]))


def test_hypotheses_come_best_first_with_scores_and_attention(model):
    tokens = model.encode("Le conseil municipal se réunit jeudi.")
    hypotheses = model.translate([tokens], hypotheses=4)[0]
    assert len(hypotheses) == 4
    assert [h.score for h in hypotheses] == sorted((h.score for h in hypotheses), reverse=True)
    attention = hypotheses[0].attention()
    assert len(attention) == len(hypotheses[0].pieces)
    assert all(len(row) == len(tokens) for row in attention)


def test_byte_pieces_are_read_as_utf8():
    assert _join_sentencepiece(["▁caf", "<0xC3>", "<0xA9>", "▁noir"]) == "café noir"


CODES = [
    "Écrivez à redaction@exemple.fr ou sur https://exemple.fr/contact?sujet=journal avant vendredi.",
    "Bonjour {prenom}, il vous reste %d articles et {{ jours }} jours.",
    "Le fichier resultats_2024.csv est sur www.exemple.org, avec le mot-dièse #PontNeuf.",
    "Rendez-vous sur exemple.com 🎉 dès demain, ou suivez @mairie_exemple pour la suite.",
    "Le script lance %1$s puis %2$s sur le serveur data.exemple.net chaque nuit.",
]


@pytest.mark.parametrize("declared", [True, False], ids=["placeholders of the package", "generic path"])
@pytest.mark.parametrize("sentence", CODES)
def test_codes_come_out_as_often_as_they_went_in(model, monkeypatch, sentence, declared):
    if not declared:
        monkeypatch.setattr(model, "package", replace(model.package, placeholders=(), constraint_token=None))
    result = ladder.translate(model, [Request(sentence, code_spans(sentence))])[0]
    for span in code_spans(sentence):
        code = span.render[0]
        assert result.text.count(code) == sentence.count(code)
    assert result.rung is not Rung.FAILED
    assert not result.findings
    assert not any(placeholder in result.text for placeholder in model.package.placeholders)


@pytest.mark.parametrize(
    "short",
    ["Oui", "Non !", "Sport", "À la une", "Lire la suite", "Économie", "Bonjour", "Et alors ?", "Météo", "Édito"],
)
def test_short_segments_do_not_loop(model, short):
    result = ladder.translate(model, [Request(short)])[0]
    assert result.text
    assert not loops(short, result.text)
    assert len(result.text.split()) <= 4


def test_long_sentences_are_cut_and_nothing_is_lost(model):
    clause = "le conseil a approuvé la rénovation de l'école numéro {}, "
    sentence = "Selon le rapport, " + "".join(clause.format(n) for n in range(100, 140)) + "et la séance fut levée."
    result = ladder.translate(model, [Request(sentence)])[0]
    assert len(result.text.split()) > 0.6 * len(sentence.split())
    assert "100" in result.text
    assert result.text.endswith(".")
    assert [finding.check for finding in result.findings] == ["cut"]


def test_capitals_stay_capitals(model):
    sentence = "LA MAIRIE FERME SES PORTES https://exemple.fr/a"
    result = ladder.translate(model, [Request(sentence, code_spans(sentence))])[0]
    assert "https://exemple.fr/a" in result.text
    assert result.text.replace("https://exemple.fr/a", "").isupper()


def test_bundled_package_declares_what_the_ladder_uses():
    package = packages.bundled()
    assert (package.from_code, package.to_code) == ("fr", "en")
    assert package.constraint_token
    assert len(package.placeholders) == 10
