from dataclasses import replace
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.article.convert import convert
from dragoman.article.html import read_html
from dragoman.article.markdown import read_markdown
from dragoman.article.model import Article, Block, Format, Kind, Target, codes_of


def html_article(source: str) -> Article:
    return Article("dossier/essai.html", Format.HTML, source, read_html(source))


def markdown_article(source: str) -> Article:
    return Article("dossier/essai.md", Format.MARKDOWN, source, read_markdown(source))


def body(page: str) -> str:
    return page.split("<article>\n")[1].split("\n</article>")[0]


HTML = """<h1>La réforme</h1><h2>Les faits</h2><p>Le <b>vote</b> a eu <a href="/lieu?a=1&amp;b=2">lieu</a>,
<span class=x>mardi</span><br>à 3 &lt; 4.</p><ul><li>Un<ol><li>Un un</li><li>Un deux</li></ol></li><li>Deux</li></ul>
<table><tr><th>Pour</th><th></th><th>Contre</th></tr>
<tr><td><p>289</p><p>a | b</p></td><td></td><td>12</td></tr></table>
<blockquote><p>Nous tiendrons.</p><p>Toujours.</p><footer>La ministre</footer></blockquote>
<figure><img src="a.jpg" alt="Vue"><figcaption>À Paris</figcaption></figure>"""


def test_html_as_text() -> None:
    assert convert(html_article(HTML), {}, Format.TEXT) == (
        "La réforme\n\nLes faits\n\nLe vote a eu lieu, mardi à 3 < 4.\n\n"
        "• Un\n  1. Un un\n  2. Un deux\n• Deux\n\nPour\t\tContre\n289 a | b\t\t12\n\n"
        "Nous tiendrons.\nToujours.\n— La ministre\n\nÀ Paris\n"
    )


def test_html_as_markdown() -> None:
    assert convert(html_article(HTML), {}, Format.MARKDOWN) == (
        "# La réforme\n\n## Les faits\n\nLe **vote** a eu [lieu](/lieu?a=1&b=2), mardi\\\nà 3 < 4.\n\n"
        "- Un\n  1. Un un\n  2. Un deux\n- Deux\n\n"
        "| Pour |  | Contre |\n| --- | --- | --- |\n| 289 a \\| b |  | 12 |\n\n"
        "> Nous tiendrons.\n>\n> Toujours.\n>\n> — La ministre\n\nÀ Paris\n"
    )


def test_html_page_as_a_clean_page() -> None:
    page = convert(html_article(HTML), {}, Format.HTML)
    assert page.startswith('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    assert "<title>La réforme</title>" in page
    assert body(page) == (
        "<h1>La réforme</h1>\n<h2>Les faits</h2>\n"
        '<p>Le <strong>vote</strong> a eu <a href="/lieu?a=1&amp;b=2">lieu</a>, mardi<br>à 3 &lt; 4.</p>\n'
        "<ul>\n<li>Un\n<ol>\n<li>Un un</li>\n<li>Un deux</li>\n</ol></li>\n<li>Deux</li>\n</ul>\n"
        "<table>\n<tr><th>Pour</th><th></th><th>Contre</th></tr>\n"
        "<tr><td>289 a | b</td><td></td><td>12</td></tr>\n</table>\n"
        "<blockquote>\n<p>Nous tiendrons.</p>\n<p>Toujours.</p>\n<footer>— La ministre</footer>\n</blockquote>\n"
        "<figure><figcaption>À Paris</figcaption></figure>"
    )


def test_markdown_as_html() -> None:
    source = (
        "---\ntitle: La *réforme*\n---\n3. Trois\n4. Quatre\n   - Sous `a<b`\n\n> Oui.\n> – Un député\n\n> Non.\n\n"
        "| A | B |\n|---|---|\n|   | **b** |\n\n| C |\n|---|\n| c |\n"
    )
    page = convert(markdown_article(source), {}, Format.HTML)
    assert "<title>La *réforme*</title>" in page
    assert body(page) == (
        "<h1>La *réforme*</h1>\n"
        '<ol>\n<li value="3">Trois</li>\n<li>Quatre\n<ul>\n<li>Sous <code>a&lt;b</code></li>\n</ul></li>\n</ol>\n'
        "<blockquote>\n<p>Oui.</p>\n<footer>– Un député</footer>\n</blockquote>\n"
        "<blockquote>\n<p>Non.</p>\n</blockquote>\n"
        "<table>\n<tr><th>A</th><th>B</th></tr>\n<tr><td></td><td><strong>b</strong></td></tr>\n</table>\n"
        "<table>\n<tr><th>C</th></tr>\n<tr><td>c</td></tr>\n</table>"
    )


def test_footnotes_keep_their_marks() -> None:
    source = "Oui[^1], non[^x] et m<sup>2</sup>.\n\n[^1]: La note[^z].\n[^2]: Une autre.\n"
    article = markdown_article(source)
    assert convert(article, {}, Format.TEXT) == "Oui[1], non[x] et m².\n\n[1] La note[z].\n\n[2] Une autre.\n"
    assert body(convert(article, {}, Format.HTML)) == (
        "<p>Oui<sup>1</sup>, non<sup>x</sup> et m².</p>\n"
        "<p><sup>1</sup> La note<sup>z</sup>.</p>\n<p><sup>2</sup> Une autre.</p>"
    )
    page = html_article("<p>Le <b>1<sup>er</sup></b><sup>1</sup>.</p><p>L'un<sup>*</sup>.</p><p><sup>1</sup> Voir.</p>")
    assert convert(page, {}, Format.MARKDOWN) == "Le **1er**[^1].\n\nL'un<sup>\\*</sup>.\n\n[^1]: Voir.\n"


def test_a_page_without_a_title_is_named_after_its_file() -> None:
    assert "<title>essai</title>" in convert(html_article("<p>Un</p>"), {}, Format.HTML)


def test_links_lead_nowhere_dangerous() -> None:
    source = "".join(
        f"<p><a href='{href}'>lien</a></p>"
        for href in ("javascript:alert(1)", "java&#10;script:x", " JavaScript:x", "data:text/html,x", "vbscript:x")
    )
    for to in (Format.HTML, Format.MARKDOWN):
        assert "script:" not in convert(html_article(source), {}, to).lower()
        assert "data:" not in convert(html_article(source), {}, to)
    kept = "<p><a href='https://a.fr/x y(z)'>a</a> <a href='../b'>b</a> <a href='mailto:c@d.fr'>c</a></p>"
    assert convert(html_article(kept), {}, Format.MARKDOWN) == (
        "[a](https://a.fr/x%20y%28z%29) [b](../b) [c](mailto:c@d.fr)\n"
    )


def test_translations_are_escaped() -> None:
    article = html_article("<p>Un <b>mot</b></p>")
    (block,) = article.blocks
    text = "<script>*x*</script> & [a](b)"
    targets = {0: [Target(0, len(block.text), text, tuple((0, c) for c in codes_of(block, 0, len(block.text))))]}
    assert body(convert(article, targets, Format.HTML)) == f"<p>{escape(text, quote=False)}</p>"
    assert convert(article, targets, Format.MARKDOWN) == "\\<script>\\*x\\*\\</script> & \\[a\\](b)\n"
    assert convert(article, targets, Format.TEXT) == text + "\n"


def test_sentences_are_put_together_with_what_is_between_them() -> None:
    article = html_article("<p><i>Il pleut. <b>Il neige</b></i>. Il vente.</p>")
    (block,) = article.blocks
    start = block.text.index("Il neige")
    end = block.text.index(" Il vente")
    opening, closing, italic_closing = codes_of(block, start, end)
    first = Target(0, start - 1, "It rains.")
    second = Target(start, end, "There is snow.", ((9, opening), (13, closing), (13, italic_closing)))
    assert body(convert(article, {0: [first, second]}, Format.HTML)) == (
        "<p><em>It rains. There is <strong>snow</strong></em>. Il vente.</p>"
    )


def test_what_is_not_part_of_the_article_is_left_out() -> None:
    article = html_article("<title>Site</title><h1>Un</h1><p>Partager</p><p>Deux</p><table><tr><td>a<td>b</table>")
    blocks = tuple(replace(b, boilerplate="share" if b.text in ("Partager", "a") else "") for b in article.blocks)
    assert convert(replace(article, blocks=blocks), {}, Format.TEXT) == "Un\n\nDeux\n\nb\n"


def test_emphasis_that_asterisks_cannot_express_is_in_tags() -> None:
    source = "<p>anti<b>(gel)</b>s <b>oui </b>non, <i><b>deux</b></i></p>"
    assert convert(html_article(source), {}, Format.MARKDOWN) == (
        "anti<strong>(gel)</strong>s <strong>oui</strong> non, <em><strong>deux</strong></em>\n"
    )
    assert convert(html_article("<p><b>oui </b>non, <i><b>deux</b></i></p>"), {}, Format.MARKDOWN) == (
        "**oui** non, ***deux***\n"
    )


def test_bylines_and_the_like_have_classes() -> None:
    article = html_article("<h1>Un</h1><p>Par Anne Roux</p><p>Lyon, le 3 mai</p>")
    kinds = {"Par Anne Roux": Kind.BYLINE, "Lyon, le 3 mai": Kind.DATELINE}
    blocks = tuple(replace(b, kind=kinds.get(b.text, b.kind)) for b in article.blocks)
    assert body(convert(replace(article, blocks=blocks), {}, Format.HTML)) == (
        '<h1>Un</h1>\n<p class="byline">Par Anne Roux</p>\n<p class="dateline">Lyon, le 3 mai</p>'
    )


_TEXT = st.text(st.sampled_from("aé5 .,*_`[]()<>&#|!\\-+1\"'~:/"), max_size=8).map(escape)
_INLINE = st.recursive(
    _TEXT,
    lambda inside: st.one_of(
        st.builds("{}{}".format, inside, inside),
        st.builds(
            lambda tag, text: f"<{tag}>{text}</{tag[:4].split()[0]}>",
            st.sampled_from(["b", "i", "code", "a href='/x y'", "u"]),
            inside,
        ),
        st.builds("{}<br>{}".format, inside, inside),
    ),
    max_leaves=6,
)
_HTML = st.recursive(
    _INLINE,
    lambda inside: st.one_of(
        st.builds("{}\n{}".format, inside, inside),
        st.builds(
            lambda tag, text: f"<{tag}>{text}</{tag}>",
            st.sampled_from(
                ["p", "h1", "h2", "ul", "ol", "li", "blockquote", "cite", "figcaption", "table", "tr", "td"]
            ),
            inside,
        ),
    ),
    max_leaves=12,
)


def letters(blocks: tuple[Block, ...]) -> str:
    """The words in a row; white space, and the dash before an attribution, are the format's."""
    return "".join("".join(b.text.removeprefix("— ") for b in blocks if b.kind is not Kind.ATTRIBUTE).split())


@settings(max_examples=60, deadline=None)
@given(_HTML)
def test_no_word_is_lost_or_becomes_markup(source: str) -> None:
    article = html_article(source)
    expected = letters(article.blocks)
    page = convert(article, {}, Format.HTML)
    assert letters(read_html(body(page))) == expected
    assert letters(read_markdown(convert(article, {}, Format.MARKDOWN))) == expected
    text = convert(article, {}, Format.TEXT)
    assert all(line in text for block in article.blocks if block.kind is not Kind.ATTRIBUTE for line in [block.text])
