"""Reports of `dragoman regress` and `dragoman compare`: what their readers are shown, at any width, from any text."""

import csv
import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from dragoman.article.read import parse
from dragoman.check.settings import Settings
from dragoman.engine.ladder import Result, Rung
from dragoman.errors import DragomanError
from dragoman.glossary.entry import Entry
from dragoman.glossary.match import compile as compiled
from dragoman.regress import compare_systems
from dragoman.regress.compare import compare
from dragoman.regress.compare_systems import Contender, System
from dragoman.regress.metrics import Score
from dragoman.regress.run import Outcome
from dragoman.regress.state import FindingState, Kept, ModelSignature, SegmentState, Signature, State
from dragoman.regress.suite import Limits, Suite
from dragoman.report import compare as side_by_side
from dragoman.report import escape, regress
from dragoman.report.word_diff import differences, distance, marked

SIGNATURE = Signature("0.1.0", ModelSignature("translate-fr_en", "0.1", "c0ffee" * 10), (), "en-US", 4, "translate")
NOW = replace(SIGNATURE, model=replace(SIGNATURE.model, version="0.2"))


def segment(source, translation, line, **more):
    return SegmentState(source, translation, "paragraph", line=line, rung="plain", **more)


BEFORE = (
    segment(
        "Le port a perdu 12,5 % de son trafic, selon Hélène Castel.",
        "The port lost 12.5% of its traffic, according to Hélène Castel.",
        3,
        figures=(Kept("12,5 %", "12.5%"),),
        entities=(Kept("Hélène Castel", "Hélène Castel"),),
    ),
    segment("Les dockers ont repris le travail mercredi.", "The dockers resumed work on Wednesday.", 5),
    segment(
        "La réunion a duré toute la nuit.",
        "The meeting lasted lasted all night.",
        7,
        findings=(FindingState("doubled-words", "warning", "“lasted lasted”"),),
    ),
    segment("« Il fallait un accord », dit-elle.", "“We needed a deal,” she says.", 9),
    segment("Rien n'a filtré.", "Nothing has leaked.", 11),
    segment("Une première offre avait été refusée.", "A first offer had been turned down.", 13),
)
AFTER = (
    replace(
        BEFORE[0],
        translation="The port lost 15.2% of its traffic, according to Hélène Castel.",
        figures=(Kept("12,5 %", None),),
        findings=(FindingState("figures", "error", "“12,5 %” became “15.2%”", "12,5 %"),),
    ),
    replace(BEFORE[1], translation="Dock workers went back to work on Wednesday."),
    replace(BEFORE[2], translation="The meeting lasted all night.", findings=()),
    replace(BEFORE[3], translation="‘We needed a deal’, she says."),
    BEFORE[4],
    segment("Les grues tournent de nouveau.", "The cranes are turning again.", 13),
)


def outcome(*pairs, limits=None, metrics=(), exceeded=("1 segment broken, and none are allowed",), folder=Path()):
    """Return the outcome for pairs of (name, old segments, new segments)."""
    comparisons = tuple(
        compare(old and State(name, SIGNATURE, tuple(old)), new and State(name, NOW, tuple(new)))
        for name, old, new in pairs
    )
    suite = Suite(folder / "dragoman.toml", (), folder / "baselines", None, fail=limits or Limits())
    causes = tuple(dict.fromkeys(cause for comparison in comparisons for cause in comparison.causes))
    return Outcome(suite, comparisons, metrics, exceeded, causes)


@pytest.fixture
def found():
    return outcome(("articles/port.fr.txt", BEFORE, AFTER), ("articles/calm.fr.txt", BEFORE[4:5], BEFORE[4:5]))


CALM = outcome(("articles/calm.fr.txt", BEFORE[4:5], BEFORE[4:5]), exceeded=())
FORMATS = ("text", "as_json", "junit", "github", "summary", "html")


# ---- The words that differ ------------------------------------------------------------------------------------------

WORDS = [
    # old, new, old as marked, new as marked
    ("It rose 12.5% in May.", "It rose 15.2% in May.", "It rose [-12.5-]% in May.", "It rose {+15.2+}% in May."),
    ("She won't go.", "She will not go.", "She [-won't-] go.", "She {+will not+} go."),
    ("the big old port", "the new harbour", "the [-big old port-]", "the {+new harbour+}"),
    ("He said it.", "He said it, twice.", "He said it.", "He said it{+, twice+}."),
    ("10 000 boats", "10\u00a0000 boats", "10[-␣-]000 boats", "10{+U+00A0+}000 boats"),
    ("A cat sleeps.", "Markets fell sharply on Monday", "[-A cat sleeps.-]", "{+Markets fell sharply on Monday+}"),
    ("The same.", "The same.", "The same.", "The same."),
    ("", "New.", "", "{+New.+}"),
]


@pytest.mark.parametrize(("old", "new", "old_marked", "new_marked"), WORDS)
def test_whole_words_are_marked(old, new, old_marked, new_marked):
    before, now = differences(old, new)
    assert (marked(before, "[-", "-]"), marked(now, "{+", "+}")) == (old_marked, new_marked)


@given(st.text("ab ,.’-\u00a0é1", max_size=60), st.text("ab ,.’-\u00a0é1", max_size=60))
def test_parts_are_the_sentences(old, new):
    before, now = differences(old, new)
    assert ("".join(p.text for p in before), "".join(p.text for p in now)) == (old, new)
    for side in (before, now):
        assert all(part.text for part in side)
        assert all(a.changed is not b.changed for a, b in pairwise(side))
    assert (distance(old, new) == 0) is (old == new)
    assert any(part.changed for part in before + now) is (old != new)


@pytest.mark.parametrize(
    ("old", "new"),
    [("!" * 10_000 + "a", "a" + "!" * 10_000), ("x" * 20_000, "y" * 20_000), ("a b " * 2_500, "b a " * 2_500)],
    ids=["marks", "letters", "words"],
)
def test_long_texts_are_compared_all_the_same(old, new):
    before, now = differences(old, new)
    assert ("".join(p.text for p in before), "".join(p.text for p in now)) == (old, new)


# ---- What is told ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_terminal_shows_what_broke_and_why(found, width):
    text = regress.text(found, width)
    assert max(map(cell_len, text.splitlines())) <= width
    assert not any(line.endswith(" ") for line in text.splitlines())
    flat = " ".join(text.split())
    assert "articles/port.fr.txt:3 broken why figure: “12,5 %” became “15.2%”" in flat
    assert "old The port lost [-12.5-]% of its traffic, according to Hélène Castel." in flat
    assert "new The port lost {+15.2+}% of its traffic, according to Hélène Castel." in flat
    assert "improved why no longer: doubled-words: “lasted lasted”" in flat
    assert "1 article unchanged" in flat
    end = flat[flat.index("Translations failed: ") :]
    assert end.startswith("Translations failed: 1 broken, 1 changed, 1 improved,")
    assert end.endswith("1 segment broken, and none are allowed likely cause: model 0.1 → 0.2")
    order = [flat.index(f":{line} {verdict}") for line, verdict in ((3, "broken"), (5, "changed"), (7, "improved"))]
    assert order == sorted(order)


def test_colours_instead_of_marks_in_a_terminal(found):
    out = io.StringIO()
    console = Console(file=out, width=80, force_terminal=True, color_system="standard", markup=False, highlight=False)
    regress.print_text(found, console)
    text = out.getvalue()
    assert "[-" not in text
    assert "\x1b[9;31m12.5\x1b[0m" in text
    assert "\x1b[4;32m15.2\x1b[0m" in text


def test_names_that_look_like_styles_are_left_alone():
    out = io.StringIO()
    regress.print_text(outcome((":ok:/[bold]port.txt", BEFORE, AFTER)), Console(file=out, width=80, markup=False))
    assert out.getvalue().count(":ok:/[bold]port.txt") > 1


def test_typography_is_shown_where_it_is_limited():
    old = BEFORE[3:4]
    pair = ("port.txt", old, [replace(old[0], translation="‘We needed a deal’, she says.")])
    assert "typography" in regress.text(outcome(pair, exceeded=()))
    assert "‘We needed" not in regress.text(outcome(pair, exceeded=()))
    strict = outcome(pair, limits=Limits(typography=0), exceeded=("1 segment typography, and none are allowed",))
    assert "{+‘+}We needed a deal" in regress.text(strict)
    assert "{+‘+}We needed a deal" in next(ET.fromstring(regress.junit(strict)).iter("failure")).text


def test_an_edited_source_is_shown_before_and_now():
    old, source = BEFORE[1], "Les dockers ont repris le travail jeudi."
    new = replace(old, source=source, translation="The dockers resumed work on Thursday.")
    found = outcome(("port.txt", [old], [new]), exceeded=())
    flat = " ".join(regress.text(found).split())
    assert f"the source was edited source {source} was {old.source} old The dockers" in flat


def test_a_table_that_has_no_room_becomes_lines(found):
    text = regress.text(found, 40)
    assert max(map(cell_len, text.splitlines())) <= 40
    assert text.startswith("articles/port.fr.txt\n  broken 1, changed 1,")


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_changed(form):
    written = getattr(regress, form)(CALM)
    assert "Nothing has leaked" not in written
    if form in ("text", "summary", "html"):
        assert "Translations passed: nothing changed" in written
    if form == "github":
        assert written == ""


def test_sentences_beyond_a_screenful_are_counted():
    many = [segment(f"Le navire numéro {n} attend.", f"Ship number {n} waits.", n) for n in range(1, 131)]
    now = [replace(s, translation=s.translation.replace("waits", "is waiting")) for s in many]
    found = outcome(("fleet.txt", many, now), exceeded=())
    assert "… and 30 more sentences; the HTML report has them" in regress.text(found)
    assert regress.github(found).count("::warning file=") == 50
    assert "… and 80 more sentences" in regress.github(found)
    assert regress.html(found).count('<article class="case') == 130


def test_json(found):
    document = json.loads(regress.as_json(found))
    assert document["passed"] is False
    assert document["causes"] == ["model 0.1 → 0.2"]
    assert document["limits"]["broken"] == 0
    assert sum(document["verdicts"].values()) == sum(len(c.segments) for c in found.comparisons)
    port, calm = document["articles"]
    assert calm["segments"] == []
    broken = next(s for s in port["segments"] if s["verdict"] == "broken")
    assert broken["line"] == 3
    assert broken["failures"] == [{"what": "figure", "message": "“12,5 %” became “15.2%”"}]
    assert broken["old"]["translation"] == BEFORE[0].translation
    assert broken["new"]["translation"] == AFTER[0].translation
    removed = next(s for s in port["segments"] if s["verdict"] == "removed")
    assert (removed["line"], removed["new"], removed["old"]["source"]) == (None, None, BEFORE[5].source)


def test_junit(found):
    root = ET.fromstring(regress.junit(found))
    port, calm = root.findall("testsuite")
    assert [suite.get("name") for suite in (port, calm)] == ["articles/port.fr.txt", "articles/calm.fr.txt"]
    assert [case.get("name") for case in calm] == ["nothing changed"]
    (failure,) = root.iter("failure")
    assert failure.get("message") == "figure: “12,5 %” became “15.2%”"
    assert "new: The port lost {+15.2+}% of its traffic" in failure.text
    assert root.get("failures") == port.get("failures") == "1"
    assert int(root.get("tests")) == len(list(root.iter("testcase")))
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(names)) == len(names)


def test_an_article_that_is_gone_fails_a_test():
    gone = compare(State("a.txt", SIGNATURE, BEFORE), None)
    suite = Suite(Path("dragoman.toml"), (), Path("baselines"), None)
    root = ET.fromstring(regress.junit(Outcome(suite, (gone,), (), ("a.txt: it is gone",), ())))
    (failure,) = root.iter("failure")
    assert failure.get("message") == "it is gone, and its baseline is not"
    assert root.get("failures") == "1"


def test_limits_decide_what_fails():
    pair = ("port.txt", BEFORE, AFTER)
    lenient = outcome(pair, limits=Limits(broken=1), exceeded=())
    strict = outcome(pair, limits=Limits(broken=1, changed=0), exceeded=("1 segment changed, and none are allowed",))
    assert not list(ET.fromstring(regress.junit(lenient)).iter("failure"))
    assert [f.get("type") for f in ET.fromstring(regress.junit(strict)).iter("failure")] == ["changed"]
    assert "::error" not in regress.github(lenient)
    assert regress.github(strict).startswith("::error title=Translations::1 segment changed, and none are allowed\n")
    assert "::error file=port.txt,line=5,title=Translation changed::" in regress.github(strict)


def test_metrics_are_told_with_their_significance():
    scores = (
        Score("BLEU", 31.2, 29.8, 0.012, "nrefs:1|tok:13a"),
        Score("chrF2", 58.11, 58.04, 0.41, "nrefs:1|nc:6"),
        Score("TER", 50.0, 48.5, 0.03, "nrefs:1|case:lc"),
    )
    found = outcome(("port.txt", BEFORE, AFTER), limits=Limits(bleu=1.0, chrf=0.0, ter=0.0), metrics=scores)
    flat = " ".join(regress.text(found).split())
    assert "BLEU 31.20 29.80 -1.40 worse (p = 0.012)" in flat
    assert "chrF2 58.11 58.04 -0.07 may be chance (p = 0.410)" in flat
    assert "TER 50.00 48.50 -1.50 better (p = 0.030)" in flat
    root = ET.fromstring(regress.junit(found))
    metrics = next(suite for suite in root if suite.get("name") == "metrics")
    assert [case.get("name") for case in metrics if case.find("failure") is not None] == ["BLEU"]
    assert json.loads(regress.as_json(found))["metrics"][0]["signature"] == "nrefs:1|tok:13a"


def test_annotations_are_at_the_lines_of_articles_below_the_working_directory(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    found = outcome(("articles/port, vieux.txt", BEFORE, AFTER), folder=tmp_path / "news")
    (line,) = [line for line in regress.github(found).splitlines() if line.startswith("::error file")]
    place = "::error file=news/articles/port%2C vieux.txt,line=3,title=Translation broken::"
    assert line.startswith(place + "figure: “12,5 %25” became “15.2%25”%0Asource: Le port a perdu 12,5 %25")


def test_the_summary_opens_what_fails_and_closes_every_detail(found):
    written = regress.summary(found)
    assert written.startswith("### Translations failed: 1 broken")
    assert "<details open><summary>broken (1)</summary>\n\n**articles/port.fr.txt:3**\n" in written
    assert "<details><summary>changed (1)</summary>" in written
    assert "- new: The port lost <ins>15.2</ins>% of its traffic" in written
    assert written.count("<details") == written.count("</details>")


def test_a_summary_is_never_longer_than_github_takes():
    many = [segment(f"Phrase {n}.", f"Sentence {n} {'word ' * 500}.", n) for n in range(250)]
    now = [replace(s, translation=s.translation.replace("Sentence", "Phrase")) for s in many]
    written = regress.summary(outcome(("long.txt", many, now)))
    assert len(written.encode()) < 1024 * 1024
    assert re.search(r"… and \d+ more sentences", written)
    assert written.count("<details") == written.count("</details>") == 1


# ---- Any text is escaped --------------------------------------------------------------------------------------------

NASTY = (
    "<script>alert(1)</script> </details> & \"x\" 'y' | `c` [l](http://x.example) <img src=x onerror=alert(1)> "
    "\x1b[31m \u202e \x00 ]]> -->"
)


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text = [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture(scope="module")
def nasty():
    old = segment(NASTY, f"Old {NASTY}", 3, figures=(Kept("1", "1"),))
    new = replace(
        old,
        translation=f"New {NASTY}",
        figures=(Kept("1", None),),
        findings=(FindingState("figures", "error", NASTY),),
    )
    found = outcome((f"{NASTY.replace(chr(0), '')}/a.txt", [old], [new]), exceeded=(NASTY,))
    comparison = found.comparisons[0]
    segments = tuple(replace(s, reference=NASTY) for s in comparison.segments)
    return replace(found, comparisons=(replace(comparison, segments=segments),), causes=(NASTY,))


def test_no_text_becomes_markup_in_the_page(nasty):
    page = Tags()
    page.feed(regress.html(nasty))
    names = [name for name, _ in page.tags]
    assert names.count("script") == 1
    assert "img" not in names
    assert not any(key.startswith("on") or key == "src" for _, attributes in page.tags for key in attributes)
    assert all(a["href"].startswith(("#", "data:,")) for _, a in page.tags if "href" in a)
    assert "<script>alert(1)</script>" in "".join(page.text)
    assert not set("\x1b\u202e\x00") & set("".join(page.text))


def test_no_text_becomes_markup_elsewhere(nasty):
    root = ET.fromstring(regress.junit(nasty))
    assert "<script>alert(1)</script>" in next(root.iter("failure")).text
    for written in (regress.text(nasty), regress.summary(nasty)):
        assert not set("\x1b\u202e\x00") & set(written)
    assert "<script" not in regress.summary(nasty)
    assert "<img" not in regress.summary(nasty)
    assert regress.summary(nasty).count("</details>") == regress.summary(nasty).count("<details")
    assert all(line.startswith("::") for line in regress.github(nasty).splitlines())
    assert json.loads(regress.as_json(nasty))["articles"][0]["segments"][0]["reference"] == NASTY


@given(st.text(max_size=40))
def test_escaped_texts_can_be_read_back(text):
    page = Tags()
    page.feed(f'<p title="{escape.for_html(text)}">{escape.for_html(text)}</p>')
    assert [tag for tag, _ in page.tags] == ["p"]
    assert page.tags[0][1]["title"] == "".join(page.text) == escape.for_terminal(text)
    element = ET.Element("a", b=escape.for_xml(text))
    element.text = escape.for_xml(text)
    assert ET.fromstring(ET.tostring(element, encoding="unicode")).tag == "a"
    assert "\n" not in escape.for_markdown(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*[|`<]", escape.for_markdown(text))


# ---- In a browser ---------------------------------------------------------------------------------------------------

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
in_a_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")


@pytest.fixture
def opened(tmp_path):
    """Open a page in headless Chromium, run a script in it, and return the document then."""

    def open_page(page, *, script="", keep_policy=False, without_script=False):
        if not keep_policy:
            page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
        if without_script:
            page = re.sub(r"<script>.*</script>", "", page, flags=re.DOTALL)
        if script:
            page = page.replace("</html>", f"<script>{script}</script></html>")
        file = tmp_path / "page.html"
        file.write_text(page, encoding="utf-8")
        options = f"--headless --no-sandbox --disable-gpu --user-data-dir={tmp_path / 'profile'}"
        done = subprocess.run(
            [BROWSER, *options.split(), "--dump-dom", file.as_uri()], capture_output=True, timeout=120, check=True
        )
        return done.stdout.decode()

    return open_page


def told(document):
    return json.loads(re.search(r"<title>(.*?)</title>", document)[1].replace("&amp;", "&"))


SHOWN = "[...document.querySelectorAll('.case')].filter(c => getComputedStyle(c).display !== 'none').length"


@in_a_browser
def test_filters(found, opened):
    total = sum(len(regress.different(c)) for c in found.comparisons)
    page = regress.html(found)
    assert f">{total} of {total} shown</output>" in opened(page, keep_policy=True)
    steps = {
        "all": "",
        "words": "words.value = 'HÉLENE  castel'; words.dispatchEvent(new Event('input'));",
        "words and verdict": "verdicts[0].click();",
        "article": "words.value = ''; verdicts[0].click(); article.selectedIndex = 1;"
        "article.dispatchEvent(new Event('input'));",
    }
    script = "const seen = {};" + "".join(f"{step} seen['{name}'] = {SHOWN};" for name, step in steps.items())
    seen = told(opened(page, script=f"{script} document.title = JSON.stringify(seen);"))
    assert seen == {"all": total, "words": 1, "words and verdict": 0, "article": total}


@in_a_browser
def test_verdicts_are_filtered_without_a_script(found, opened):
    total = sum(len(regress.different(c)) for c in found.comparisons)
    hidden = "[...document.querySelectorAll('[data-script]')].every(e => getComputedStyle(e).display === 'none')"
    script = f"const before = {SHOWN}; document.querySelector('[value=broken]').click();"
    script += f"document.title = JSON.stringify([before, {SHOWN}, {hidden}]);"
    seen = told(opened(regress.html(found), script=script, without_script=True))
    assert seen == [total, total - 1, True]


@in_a_browser
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_no_wider_than_its_window(found, opened, width):
    long = [segment("Mot" * 200, "Word" * 200, 3)]
    wide = outcome(("articles/" + "nom-sans-fin-" * 20 + ".txt", long, [replace(long[0], translation="Wort" * 200)]))
    found = replace(found, comparisons=wide.comparisons + found.comparisons)
    page = json.dumps(regress.html(found)).replace("</", "<\\/")
    script = f"""const frame = document.createElement("iframe");
        frame.style = "border: 0; height: 900px; width: {width}px";
        frame.onload = () => {{
          const root = frame.contentDocument.documentElement;
          const cases = [...frame.contentDocument.querySelectorAll(".case")];
          for (const each of cases) each.style.contentVisibility = "visible";  // else what is too wide is cut off
          document.title = JSON.stringify([cases.length, root.scrollWidth, frame.contentWindow.innerWidth]);
        }};
        frame.srcdoc = {page};
        document.body.append(frame);"""
    cases, needed, there = told(opened("<title></title><body></body></html>", script=script))
    assert cases > 0
    assert needed <= there == width


@in_a_browser
def test_the_policy_runs_no_other_script(found, opened):
    page = regress.html(found)
    script = "document.title = 'another script ran'"
    assert "<title>another script ran" in opened(page, script=script)
    assert "<title>another script ran" not in opened(page, script=script, keep_policy=True)


# ---- Two systems side by side ---------------------------------------------------------------------------------------

FRENCH = """Le port reprend vie

Le port de Brignac a perdu 12 % de son trafic en mars, selon Hélène Castel. Les dockers ont repris le travail.

La réunion a duré toute la nuit.
"""
A = {
    "Le port reprend vie": "The port comes back to life",
    "Le port de Brignac a perdu 12 % de son trafic en mars, selon Hélène Castel.": (
        "The port of Brignac lost 21% of its traffic in March, according to Hélène Castel."
    ),
    "Les dockers ont repris le travail.": "The dockers resumed work.",
    "La réunion a duré toute la nuit.": "The meeting lasted all night.",
}
B = A | {
    "Le port de Brignac a perdu 12 % de son trafic en mars, selon Hélène Castel.": (
        "The port of Brignac lost 12% of its traffic in March, according to Hélène Castel."
    ),
    "Les dockers ont repris le travail.": "Dock workers resumed the work.",
}
REFERENCE = """The port comes back to life

The port of Brignac lost 12% of its traffic in March, said Hélène Castel. The dockers resumed work.

The meeting lasted all night.
"""
SYSTEM = System("translate-fr_en", "0.1", "sha256:c0ffee", "0.1.0", 4, ())
DOCKERS = [Entry("docker", "dock worker", file="house.csv")]


def told_by(texts):
    """Return an engine that knows its translations by heart."""
    return lambda requests: [Result(texts.get(r.text, r.text), None, Rung.PLAIN) for r in requests]


@pytest.fixture
def sides():
    def of(a=A, b=B, reference=None, matchers=(None, None)):
        article = parse(FRENCH.encode(), "port.fr.txt")
        contenders = [
            Contender(replace(SYSTEM, version=version), told_by(texts), [matcher])
            for version, texts, matcher in (("0.1", a, matchers[0]), ("0.2", b, matchers[1]))
        ]
        outputs = compare_systems.run(contenders, [article], "en-US", [Settings()])
        human = parse(reference.encode(), "port.en.txt") if reference else None
        first, second = ([matcher] for matcher in matchers)
        return compare_systems.compare(
            [article], *outputs, first, first if matchers[0] is matchers[1] else second, [Settings()], [human]
        )

    return of


def test_what_each_system_keeps(sides):
    found = sides()
    assert (found.sentences, found.missing, len(found.differences)) == (4, 0, 2)
    accuracies = {accuracy.what: (accuracy.a, accuracy.b) for accuracy in found.accuracies}
    (kept_a, all_a), (kept_b, all_b) = accuracies["figures"]
    assert all_a == all_b == kept_b == kept_a + 1
    assert (found.a.errors, found.b.errors) == (1, 0)
    best, other = found.differences
    assert (best.line, best.lead > 0) == (3, True)
    assert [finding.check for finding in best.findings_a] == ["figures"]
    assert other.source == "Les dockers ont repris le travail."
    assert found.most_different(1) == (best,)
    assert found.a.words_per_second > 0


def test_both_sets_of_glossaries_are_counted(sides):
    found = sides(matchers=(None, compiled(DOCKERS)))
    accuracies = {accuracy.what: (accuracy.a, accuracy.b) for accuracy in found.accuracies}
    assert accuracies["terms of B"] == ((0, 1), (1, 1))
    assert accuracies["terms of A"] == ((0, 0), (0, 0))
    assert "terms of A" not in side_by_side.text(found, 5, 80)
    one = sides(matchers=(matcher := compiled(DOCKERS), matcher))
    assert {a.what: (a.a, a.b) for a in one.accuracies}["terms"] == ((0, 1), (1, 1))


def test_references_give_scores_and_an_order(sides):
    pytest.importorskip("sacrebleu", reason="the extra with sacrebleu is not installed")
    found = sides(reference=REFERENCE)
    assert [score.name for score in found.metrics] == ["BLEU", "chrF2", "TER"]
    best, worst = found.differences
    assert best.reference == "The port of Brignac lost 12% of its traffic in March, said Hélène Castel."
    assert best.chrf > 0 > worst.chrf
    flat = " ".join(side_by_side.text(found, 5, 80).split())
    assert re.search(r"TER \d+\.\d \d+\.\d [+-]\d+\.\d may be chance, p = 0\.\d+", flat)
    assert re.search(r"port\.fr\.txt:3 A is better \(chrF -\d+\.\d\)", flat)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_side_by_side_in_a_terminal(sides, width):
    text = side_by_side.text(sides(), 5, width)
    assert max(map(cell_len, text.splitlines())) <= width
    flat = " ".join(text.split())
    assert flat.startswith("A translate-fr_en 0.1 dragoman 0.1.0, beam 4, sha256:c0ffee B translate-fr_en 0.2")
    assert "2 of 4 sentences differ: B is better in 1, worse in 0" in flat
    assert "port.fr.txt:3 B is better why A: “12 %” became “21%” [figures]" in flat
    assert "A The port of Brignac lost [-21-]% of its" in flat
    assert "B The port of Brignac lost {+12+}% of its" in flat


def test_side_by_side_as_json_and_html(sides):
    document = json.loads(side_by_side.as_json(sides()))
    assert document["sentences"] == {"compared": 4, "different": 2, "left_out": 0}
    assert document["differences"][0]["findings_a"][0]["check"] == "figures"
    page = side_by_side.html(sides(b=B | {"Les dockers ont repris le travail.": NASTY}), 5)
    tags = Tags()
    tags.feed(page)
    assert [name for name, _ in tags.tags].count("script") == 1
    assert "<del>21</del>%" in page
    assert "<ins>12</ins>%" in page


def test_a_report_of_another_version_can_be_compared(tmp_path):
    segments = [{"source": source, "translation": text} for source, text in list(A.items())[:3]]
    report = {
        "dragoman": "0.0.9",
        "model": {"name": "translate-fr_en", "version": "0.0", "checksum": "sha256:0ff", "beam": 1},
        "articles": [{"file": "elsewhere/port.fr.txt", "blocks": [{"segments": segments}]}],
    }
    path = tmp_path / "old.json"
    path.write_text(json.dumps(report), encoding="utf-8")
    article = parse(FRENCH.encode(), "port.fr.txt")
    old = compare_systems.read_report(path, [article])
    (new,) = compare_systems.run([Contender(SYSTEM, told_by(B), [None])], [article], "en-US", [Settings()])
    found = compare_systems.compare([article], old, new, [None], [None], [Settings()], [None])
    assert (found.sentences, found.missing) == (3, 1)
    assert found.a.errors == 1
    assert found.a.words_per_second is None
    assert "words a second – " in " ".join(side_by_side.text(found, 5, 80).split())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("no json", "is not JSON"),
        ("[]", "is no report"),
        ('{"dragoman": "1", "model": {"name": "m", "version": "1", "checksum": "c"}, "articles": []}', "has no port"),
        ('{"dragoman": "1", "model": "m", "articles": []}', "is no report"),
    ],
)
def test_a_report_that_is_none(tmp_path, content, message):
    path = tmp_path / "old.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DragomanError, match=re.escape(message)) as error:
        compare_systems.read_report(path, [parse(FRENCH.encode(), "port.fr.txt")])
    assert str(error.value).startswith(f"{path}: ")
    assert "\n" not in str(error.value)


@pytest.fixture
def command(tmp_path, monkeypatch, capfd):
    """Run `dragoman compare` in a folder with an article; gives its standard output and standard error."""

    def run(*arguments):
        from dragoman.cli.compare import compare as of

        app = typer.Typer()
        app.command()(of)
        app([str(argument) for argument in arguments], standalone_mode=False)
        return capfd.readouterr()

    monkeypatch.chdir(tmp_path)
    (tmp_path / "port.fr.txt").write_text(FRENCH, encoding="utf-8")
    with (tmp_path / "house.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("source", "target"), ("docker", "longshoreman")])
    return run


def test_the_command_compares_two_sets_of_glossaries(command):
    out, err = command("bundled", "bundled", "port.fr.txt", "--glossary-b", "house.csv", "-o", "both.json")
    assert (out, err) == ("", "dragoman: translating 1 article with A and B\n")
    document = json.loads(Path("both.json").read_text(encoding="utf-8"))
    assert document["b"]["system"]["glossaries"] == ["house"]
    (difference,) = [d for d in document["differences"] if d["source"].startswith("Les dockers")]
    assert "ongshoremen" in difference["b"]
    terms = {row["what"]: row["b"] for row in document["accuracy"]}["terms of B"]
    assert terms["kept"] == terms["all"] > 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("bundled", "bundled"), "are one model"),
        (("bundled", "none-such"), "no such model"),
        (("bundled", "old.json"), "cannot be read"),
        (("old.json", "bundled", "--glossary-a", "house.csv"), "is translated already"),
        (("bundled", "bundled", "--glossary-b", "house.csv", "--no-glossary-b"), "contradicts"),
        (("bundled", "bundled", "--references", "nowhere"), "there is no such folder"),
        (("bundled", "bundled", "--references", "."), "has no reference"),
    ],
)
def test_the_command_refuses_what_makes_no_sense(command, arguments, message):
    a, b, *options = arguments
    with pytest.raises(DragomanError, match=re.escape(message)) as error:
        command(a, b, "port.fr.txt", *options)
    assert "\n" not in str(error.value)
