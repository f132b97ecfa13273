from dataclasses import replace
from html import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from article_targets import upper, whole, words
from dragoman.article.html import read_html
from dragoman.article.markdown import read_markdown
from dragoman.article.model import Article, Block, Format, Kind, Target, codes_of
from dragoman.article.write import write


def article_of(source: str) -> Article:
    return Article("essai.html", Format.HTML, source, read_html(source))


def kinds_and_texts(source: str) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in read_html(source)]


def texts(source: str) -> list[str]:
    return [block.text for block in read_html(source)]


def check_places(source: str, blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        assert block.start <= block.begins[0]
        assert block.ends[-1] <= block.end
        for i in range(len(block.text)):
            assert block.begins[i] <= block.ends[i]
            assert i == 0 or block.ends[i - 1] <= block.begins[i]
        places = [code.begin for code in block.codes]
        assert places == sorted(places)
        opened = [code.pair for code in block.codes if code.kind == "open"]
        assert sorted(opened) == sorted(code.pair for code in block.codes if code.kind == "close")
    assert write(Article("", Format.HTML, source, blocks), {}, keep_boilerplate=True) == source
    same = {i: [whole(block)] for i, block in enumerate(blocks)}
    assert write(Article("", Format.HTML, source, blocks), same, keep_boilerplate=True) == source


def test_kinds_follow_the_elements() -> None:
    source = """
    <h1>La réforme adoptée</h1><h3>Ce qui change</h3><p>Le texte passe.</p>
    <ul><li>Un seuil<ol><li>Un délai</li></ol></li></ul>
    <blockquote><p>Nous tiendrons.</p><footer>La ministre</footer></blockquote>
    <figure><img src="a.jpg" alt="L’hémicycle"><figcaption>Mardi à Paris</figcaption></figure>
    <table><caption>Votes</caption><tr><th>Pour</th><td>289</td></tr></table>
    """
    assert kinds_and_texts(source) == [
        (Kind.TITLE, "La réforme adoptée"),
        (Kind.HEADING, "Ce qui change"),
        (Kind.PARAGRAPH, "Le texte passe."),
        (Kind.BULLET, "Un seuil"),
        (Kind.BULLET, "Un délai"),
        (Kind.QUOTE, "Nous tiendrons."),
        (Kind.ATTRIBUTION, "La ministre"),
        (Kind.ATTRIBUTE, "L’hémicycle"),
        (Kind.CAPTION, "Mardi à Paris"),
        (Kind.CAPTION, "Votes"),
        (Kind.CELL, "Pour"),
        (Kind.CELL, "289"),
    ]
    blocks = read_html(source)
    assert [(b.level, b.ordered) for b in blocks if b.kind is Kind.BULLET] == [(1, False), (2, True)]
    assert blocks[1].level == 3


def test_title_of_a_page_is_title_element_only_without_h1() -> None:
    assert kinds_and_texts("<html><title>Le site</title><p>Texte</p>")[0] == (Kind.TITLE, "Le site")
    assert kinds_and_texts("<html><title>Le site</title><h1>Le titre</h1>") == [
        (Kind.ATTRIBUTE, "Le site"),
        (Kind.HEADING, "Le titre"),
    ]


@pytest.mark.parametrize(
    ("source", "text", "notes"),
    [
        ("un accord<sup>1</sup> signé", "un accord signé", ["1"]),
        ("un accord<sup><a href='#n1'>[1]</a></sup>, signé", "un accord, signé", ["1"]),
        ("un accord <sup>(2)</sup> signé", "un accord signé", ["2"]),
        ("un accord<a href='#n3'><sup>3</sup></a>.", "un accord.", ["3"]),
        ("un accord<a href='#n3'>3</a>.", "un accord.", ["3"]),
        ("un accord<sup id=r><a href='#n'><span>[</span>note 4<span>]</span></a></sup>.", "un accord.", ["note 4"]),
        ("un accord<sup><a href='#a'>5</a>, <a href='#b'>6</a></sup>", "un accord", ["5, 6"]),
        ("l'an 2024<sup>7</sup>", "l'an 2024", ["7"]),
        ("« oui<sup>*</sup> »<sup>†</sup>", "« oui »", ["*", "†"]),
        ("<sup>1</sup> Voir ici.", "Voir ici.", ["1"]),
        ("le chapitre <a href='#c2'>2</a>", "le chapitre 2", []),
        ("(<a href='#c2'>2</a>)", "(2)", []),
        ("l'accord<a href='/2'>2</a>", "l'accord2", []),
        ("le 1<sup>er</sup> mai, M<sup>me</sup> X, le XXI<sup>e</sup> siècle", "le 1er mai, Mme X, le XXIe siècle", []),
        ("le n<sup>o</sup> 4, les n<sup>os</sup> 5 et 6, S<sup>te</sup> Anne", "le n° 4, les n°s 5 et 6, Ste Anne", []),
        ("40 m<sup>2</sup>, 3 km<sup>3</sup>, 2 m<sup>1</sup>", "40 m², 3 km³, 2 m", ["1"]),
        ("CO<sub>2</sub>, H<sub>2</sub>O, 10<sup>6</sup>, x<sup>2</sup>", "CO₂, H₂O, 10⁶, x²", []),
        ("10<sup>-3</sup>, 5 g·m<sup>−3</sup>, 2 s<sup>–1</sup>", "10⁻³, 5 g·m⁻³, 2 s⁻¹", []),
        ("le <sup>14</sup>C, x<sub>i</sub>, <sup>©</sup>", "le 14C, xi, ©", []),
        ("<sup>1</sup> Voir ici. <a href='#r1'>↩</a>", "Voir ici.", ["1"]),
        ("il dit <q>oui, <q>Le Monde</q> aussi</q>.", "il dit «oui, “Le Monde” aussi».", []),
        ("il dit <q lang=en>yes</q> et</q> non", "il dit yes et non", []),
        ("un accord<sup>selon lui</sup>", "un accordselon lui", []),
        ("un accord<sup>1", "un accord1", []),
    ],
)
def test_raised_text_is_told_apart(source: str, text: str, notes: list[str]) -> None:
    (block,) = read_html(f"<p>{source}</p>")
    assert block.text == text
    assert [code.label for code in block.codes if code.role == "note"] == notes
    check_places(f"<p>{source}</p>", read_html(f"<p>{source}</p>"))
    assert read_markdown(source)[0].text == text or source[-6:] == "<sup>1"


def test_a_block_that_is_left_out_takes_its_footnote_marks_along() -> None:
    article = article_of("<div>Partager<sup>1</sup><p>Le texte.</p></div>")
    left_out = replace(article, blocks=(replace(article.blocks[0], boilerplate="share"), article.blocks[1]))
    assert write(left_out, {}) == "<div><p>Le texte.</p></div>"


def test_a_q_is_written_as_quotation_marks_on_both_sides() -> None:
    article = article_of("<p>Il dit <q>oui. Non</q>. 12.</p>")
    (block,) = article.blocks
    first, second = block.text.index(" N"), block.text.index(" 1")
    targets = [Target(0, first, "He says “yes."), Target(first + 1, second, block.text[first + 1 : second])]
    assert write(article, {0: targets}) == "<p>He says “yes. Non». 12.</p>"


def test_inline_markup_never_splits_a_sentence() -> None:
    source = (
        "<div>Le <a href='/x'><span><b>Premier <i>mi</i>nistre</b></span></a><x-note>, hier</x-note>,"
        "<!-- pub --> a <wbr>dit<img src=a> oui<sup><a href='#1'>1</a></sup>.</div>"
    )
    (block,) = read_html(source)
    assert block.text == "Le Premier ministre, hier, a dit oui."
    assert [(c.role, c.href) for c in block.codes if c.role != "other" and c.kind == "open"] == [
        ("link", "/x"),
        ("strong", ""),
        ("emphasis", ""),
    ]
    assert [(c.role, c.label) for c in block.codes][-1] == ("note", "1")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Paris<br>Lyon", ["Paris Lyon"]),
        ("Il pleut.<br/>Il neige.", ["Il pleut.", "Il neige."]),
        ("Paris<br> &nbsp;<!-- x --><br>Lyon", ["Paris", "Lyon"]),
        ("<p><b>Paris</b><br></p>Lyon", ["Paris", "Lyon"]),
    ],
)
def test_line_breaks(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


def test_tags_that_are_left_out_are_implied() -> None:
    assert texts("<ul><li>un<li>deux<ul><li>trois</ul><li>quatre</ul><p>cinq<p>six<div>sept") == [
        "un", "deux", "trois", "quatre", "cinq", "six", "sept"
    ]  # fmt: skip
    rows = "<table><tr><td>a<td>b<tr><td>c</table>d"
    assert kinds_and_texts(rows) == [*((Kind.CELL, c) for c in "abc"), (Kind.PARAGRAPH, "d")]


def test_what_is_not_prose_is_not_read() -> None:
    source = """<!doctype html><?xml version="1.0"?><!-- wp:paragraph --><p>Un</p><!-- /wp:paragraph -->
    <!--[if IE]><p>Vieux</p><![endif]--><![CDATA[<p>Rien</p>]]><script>if (a < b) { "<p>non</p>" }</script>
    <style>p::before { content: "non" }</style><pre>ls -l</pre><template><p>non</p></template>
    <svg><text>non</text></svg><textarea>non</textarea><noscript>non</noscript>
    <p translate="no">Non</p><p class="a notranslate">Non</p>
    <p lang="fr-CA">Deux</p>"""
    assert texts(source) == ["Un", "Deux"]
    check_places(source, read_html(source))


def test_language_of_the_page_is_not_believed() -> None:
    assert texts('<html lang="en" class="notranslate"><body translate="no"><p>Bonjour</p>') == ["Bonjour"]


def test_foreign_text_is_protected() -> None:
    english, french = read_html('<div lang="en-GB"><p>This is <b>English</b>.</p><p lang="fr">Ceci non.</p></div>')
    assert english.protected == ((0, len("This is English.")),)
    assert french.protected == ()


def test_protected_text_stays_in_its_sentence() -> None:
    (block,) = read_html(
        'Tapez <code>ls <b>-l</b></code> ou <span lang="en">press enter</span>, <i translate=no>X</i>.'
    )
    assert block.text == "Tapez ls -l ou press enter, X."
    assert [block.text[a:b] for a, b in block.protected] == ["ls -l", "press enter", "X"]


def test_references_are_one_character_each() -> None:
    source = "L&rsquo;&eacute;t&#233;&nbsp;: R&D, A & B &lt;3 &#x20ac; &copy 2024 co&shy;opérer &inconnu;"
    (block,) = read_html(source)
    assert block.text == "L’été\u00a0: R&D, A & B <3 € © 2024 coopérer &inconnu;"
    assert source[block.begins[1] : block.ends[1]] == "&rsquo;"
    check_places(source, (block,))


def test_attributes_are_blocks_wherever_they_are() -> None:
    source = (
        '<head><meta name=description content=\'Le résumé d&#39;hier\'><meta property="og:title" content="Le titre">'
        '<meta name="robots" content="index"></head><p title="Une bulle">Le <a title="Lire « la suite »" href=x>lien'
        "</a> <img alt=Paris src=p.jpg> fin</p>"
    )
    attributes = [block for block in read_html(source) if block.kind is Kind.ATTRIBUTE]
    assert [block.text for block in attributes] == [
        "Le résumé d'hier", "Le titre", "Une bulle", "Lire « la suite »", "Paris"
    ]  # fmt: skip
    assert [source[block.start : block.end] for block in attributes][-1] == "Paris"
    article = article_of(source)
    written = write(article, {i: [whole(b, f'{b.text} & "d\'or"')] for i, b in enumerate(article.blocks)})
    assert "content='Le résumé d'hier & \"d'or\"'" not in written
    assert [b.text for b in read_html(written)] == [f'{b.text} & "d\'or"' for b in article.blocks]


def test_a_cite_in_a_quotation_names_the_speaker_or_a_work() -> None:
    assert kinds_and_texts("<blockquote>Nous irons. <cite>Anne Roux</cite></blockquote>") == [
        (Kind.QUOTE, "Nous irons."),
        (Kind.ATTRIBUTION, "Anne Roux"),
    ]
    assert kinds_and_texts("<blockquote><p>J'ai lu <cite>Germinal</cite> hier.</p><p>— Anne Roux</p></blockquote>") == [
        (Kind.QUOTE, "J'ai lu Germinal hier."),
        (Kind.ATTRIBUTION, "— Anne Roux"),
    ]
    assert [kind for kind, _ in kinds_and_texts("<blockquote><p>— Tu viens ?</p><p>— Non.</p></blockquote>")] == [
        Kind.QUOTE,
        Kind.QUOTE,
    ]


def test_leaving_out_a_block_leaves_no_empty_tag() -> None:
    source = "<div><p>Un</p>\n<ul><li><a href=x>Partager</a></li>\n<li>Deux</li></ul></div>"
    blocks = read_html(source)
    blocks = tuple(
        block if block.text != "Partager" else Block(**_fields(block) | {"boilerplate": "share"}) for block in blocks
    )
    article = Article("", Format.HTML, source, blocks)
    assert write(article, {}) == "<div><p>Un</p>\n<ul><li>Deux</li></ul></div>"
    assert write(article, {}, keep_boilerplate=True) == source


def _fields(block: Block) -> dict[str, object]:
    return {name: getattr(block, name) for name in Block.__slots__}


def test_exactly_the_words_change() -> None:
    source = (
        '<!-- wp:paragraph -->\n<p class="chapo">Le <strong>maire</strong>&nbsp;a <a href="/vote?a=1&amp;b=2" '
        'title="le vote">voté</a>.\n  Puis&hellip; <br />il est <em>parti</em> %s {nom} {{ nom }}</p>\n<!-- /wp -->'
    )
    article = article_of(source)
    targets = {i: words(block, upper) for i, block in enumerate(article.blocks)}
    assert write(article, targets) == (
        '<!-- wp:paragraph -->\n<p class="chapo">LE <strong>MAIRE</strong>\u00a0A <a href="/vote?a=1&amp;b=2" '
        'title="LE VOTE">VOTÉ</a>.\n  PUIS… <br />IL EST <em>PARTI</em> %S {NOM} {{ NOM }}</p>\n<!-- /wp -->'
    )


def test_codes_move_with_their_words_and_none_is_lost() -> None:
    source = "<p><b>Hier</b>, <i>il</i> a plu.</i> <u>Enfin</u></p>"
    article = article_of(source)
    (block,) = article.blocks
    first = block.text.index(" Enfin")
    bold, bold_end, italic, italic_end = codes_of(block, 0, first)[:4]
    target = Target(0, first, "it rained yesterday.", ((0, italic), (2, italic_end), (10, bold), (19, bold_end)))
    assert write(article, {0: [target]}) == "<p><i>it</i> rained <b>yesterday</b>.</i> <u>Enfin</u></p>"
    assert (
        "".join(write(article, {0: words(block, upper)}).split()) == "<p><b>HIER</b>,<i>IL</i>APLU.</i><u>ENFIN</u></p>"
    )


def test_codes_of_neighbouring_targets_may_cross() -> None:
    article = article_of("<p>Un <b>deux<i></b>trois</i></p>")
    (block,) = article.blocks
    cut = block.text.index("trois")
    targets = []
    for start, end in ((0, cut), (cut, len(block.text))):
        codes = tuple((code.at - start, code) for code in codes_of(block, start, end))
        targets.append(Target(start, end, upper(block.text[start:end]), codes))
    written = write(article, {0: targets})
    assert texts(written) == ["UN DEUXTROIS"]
    assert sorted(written.replace("<", " <").split()) == sorted("<p>UN <b>DEUX </b> <i>TROIS </i> </p>".split())


def test_markup_in_a_translation_is_text() -> None:
    article = article_of("<p>Le <b>test</b></p>")
    (block,) = article.blocks
    translation = 'A <b>"bold"</b> &amp; more'
    written = write(article, {0: [whole(block, translation)]})
    assert written == '<p>A &lt;<b>b&gt;"b</b>old"&lt;/b&gt; &amp;amp; more</p>'
    assert texts(written) == [translation]


def test_extreme_inputs_are_read() -> None:
    deep = "<b>" * 10_000 + "mot" + "</b>" * 10_000
    (block,) = read_html(deep)
    assert block.text == "mot"
    assert len(block.codes) == 20_000
    for source in (
        "<" * 200_000,
        "<!-- " * 50_000,
        "<a " * 50_000,
        "a<![CDATA[",
        "</",
        "<p",
        "&#99999999999999999;",
        "\0<p>\0",
    ):
        check_places(source, read_html(source))


_TEXT = st.text(st.sampled_from("aé bZ.,’ \n\t\u00a0«»—&;<>\"'=/!0*_`"), max_size=12)
_INLINE_TAGS = st.sampled_from(["b", "i", "em", "a href='/x?a&amp;b'", 'abbr title="un mot"', "code", "x-y"])
_BLOCK_TAGS = st.sampled_from(
    ["p", "div", "ul", "li", "ol", "blockquote", "cite", "table", "tr", "td", "h1", "h2", "section", "pre", "button"]
)
_PIECES = st.sampled_from(
    ["&nbsp;", "&eacute;", "&#8217;", "&amp;", "<br>", "<br/>", "<!-- wp:a -->", "<img alt='une vue' src=a>", "<hr>",
     "<wbr>", "<q lang=en>the <b>end</b></q>", "<script>a<b</script>",
     "<svg><path/></svg>", "</b>", "</p>", "</div>", "<i>", "<p>", "<li>", "<td>"]
)  # fmt: skip


def _enclosed(tags: st.SearchStrategy[str], inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda tag, text: f"<{tag}>{text}</{tag.split()[0]}>", tags, inside)


_INLINE = st.recursive(
    st.one_of(_TEXT.map(escape), _PIECES),
    lambda inside: st.lists(st.one_of(inside, _enclosed(_INLINE_TAGS, inside)), max_size=4).map("".join),
    max_leaves=12,
)
_HTML = st.recursive(
    _INLINE,
    lambda inside: st.lists(st.one_of(inside, _enclosed(_BLOCK_TAGS, inside)), max_size=4).map("".join),
    max_leaves=20,
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(_HTML, st.text(), _TEXT))
@example("<p>a <b>b </b></p>")
def test_what_is_not_translated_comes_back_as_it_was(source: str) -> None:
    check_places(source, read_html(source))


@settings(max_examples=60, deadline=None)
@given(_HTML)
@example('a<b>0&nbsp;<abbr title="un mot"></abbr></b>')
def test_only_words_change_in_generated_documents(source: str) -> None:
    article = article_of(source)
    written = write(article, {i: words(block, upper) for i, block in enumerate(article.blocks)}, keep_boilerplate=True)
    assert [block.text for block in read_html(written)] == [upper(block.text) for block in article.blocks]
    assert [outline(block) for block in read_html(written)] == [outline(block) for block in article.blocks]


def outline(block: Block) -> tuple[object, ...]:
    """What a reader sees of a block but its words: what it is, and which words are marked (empty marks may move)."""
    closed = {code.pair: code.at for code in block.codes if code.kind == "close"}
    marks = [(code.at, closed[code.pair], code.role, code.href) for code in block.codes if code.kind == "open"]
    return block.kind, block.level, sorted(mark for mark in marks if mark[0] < mark[1])


@settings(max_examples=60, deadline=None)
@given(_HTML, st.text(st.sampled_from("ab<>&;\"'/=!-é#"), min_size=1))
def test_any_translation_reads_as_it_was_meant(source: str, translation: str) -> None:
    article = article_of(source)
    targets = {
        index: [Target(0, len(block.text), translation, tuple((0, c) for c in codes_of(block, 0, len(block.text))))]
        for index, block in enumerate(article.blocks)
    }
    written = write(article, targets, keep_boilerplate=True)
    # A <br> ends a block or not by the text before it. An empty element may have been moved out of a foreign one:
    # then its attributes are read.
    after = "".join(block.text for block in read_html(written) if block.kind is not Kind.ATTRIBUTE)
    before = [block for block in article.blocks if block.kind is not Kind.ATTRIBUTE]
    assert "".join(after.split()) == translation * len(before)


def test_a_document_says_that_its_translation_is_english() -> None:
    source = (
        '<html lang="fr-FR" xml:lang="fr"><body><p lang="fr">Un <b lang="fr">vote</b> serré</p>'
        '<p lang="fr" translate="no">Liberté</p><p>Ils disent <i lang="en">hello</i></p></body></html>'
    )
    article = article_of(source)
    targets = {i: [whole(block, block.text.upper())] for i, block in enumerate(article.blocks)}
    assert write(article, targets, locale="en-GB") == (
        '<html lang="en-GB" xml:lang="en"><body><p lang="en">UN <b lang="en">VOTE</b> SERRÉ</p>'
        '<p lang="fr" translate="no">Liberté</p><p>ILS DISENT <i lang="en">HELLO</i></p></body></html>'
    )
    assert write(article, {}) == source
