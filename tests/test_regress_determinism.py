"""The same articles and model make the same baselines, byte for byte, however the work is divided."""

import random

import pytest

from dragoman.engine import ladder, packages, queue
from dragoman.engine.model import Model
from dragoman.regress.run import prepare, translate
from dragoman.regress.state import dump
from dragoman.regress.suite import find
from regress_articles import article
from regress_articles import suite as write_suite


@pytest.fixture(scope="module")
def suite(tmp_path_factory):
    return find(write_suite(tmp_path_factory.mktemp("suite") / "s", 3, 80))


def baselines(suite, model, engine=None, articles=None):
    """Return the files of the baselines by the names of their articles."""
    states = translate(suite, prepare(suite, model, engine), articles or suite.articles)
    return {state.article: dump(state) for state in states}


@pytest.fixture(scope="module")
def expected(suite, model):
    return baselines(suite, model)


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_on_any_number_of_threads(suite, expected, threads):
    assert baselines(suite, Model(packages.bundled(), threads=threads)) == expected


def test_in_any_order_of_the_articles(suite, model, expected):
    assert baselines(suite, model, articles=suite.articles[::-1]) == expected


def test_each_article_alone(suite, model, expected):
    alone = [baselines(suite, model, articles=[path]) for path in suite.articles]
    assert {name: data for files in alone for name, data in files.items()} == expected


@pytest.mark.parametrize("tokens", [64, 300, 8192])
def test_in_batches_of_any_size(suite, model, expected, tokens, monkeypatch):
    monkeypatch.setattr(queue, "BATCH_TOKENS", tokens)
    monkeypatch.setattr(queue, "SMALL_BATCH_TOKENS", tokens)
    assert baselines(suite, model) == expected


@pytest.mark.parametrize("size", [1, 7])
def test_over_any_number_of_calls(suite, model, expected, size):
    def divided(requests):
        parts = [requests[first : first + size] for first in range(0, len(requests), size)]
        return [result for part in parts for result in ladder.translate(model, part)]

    assert baselines(suite, model, divided) == expected


def test_in_any_order_of_the_sentences(suite, model, expected):
    def shuffled(requests):
        order = list(range(len(requests)))
        random.Random(7).shuffle(order)
        results = ladder.translate(model, [requests[number] for number in order])
        return [results[order.index(number)] for number in range(len(requests))]

    assert baselines(suite, model, shuffled) == expected


def test_among_any_other_articles(tmp_path, suite, model, expected):
    """The company in which a sentence is decoded changes with an article of other lengths."""
    folder = tmp_path / "s"
    (folder / "articles").mkdir(parents=True)
    for path in (suite.project, *suite.articles):
        (folder / path.relative_to(suite.folder)).write_bytes(path.read_bytes())
    (folder / "articles" / "zz.txt").write_text(article(77, 120), encoding="utf-8")
    files = baselines(find(folder), model)
    assert {name: files[name] for name in expected} == expected
