"""Where a speaker is named; the whole of attribution is in the table of cases of test_quotations.py."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dragoman.article.model import Block, Kind
from dragoman.protect.quotations import quotations
from dragoman.protect.reporting import incise, incises


def block(text: str, kind: Kind = Kind.PARAGRAPH) -> Block:
    size = len(text)
    return Block(kind, 0, size, text, tuple(range(size)), tuple(range(1, size + 1)))


@pytest.mark.parametrize(
    ("clause", "subject"),
    [
        (", a déclaré la ministre, mais", "la ministre"),
        (" dit Paul Vernier.", "Paul Vernier"),
        (", a-t-elle ajouté lundi.", "elle"),
        (", s’est-il exclamé.", "il"),
        (", s'inquiète Mme Roche, maire de Vannes.", "Mme Roche, maire de Vannes"),
        (", a par ailleurs précisé M. Le Guen.", "M. Le Guen"),
        (" – répète Léa Morin – ", "Léa Morin"),
        (", selon l’Insee.", "l’Insee"),
        (", d'après elle.", "elle"),
        (", ont fait savoir les pompiers.", None),
        (", est accusé le maire.", None),
        (" que dit la ministre ?", None),
        (", assure-t-il que la digue tiendra", None),
        (", la ministre a déclaré", None),
        (", et la pluie tombe.", None),
    ],
)
def test_clause_with_the_verb_before_its_subject(clause: str, subject: str | None):
    found = incise("« Oui »" + clause, 7, 7 + len(clause))
    assert (("« Oui »" + clause)[found.subject : found.subject_end] if found else None) == subject


@pytest.mark.parametrize(
    ("form", "is_one"),
    [
        ("répète", True),
        ("rappelle", True),
        ("espère", True),
        ("concède", True),
        ("lançait", True),
        ("nuancèrent", True),
        ("jugeait", True),
        ("soupire", True),
        ("mange", False),
        ("traverse", False),
    ],
)
def test_forms_of_the_verbs(form: str, is_one: bool):
    assert (incise(f", {form} Paul Vernier.", 0, 40) is not None) is is_one


def test_clauses_in_words_do_not_overlap():
    text = "C'est trop, dit Paul Vernier, répète Paul Vernier, jure-t-il, ajoute la préfète."
    found = incises(text, 0, len(text))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert text[found[0].start : found[0].end] == "dit Paul Vernier"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("« Oui », a dit Paul Vernier.", "Paul Vernier"),
        ("« Oui », a dit le maire, Paul Vernier.", "Paul Vernier"),
        ("Paul Vernier hésite. « Oui », a-t-il dit.", "il"),
        ("« Oui », a dit une voisine.", "une voisine"),
        ("Selon l'Insee, « tout va bien ».", "Insee"),
    ],
)
def test_where_the_speaker_is_named(text: str, named: str):
    (found,) = quotations([block(text)])
    assert found.speaker
    assert found.speaker.block == 0
    assert text[found.speaker.start : found.speaker.end] == named


def test_the_fullest_name_may_stand_in_a_later_paragraph():
    found = quotations([block("« Oui », a dit M. Vernier."), block("Paul Vernier est maire depuis 2001.")])
    assert found[0].speaker
    assert found[0].speaker.name == "Paul Vernier"


def test_two_people_of_one_name_are_told_apart_by_their_titles():
    paragraphs = [
        "Paul Vernier et Anne Vernier tiennent la ferme.",
        "« Oui », dit Mme Vernier. « Non », dit M. Vernier.",
    ]
    found = quotations([block(text) for text in paragraphs])
    assert [q.speaker and q.speaker.name for q in found] == ["Anne Vernier", "Paul Vernier"]


def test_a_pronoun_does_not_reach_far_back():
    paragraphs = ["Paul Vernier est venu.", "Il a plu.", "La mer monte.", "Le vent aussi.", "« Oui », a-t-il dit."]
    (found,) = quotations([block(text) for text in paragraphs])
    assert found.speaker is None


def test_a_name_inside_the_words_is_not_who_said_them():
    (found,) = quotations([block("« Paul Vernier a menti », a-t-il dit.")])
    assert found.speaker is None
