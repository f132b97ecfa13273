"""Every rung of the ladder, with a decoder that says what the test tells it to."""

from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.article.model import InlineCode
from dragoman.check.repetition import loops
from dragoman.engine import ladder
from dragoman.engine.clauses import parts
from dragoman.engine.ladder import Request, Rung
from dragoman.engine.model import Hypothesis
from dragoman.engine.placing import place
from dragoman.localise.figures import figures
from dragoman.localise.write import forms
from dragoman.protect.span import Span, SpanKind, missing


@dataclass
class Package:
    placeholders: tuple[str, ...] = ()
    constraint_token: str | None = None


@dataclass
class Scripted:
    """Answers each sentence with the hypotheses that were written for it; a word is a piece."""

    answers: dict[str, list[str]]
    package: Package = field(default_factory=Package)
    beam: int = 4
    threads: int = 1
    asked: list[str] = field(default_factory=list)

    def encode(self, text):
        return text.split()

    def decode(self, sources, *, hypotheses, **_):
        results = []
        for tokens in sources:
            sentence = " ".join(tokens)
            self.asked.append(sentence)
            answers = self.answers.get(sentence, [sentence])[:hypotheses]
            results.append([self.hypothesis(tokens, text, -rank) for rank, text in enumerate(answers)])
        return results

    def hypothesis(self, tokens, text, score):
        pieces = tuple("▁" + word for word in text.split())
        # The n-th word attends to the n-th word.
        rows = [[1.0 if i == j else 0.0 for i in range(len(tokens))] for j in range(len(pieces))]
        return Hypothesis(text, float(score), pieces, lambda: rows)


def span(text, part, *forms):
    at = text.index(part)
    return Span(at, at + len(part), SpanKind.TERM, forms)


SOURCE = "Le conseil approuve le budget"
SPANS = (span(SOURCE, "conseil", "board", "boards"),)


def climb(answers, **package):
    model = Scripted({SOURCE: [], **answers}, Package(**package))
    return ladder.translate(model, [Request(SOURCE, SPANS)])[0], model


def test_a_right_first_hypothesis_is_taken():
    result, model = climb({SOURCE: ["The board approves the budget"]})
    assert (result.text, result.rung) == ("The board approves the budget", Rung.PLAIN)
    assert model.asked == [SOURCE]


def test_results_come_in_the_order_of_the_requests_whatever_each_of_them_needs():
    sentences = [SOURCE, "", "Oui", SOURCE, "Une phrase sans rien à garder"]
    answers = {
        SOURCE: ["The council approves the budget"],
        "Le QZ0 approuve le budget": ["The QZ0 approves the budget"],
    }
    model = Scripted({**answers, "Oui": ["Yes"]})
    requests = [Request(text, SPANS if text == SOURCE else ()) for text in sentences]
    texts = [result.text for result in ladder.stream(model, iter(requests))]
    board = "The board approves the budget"
    assert texts == [board, "", "Yes", board, "Une phrase sans rien à garder"]
    assert model.asked.count(SOURCE) == 1


@pytest.mark.parametrize(
    ("source", "answer", "text"),
    [
        ("Le glyphosate inquiète.", "glyphosate worries.", "Glyphosate worries."),
        ("Un iPhone coûte cher.", "iPhone costs much.", "iPhone costs much."),
        ("où va le glyphosate ?", "glyphosate goes where?", "glyphosate goes where?"),
    ],
)
def test_a_sentence_begins_with_a_capital_as_its_source_does(source, answer, text):
    assert ladder.translate(Scripted({source: [answer]}), [Request(source)])[0].text == text


@pytest.mark.parametrize(
    ("source", "answer", "text"),
    [
        ("Il devient minoritaire.", "He becomes a minority", "He becomes a minority."),
        ("Il devient minoritaire.", "He becomes a minority-", "He becomes a minority."),
        ("Et puis...", "And then", "And then..."),
        ("Qui paie ?", "Who pays –", "Who pays?"),
        ("Un budget en hausse", "A rising budget", "A rising budget"),
        ("Un budget en hausse", "A rising budget-", "A rising budget-"),
    ],
)
def test_a_sentence_ends_with_its_mark(source, answer, text):
    assert ladder.translate(Scripted({source: [answer]}), [Request(source)])[0].text == text


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("Il fait −5 °C à Metz", "Il fait -5 °C à Metz"),
        ("Un recul de – 3,2 % en mai", "Un recul de -3,2 % en mai"),
        ("Les lots nos 3 et 4 restent", "Les lots n° 3 et 4 restent"),
        ("Dans nos 3 écoles", "Dans nos 3 écoles"),
        ("Les pages 10 – 12 manquent", "Les pages 10 – 12 manquent"),
    ],
)
def test_models_are_asked_with_the_signs_they_know(source, asked):
    model = Scripted({})
    spans = [Span(f.start, f.end, SpanKind.FIGURE, ("x",), figure=f) for f in figures(source, "fr")]
    ladder.translate(model, [Request(source, spans)])
    assert model.asked[0] == asked


def test_an_admitted_form_will_do():
    result, _ = climb({SOURCE: ["The boards approve the budget"]})
    assert result.rung is Rung.PLAIN


@pytest.mark.parametrize(
    ("source", "name", "answer", "text"),
    [
        ("Le conseil d'Altiphrase part", "Altiphrase", "The Altiphrase's board goes", "Altiphrase's board goes"),
        ("Or le conseil de Total part", "Total", "But the Total’s board goes", "But Total’s board goes"),
        ("Or le siège du Monde brûle", "Monde", "But the Monde's seat burns", "But the Monde's seat burns"),
        ("Or le conseil de Total part", "Total", "But the Total board goes", "But the Total board goes"),
    ],
)
def test_a_name_with_a_possessive_needs_no_article(source, name, answer, text):
    at = source.index(name)
    spans = (Span(at, at + len(name), SpanKind.ENTITY, (name,)),)
    assert ladder.translate(Scripted({source: [answer]}), [Request(source, spans)])[0].text == text


def test_a_phone_number_is_grouped_as_in_the_source():
    source = "Appelez le 05 36 49 12 07 demain."
    (phone,) = figures(source, "fr")
    spans = (Span(phone.start, phone.end, SpanKind.FIGURE, forms(phone, "en-US"), figure=phone),)
    model = Scripted({source: ["Call 05 36 49 1207 tomorrow."]})
    assert ladder.translate(model, [Request(source, spans)])[0].text == "Call 05 36 49 12 07 tomorrow."


def test_a_form_inside_a_word_will_not_do():
    result, _ = climb({SOURCE: ["The boarding approves the budget", "The board approves the budget"]})
    assert (result.text, result.rung) == ("The board approves the budget", Rung.CHOSEN)


@pytest.mark.parametrize(("placeholders", "mark"), [((), "QZ0"), (("⦅0⦆", "⦅1⦆"), "⦅0⦆")])
def test_placeholders_are_put_in_and_taken_out(placeholders, mark):
    result, _ = climb(
        {
            SOURCE: ["The council approves the budget"],
            f"Le {mark} approuve le budget": [f"The {mark} approves the budget"],
        },
        placeholders=placeholders,
    )
    assert (result.text, result.rung) == ("The board approves the budget", Rung.MASKED)


@pytest.mark.parametrize("answer", ["The approves the budget", "The QZ0 approves the QZ0 budget"])
def test_a_span_that_no_decoding_brings_is_put_where_its_words_went(answer):
    result, _ = climb({SOURCE: ["The council approves the budget"], "Le QZ0 approuve le budget": [answer]})
    assert (result.text, result.rung) == ("The board approves the budget", Rung.MENDED)
    assert not result.findings


def test_a_package_that_takes_constraints_is_asked_for_the_terms():
    result, model = climb({f"{SOURCE}⦅c⦆ board": ["The board approves the budget"]}, constraint_token="⦅c⦆")
    assert (result.text, result.rung) == ("The board approves the budget", Rung.STEERED)
    assert SOURCE not in model.asked


def test_a_loop_that_stays_is_reported():
    result, _ = climb({SOURCE: ["The board the board the board the board"] * 2})
    assert result.rung is Rung.FAILED


def test_a_loop_gives_way_to_a_hypothesis_without_one():
    result, _ = climb({SOURCE: ["The board board board approves", "The board approves the budget"]})
    assert (result.text, result.rung) == ("The board approves the budget", Rung.CHOSEN)


def test_two_equal_spans_need_the_form_twice():
    spans = [Span(0, 1, SpanKind.TERM, ("AI",)), Span(2, 3, SpanKind.TERM, ("AI", "artificial intelligence"))]
    assert missing(spans, "AI is AI") == ()
    assert missing(spans, "AI is artificial intelligence") == ()
    assert len(missing(spans, "AI is it")) == 1


@pytest.mark.parametrize(
    ("source", "target", "looping"),
    [
        ("Bonjour", "Hello Hello", True),
        ("Bonjour", "Hello", False),
        ("Très très bien", "Very very good", False),
        ("Très bien", "Very very very good", True),
        ("Il l'avait dit", "He had had it", False),
        ("Nous nous sommes vus", "We saw each other", False),
        ("La vie est belle", "Life is beautiful, life is beautiful, life is beautiful", True),
        ("Merci", "Thank you for your help and thank you for all that you have done for us today", True),
        ("Page 2 2", "Page 2 2", False),
        ("", "", False),
    ],
)
def test_loops(source, target, looping):
    assert loops(source, target) is looping


@given(st.text(alphabet="ab ,;:.é", max_size=200).map(str.strip).filter(bool), st.integers(5, 60))
@settings(deadline=None)
def test_parts_are_the_text_without_the_gaps(text, limit):
    ranges = parts(text, len, limit)
    assert ranges[0][0] == 0
    assert ranges[-1][1] == len(text)
    for (_, end), (start, _) in pairwise(ranges):
        assert text[end:start].isspace()
    assert all(b - a <= limit or " " not in text[a:b] for a, b in ranges)


@st.composite
def nested_codes(draw):
    """Codes as a reader gives them: in order, some without a partner, and a finder that knows nothing of order."""
    size = draw(st.integers(1, 20))
    tags = draw(st.lists(st.tuples(st.integers(0, size), st.integers(0, size)), max_size=6))
    codes, number = [], 0
    for pair, (a, b) in enumerate(tags):
        a, b = sorted((a, b))
        kinds = draw(st.sampled_from([("open", "close"), ("open",), ("close",), ("whole",)]))
        for at, kind in zip((a, b), kinds, strict=False):
            codes.append((at, number, kind, pair))
            number += 1
    codes.sort()
    places = draw(st.lists(st.integers(0, 30), min_size=2 * size + 2, max_size=2 * size + 2))

    def find(start, end):
        return tuple(sorted((places[start], places[end])))

    return [InlineCode(at, n, n + 1, kind, pair) for at, n, kind, pair in codes], find, size


@given(nested_codes())
@settings(deadline=None)
def test_every_code_is_placed_once_in_order_and_pairs_nest(case):
    codes, find, size = case
    placed = place(find, "x" * size, codes, "y" * 30)
    assert sorted(code.begin for _, code in placed) == [code.begin for code in sorted(codes, key=lambda c: c.begin)]
    offsets = [at for at, _ in placed]
    assert offsets == sorted(offsets)
    assert all(0 <= at <= 30 for at in offsets)
    both = {c.pair for c in codes if c.kind == "open"} & {c.pair for c in codes if c.kind == "close"}
    order = [code for _, code in placed if code.pair in both]
    for pair in both:
        kinds = [code.kind for code in order if code.pair == pair]
        assert kinds == ["open", "close"]
