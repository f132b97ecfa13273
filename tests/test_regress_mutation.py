"""The mutation test: faults are found and put into the right class, and what changes nothing raises no alarm.

`tests/bench/regress.py` does the same with more articles.
"""

import shutil
from collections import defaultdict
from dataclasses import replace

import pytest

from dragoman.engine import packages
from dragoman.engine.model import Model
from dragoman.regress.compare import Verdict
from dragoman.regress.run import accept, judge, prepare, translate
from dragoman.regress.suite import find
from regress_articles import suite as write_suite
from regress_faults import HARMLESS, Recorded, faults, with_fault

KINDS = (
    "name dropped",
    "name misspelt",
    "term lost",
    "figure altered",
    "quotation unbalanced",
    "translation truncated",
    "sentences swapped",
)


@pytest.fixture(scope="module")
def recorded(model):
    return Recorded(model)


@pytest.fixture(scope="module")
def suite(tmp_path_factory, model, recorded):
    """Return a suite with its baselines."""
    found = find(write_suite(tmp_path_factory.mktemp("suite") / "s", 2, 120))
    setup = prepare(found, model, recorded)
    accept(found, translate(found, setup, found.articles), setup.signature)
    return found


@pytest.fixture(scope="module")
def setup(suite, model, recorded):
    return prepare(suite, model, recorded)


@pytest.fixture(scope="module")
def seeded(suite, setup, recorded):
    """Return the faults of each kind that the suite has room for."""
    states = translate(suite, setup, suite.articles)
    by_kind = defaultdict(list)
    for fault in faults(states, {request.text: result.text for request, result in recorded.known.items()}):
        by_kind[fault.kind].append(fault)
    return by_kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_is_found_and_nothing_else(suite, setup, recorded, seeded, kind):
    assert len(seeded[kind]) >= 2
    for fault in seeded[kind][:4]:
        faulty = replace(setup, engine=with_fault(recorded, fault))
        outcome = judge(suite, translate(suite, faulty, [suite.folder / fault.article]), complete=False)
        different = [s for s in outcome.comparisons[0].segments if s.verdict is not Verdict.SAME]
        assert {s.source for s in different} <= {fault.source, getattr(fault, "other", "")}
        (found,) = [s for s in different if s.source == fault.source]
        assert found.verdict is fault.verdict
        assert {failure.what for failure in found.failures} & set(fault.what)
        assert not outcome.passed


@pytest.mark.parametrize("change", HARMLESS, ids=lambda change: change.__name__)
def test_what_changes_nothing_raises_no_alarm(tmp_path, suite, setup, change):
    folder = tmp_path / "s"
    shutil.copytree(suite.folder, folder)
    change(folder)
    copy = find(folder)
    outcome = judge(copy, translate(copy, setup, copy.articles))
    assert outcome.passed
    assert {s.verdict for c in outcome.comparisons for s in c.segments} <= {Verdict.SAME, Verdict.ADDED}
    assert outcome.count(Verdict.SAME) == sum(len(c.old.segments) for c in outcome.comparisons if c.old)


def test_another_locale_is_typography(suite, model, recorded):
    british = replace(suite, locale="en-GB")
    outcome = judge(british, translate(british, prepare(british, model, recorded), british.articles))
    assert outcome.count(Verdict.TYPOGRAPHY)
    assert outcome.count(Verdict.TYPOGRAPHY) + outcome.count(Verdict.SAME) == sum(
        len(comparison.segments) for comparison in outcome.comparisons
    )
    assert outcome.causes == ("locale en-US → en-GB",)


def test_another_beam_is_named_as_the_cause(suite):
    narrow = replace(suite, beam=1)
    outcome = judge(narrow, translate(narrow, prepare(narrow, Model(packages.bundled(), beam=1)), narrow.articles))
    assert outcome.causes == ("beam 4 → 1",)
    assert outcome.count(Verdict.CHANGED) + outcome.count(Verdict.BROKEN) + outcome.count(Verdict.IMPROVED)
