"""Codes in running text: what is one, and where it ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.protect.codes import code_spans


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Voir https://exemple.org/page_(ville). Merci.", ["https://exemple.org/page_(ville)"]),
        ("(lire sur www.exemple.fr/a?b=1&c=2)", ["www.exemple.fr/a?b=1&c=2"]),
        ("« https://exemple.fr/x », dit-il", ["https://exemple.fr/x"]),
        ("Le site exemple.fr, puis exemple.gouv.fr/aide.", ["exemple.fr", "exemple.gouv.fr/aide"]),
        ("Écrire à prenom.nom@exemple.fr.", ["prenom.nom@exemple.fr"]),
        ("Suivez @ville_exemple et #Tous2024 !", ["@ville_exemple", "#Tous2024"]),
        ("Le n°#12 et le point #3 du jour", []),
        ("Ouvrez rapport-final.pdf ou donnees.csv", ["rapport-final.pdf", "donnees.csv"]),
        ("Bonjour {nom}, {0} messages, {{ total }} lus, {% if x %}", ["{nom}", "{0}", "{{ total }}", "{% if x %}"]),
        ("%s a vu %d pages, %1$s et %(nom)s", ["%s", "%d", "%1$s", "%(nom)s"]),
        ("Une hausse de 20 % des prix et 5% de moins", []),
        ("Bravo 👏🏽 et 🇫🇷 !", ["👏🏽", "🇫🇷"]),
        ("M. Dupont, art. 4, p. 12, 18 h 30, S.N.C.F.", []),
        ("Fin de la phrase.Le texte continue.", []),
        ('[vc_row id="3"] texte [/vc_row] et [de l\'IA]', ['[vc_row id="3"]', "[/vc_row]"]),
    ],
)
def test_codes(text, codes):
    assert [text[span.start : span.end] for span in code_spans(text)] == codes


def test_what_the_format_marks_as_code_is_one_span():
    text = "Tapez pip install exemple.org ici"
    assert [text[s.start : s.end] for s in code_spans(text, [(6, 29)])] == ["pip install exemple.org"]


@given(st.text(max_size=80) | st.text(alphabet="a.-@#%{}/:[] 1é", max_size=200))
def test_spans_are_in_order_apart_and_say_what_they_cover(text):
    end = 0
    for span in code_spans(text):
        assert end <= span.start < span.end <= len(text)
        assert span.render == (text[span.start : span.end],)
        end = span.end


@pytest.mark.parametrize("pattern", ["a", "-a", "a.", "{", "[a ", "https://", "a@", "%", "#a", "😀", "www.", "{{a"])
def test_any_input_ends(pattern):
    code_spans(pattern * (40_000 // len(pattern)))
