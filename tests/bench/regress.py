"""The mutation test of the regression checks, and what they cost.

Faults are seeded into the translations, glossaries and settings of a suite of generated articles, and each must be
found and put into the right class; changes that change nothing must raise no alarm. Then a run is timed against
translating the same articles.

    python tests/bench/regress.py --articles 200 --words 600
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from dragoman import pipeline
from dragoman.engine import ladder
from dragoman.regress.compare import Verdict
from dragoman.regress.run import accept, judge, load_model, prepare, run, translate
from dragoman.regress.suite import find
from regress_articles import suite as write_suite
from regress_faults import HARMLESS, Recorded, faults, with_fault

# A term of the generated articles, the form to write, and another one.
TERMS = """
conseil d'administration = board of directors = governing board
budget = budget = spending plan
usine = plant = mill
incendie = fire = blaze
entrepôt = warehouse = depot
tribunal = court = tribunal
réforme des retraites = pension reform = pension overhaul
ingénieur = engineer = technician
blé = wheat = corn
pompier = firefighter = fire officer
stade = stadium = arena
accord = agreement = pact
grève = strike = walkout
musée = museum = gallery
procès = trial = hearing
banque centrale = central bank = reserve bank
chercheur = researcher = scientist
bénévole = volunteer = helper
récolte = harvest = crop
sécheresse = drought = dry spell
maire = mayor = head of the town
ville = city = town
population = population = number of inhabitants
école = school = academy
quartier = neighborhood = district
entreprise = company = firm
rivière = river = stream
médecin = doctor = physician
spectateur = spectator = onlooker
association = association = society
directrice = director = manager
gouvernement = government = administration
émission = emission = discharge
train = train = railcar
résultat = result = finding
habitant = resident = inhabitant
chiffre = figure = statistic
voix = ballot = vote
aide = relief = support
berge = riverbank = waterside
flamme = blaze = fire
vallée = dale = valley
lit = hospital bed = cot
emploi = position = job
vente = turnover = sale
prix = cost = price
club = squad = side
""".strip().splitlines()
# Faults of a kind that are seeded, at most.
MOST = 40
DIFFERENT = (Verdict.BROKEN, Verdict.CHANGED, Verdict.IMPROVED)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20, help="how many are timed")
    parser.add_argument("--words", type=int, default=600, help="of each of these")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        suite = written(Path(folder) / "mutated", 14, 160)
        model = load_model(suite)
        engine = Recorded(model)
        rows = [
            *seeded(suite, model, engine),
            swapped_in_articles(suite, model, engine),
            *glossary_faults(suite, model, engine),
            beam(suite),
        ]
        print(f"{'fault':28}{'seeded':>8}{'caught':>8}{'right class':>13}{'elsewhere':>11}")
        for name, counts in rows:
            print(f"{name:28}{counts['seeded']:8}{counts['caught']:8}{counts['right']:13}{counts['elsewhere']:11}")
        print(f"\n{'harmless change':28}{'made':>8}{'alarms':>8}")
        for name, made, alarms in harmless(suite, model, engine):
            print(f"{name:28}{made:8}{alarms:8}")
        timed(written(Path(folder) / "timed", arguments.articles, arguments.words), model)


def written(folder, count, words):
    """Write a suite with a glossary of its own."""
    write_suite(folder, count, words, '[glossary]\nfiles = ["house.csv"]\n')
    rows = [",".join(term.split(" = ")[:2]) for term in TERMS]
    (folder / "house.csv").write_text("\n".join(["source,target", *rows]) + "\n", encoding="utf-8")
    return find(folder)


def seeded(suite, model, engine):
    """Yield for each kind of fault in a sentence how many were seeded, caught, and put in the right class."""
    setup = prepare(suite, model, engine)
    states = translate(suite, setup, suite.articles)
    accept(suite, states, setup.signature)
    rows = {}
    for fault in faults(states, {request.text: result.text for request, result in engine.known.items()}):
        if rows.setdefault(fault.kind, Counter())["seeded"] == MOST:
            continue
        faulty = replace(setup, engine=with_fault(engine, fault))
        outcome = judge(suite, translate(suite, faulty, [suite.folder / fault.article]), complete=False)
        segments = [s for s in outcome.comparisons[0].segments if s.verdict is not Verdict.SAME]
        own = [s for s in segments if s.source in (fault.source, getattr(fault, "other", ""))]
        named = any({failure.what for failure in s.failures} & set(fault.what) for s in own)
        rows[fault.kind].update(
            seeded=1,
            caught=bool(own),
            right=bool(own) and named and own[0].verdict is fault.verdict,
            elsewhere=len(segments) - len(own),
        )
    yield from sorted(rows.items())


def swapped_in_articles(suite, model, engine):
    """Return how many sentences that changed places in a paragraph of an article were found."""
    setup = prepare(suite, model, engine)
    counts = Counter()
    for path in suite.articles:
        text = path.read_text(encoding="utf-8")
        (state,) = translate(suite, setup, [path])
        for one, other in pairwise(state.segments):
            if other.continues and counts["seeded"] < MOST:
                swapped = text.replace(f"{one.source} {other.source}", f"{other.source} {one.source}", 1)
                path.write_text(swapped, encoding="utf-8")
                (comparison,) = judge(suite, translate(suite, setup, [path]), complete=False).comparisons
                found = [s for s in comparison.segments if s.verdict is not Verdict.SAME]
                own = [s for s in found if s.source in (one.source, other.source)]
                right = any(s.verdict is Verdict.CHANGED and "moved" in s.notes[0] for s in own)
                counts.update(seeded=1, caught=bool(own), right=right, elsewhere=len(found) - len(own))
        path.write_text(text, encoding="utf-8")
    return "sentences swapped in French", counts


def glossary_faults(suite, model, engine):
    """Yield how many faults in the entries of the glossary were named, and their sentences found to be changed.

    Where the model writes the old form without being asked, a removed entry changes nothing: that is no fault.
    """
    path = suite.folder / "house.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    changes = {
        "glossary entry changed": lambda n, other: [*rows[:n], f"{rows[n].split(',')[0]},{other}", *rows[n + 1 :]],
        "glossary entry removed": lambda n, _: [*rows[:n], *rows[n + 1 :]],
    }
    for name, change in changes.items():
        counts = Counter()
        for number, term in enumerate(TERMS, 1):
            path.write_text("\n".join(change(number, term.split(" = ")[2])) + "\n", encoding="utf-8")
            outcome = judge(suite, translate(suite, prepare(suite, model, engine), suite.articles))
            differing = [s for c in outcome.comparisons for s in c.segments if s.old.translation != s.new.translation]
            if not differing:
                continue
            found = [s for s in differing if s.verdict in DIFFERENT]
            cause = f"glossary house: 1 term {name.rpartition(' ')[2]}"
            counts.update(seeded=1, caught=found == differing, right=found == differing and outcome.causes == (cause,))
        yield name, counts
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def beam(suite):
    """Return how many of the sentences that another beam changes were found, with the beam as the cause."""
    narrow = replace(suite, beam=1)
    model = load_model(narrow)
    outcome = judge(narrow, translate(narrow, prepare(narrow, model), narrow.articles))
    counts = Counter()
    for comparison in outcome.comparisons:
        for segment in comparison.segments:
            different = segment.old.translation != segment.new.translation
            found = segment.verdict is not Verdict.SAME
            counts.update(
                seeded=different,
                caught=different and found,
                right=different
                and segment.verdict in (*DIFFERENT, Verdict.TYPOGRAPHY)
                and comparison.causes == ("beam 4 → 1",),
                elsewhere=found and not different,
            )
    return "beam 4 → 1", counts


def harmless(suite, model, engine):
    """Yield how many articles each harmless change was made in, and how many segments raised an alarm."""
    setup = prepare(suite, model, engine)
    for change in HARMLESS:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "s"
            shutil.copytree(suite.folder, folder)
            change(folder)
            copy = find(folder)
            outcome = judge(copy, translate(copy, setup, copy.articles))
        calm = outcome.count(Verdict.SAME) + outcome.count(Verdict.ADDED)
        yield change.__name__, len(suite.articles), sum(len(c.segments) for c in outcome.comparisons) - calm
    for threads in (1, 2, 4):
        outcome = run(suite, load_model(suite, threads=threads))
        alarms = sum(len(c.segments) for c in outcome.comparisons) - outcome.count(Verdict.SAME)
        yield f"{threads} threads", len(suite.articles), alarms


def timed(suite, model):
    """Print what a run costs beside translating the same articles; each is done twice, in turns."""
    setup = prepare(suite, model)
    accept(suite, translate(suite, setup, suite.articles), setup.signature)
    clocks = {"translating": [0.0, 0.0], "regress run": [0.0, 0.0]}
    for _ in range(2):
        for name, work in (("translating", partial(plain, suite, model)), ("regress run", partial(run, suite, model))):
            wall, cpu = time.perf_counter(), time.process_time()
            work()
            clocks[name][0] += time.perf_counter() - wall
            clocks[name][1] += time.process_time() - cpu
    print(f"\n{len(suite.articles)} articles, {sum(len(p.read_text().split()) for p in suite.articles)} words, twice")
    for name, (wall, cpu) in clocks.items():
        print(f"{name:28}{wall:8.1f} s{cpu:8.1f} s of processor time")
    (wall, cpu), (wall_run, cpu_run) = clocks.values()
    print(f"{'run / translating':28}{wall_run / wall:8.2f}  {cpu_run / cpu:8.2f}")


def plain(suite, model):
    """Read, translate, check and write out the articles, as `dragoman translate` does."""
    from dragoman.article.read import read
    from dragoman.check.settings import read_settings

    setup = prepare(suite, model)
    articles = [read(str(path)) for path in suite.articles]
    for article in articles:
        pipeline.check_language(article)
    done = pipeline.translate(
        articles,
        partial(ladder.translate, model),
        suite.locale,
        matchers=[setup.matcher] * len(articles),
        settings=[read_settings(suite.project)] * len(articles),
    )
    return [translation.text() for translation in done]


if __name__ == "__main__":
    main()
