"""Where inline codes are put around the words of a translation."""

import pytest

from dragoman.article.model import InlineCode
from dragoman.engine.placing import place


def placed(source, target, ranges):
    """Return the target with <> around what stands for the words between <> in the source.

    `ranges` says what an aligner would answer for each pair: words of the target.
    """
    codes, text = [], ""
    for pair, part in enumerate(source.split("<")):
        if not pair:
            text = part
            continue
        inner, rest = part.split(">")
        codes.append(InlineCode(len(text), 2 * pair, 2 * pair + 1, "open", pair))
        text += inner
        codes.append(InlineCode(len(text), 2 * pair + 1, 2 * pair + 2, "close", pair))
        text += rest
    starts = [code.at for code in codes if code.kind == "open"]

    def find(start, _):
        words = ranges[starts.index(start)]
        return target.index(words), target.index(words) + len(words)

    done, before = "", 0
    for at, code in place(find, text, codes, target):
        done += target[before:at] + ("<" if code.kind == "open" else ">")
        before = at
    return done + target[before:]


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
        ("De l'H<2>O", "H2O", ["H"], "H<2>O"),
        ("à <18 h 40>.", "at 6:40 p.m.", ["6:40 p.m."], "at <6:40 p.m.>"),
        ("<« C'est fini »>, dit-il", '"It is over," he says', ["It is over"], '<"It is over,"> he says'),
        ("soit <3,4 millions d'euros>", "or €3.4 million", ["€3.4 million"], "or <€3.4 million>"),
        ("<Pierre Morel> a <dit> non", "No, said Pierre Morel", ["said", "No"], "<No>, said <Pierre Morel>"),
        ("il est <sous> la pluie", "under the sous-chef", ["under"], "<under> the sous-chef"),
    ],
)
def test_codes_stand_around_the_right_words(source, target, ranges, wanted):
    assert placed(source, target, ranges) == wanted
