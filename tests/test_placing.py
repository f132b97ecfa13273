"""Where inline codes are put around the words of a translation."""

import pytest

from dragoman.article.model import InlineCode
from dragoman.engine.placing import moved, place
from dragoman.localise.edit import Edit


def coded(marked):
    """Return text and codes: <> are a pair, ^ is the mark of a footnote."""
    codes, text, opened = [], "", []
    for char in marked:
        if char not in "<>^":
            text += char
            continue
        number = len(codes)
        kind = {"<": "open", ">": "close", "^": "whole"}[char]
        pair = opened.pop() if char == ">" else number
        if char == "<":
            opened.append(number)
        codes.append(InlineCode(len(text), number, number + 1, kind, pair, "note" if char == "^" else "other"))
    return text, codes


def written(text, codes):
    """Return a text with its codes in it as `coded` reads them; pairs are properly nested."""
    done, before, opened = "", 0, []
    for at, code in codes:
        done += text[before:at] + {"open": "<", "close": ">", "whole": "^"}[code.kind]
        before = at
        if code.kind == "open":
            opened.append(code.pair)
        elif code.kind == "close":
            assert opened.pop() == code.pair
    assert not opened
    return done + text[before:]


def placed(source, target, ranges):
    """Return the target with the codes of the source, which `coded` reads, put where they belong.

    `ranges` says what an aligner would answer, in the order in which it is asked: words of the target.
    """
    text, codes = coded(source)
    answers = iter(ranges)

    def find(_start, _end):
        words = next(answers)
        return target.index(words), target.index(words) + len(words)

    return written(target, place(find, text, codes, target))


@pytest.mark.parametrize(
    ("source", "target", "ranges", "wanted"),
    [
        ("Le 1<er> mai", "On May 1", ["On May"], "On May 1"),
        (
            "M<me> Roy et le XXI<e> siècle",
            "Ms. Roy and the 21st century",
            ["Ms", "21st"],
            "Ms. Roy and the 21st century",
        ),
        ("De l'H<2>O", "H2O", [], "H<2>O"),
        ("à <18 h 40>.", "at 6:40 p.m.", ["6:40 p.m."], "at <6:40 p.m.>"),
        ("<« C'est fini »>, dit-il", '"It is over," he says', ["It is over"], '<"It is over,"> he says'),
        ("soit <3,4 millions d'euros>", "or €3.4 million", ["€3.4 million"], "or <€3.4 million>"),
        ("<Pierre Morel> a <dit> non", "No, said Pierre Morel", ["No"], "<No>, said <Pierre Morel>"),
        ("il est <sous> la pluie", "under the sous-chef", ["under"], "<under> the sous-chef"),
        ("un accord^ signé", "a signed agreement", ["agreement"], "a signed agreement^"),
        ("un accord ^ signé", "a signed agreement", ["agreement"], "a signed agreement^"),
        ("un <accord>^ signé", "a signed agreement", ["agreement", "signed"], "a signed <agreement>^"),
        ("un <accord^> signé", "a signed agreement", ["agreement", "agreement"], "a signed <agreement^>"),
        ("« oui »^, dit-il", '"Yes", he says', ["Yes"], '"Yes"^, he says'),
        ("« oui^ », dit-il", '"Yes", he says', ["Yes"], '"Yes^", he says'),
        ("un accord,^ puis", "an agreement, then", ["agreement"], "an agreement,^ then"),
        ("<la> <fête>", "party", ["party", "party"], "<<party>>"),
        ("<la> <fête> du <vin>", "wine party", ["party", "party", "wine"], "<wine> <<party>>"),
        ("une <faute> et un oubli", "a fault and an oversight", ["fault and"], "a <fault> and an oversight"),
        ("une faute et <un oubli>", "a fault and an oversight", ["and an oversight"], "a fault and <an oversight>"),
        ("<et un oubli>", "and an oversight", ["and an oversight"], "<and an oversight>"),
        ("d'un <« succès commun »>.", 'of a "common success".', ['a "common success"'], 'of a <"common success">.'),
        ("<« faute »> et « <pardon> »", '"fault" and "pardon"', ['"fault" and "'], '<"fault"> and "<pardon>"'),
        ("« faute » et <« pardon »>", '"fault" and "pardon"', ['" and "pardon'], '"fault" and <"pardon">'),
        ("<il> <dort>", "he sleeps", ["he", "he sleeps"], "<he> <sleeps>"),
        ("<halle> de 1 200 m", "1,200 m", [""], "<1,200> m"),
        ("<un> mot", "a word", [""], "<a> word"),
        ("un <<beau> mot>", "a word", ["word", ""], "a <<word>>"),
    ],
)
def test_codes_stand_around_the_right_words(source, target, ranges, wanted):
    assert placed(source, target, ranges) == wanted


@pytest.mark.parametrize(
    ("target", "edits", "wanted"),
    [
        ("<3> million euros", [Edit(0, 15, "€3 million")], "<€3> million"),
        ("3 <million> euros", [Edit(0, 15, "€3 million")], "€3 <million>"),
        ("3 million <euros>", [Edit(0, 15, "€3 million")], "<€3 million>"),
        ("3 million euros^ then", [Edit(0, 15, "€3 million")], "€3 million^ then"),
        ("on <18> octobre <2024>", [Edit(3, 18, "October 18, 2024")], "on October <18>, <2024>"),
        ("a <“common success”>.", [Edit(17, 19, ".”")], "a <“common success.”>"),
        ("the <CNRS> says", [Edit(4, 8, "National Centre (CNRS)")], "the National Centre (<CNRS>) says"),
        ("a <b c> d", [Edit(2, 6, "")], "a <d>"),
        ("<a> <b> c", [Edit(0, 3, "x")], "<<x>> c"),
        ('he said "<yes^>", then', [Edit(12, 14, ',"')], 'he said "<yes^>," then'),
        ('he said "yes"^, then', [Edit(12, 14, ',"')], 'he said "yes,"^ then'),
    ],
)
def test_codes_move_with_their_words(target, edits, wanted):
    text, codes = coded(target)
    new, after = moved(text, [(code.at, code) for code in codes], edits)
    assert written(new, after) == wanted
