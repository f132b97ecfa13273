from dataclasses import replace

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from article_targets import upper, whole, words
from dragoman.article.markdown import LinkTitle, escape, read_markdown
from dragoman.article.model import Article, Format, Kind, Target, codes_of
from dragoman.article.write import write


def article_of(source: str) -> Article:
    return Article("essai.md", Format.MARKDOWN, source, read_markdown(source))


def kinds_and_texts(source: str) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in read_markdown(source)]


def texts(source: str) -> list[str]:
    return [block.text for block in read_markdown(source)]


def in_capitals(source: str) -> str:
    article = article_of(source)
    return write(article, {i: words(b, upper) for i, b in enumerate(article.blocks)}, keep_boilerplate=True)


def translated(source: str, *translations: str) -> str:
    """Return the source with its blocks translated, as far as there are translations; inner codes are at the end."""
    article = article_of(source)
    targets = {}
    for index, (block, text) in enumerate(zip(article.blocks, translations, strict=False)):
        codes = tuple((len(text), code) for code in codes_of(block, 0, len(block.text)))
        targets[index] = [Target(0, len(block.text), text, codes)]
    return write(article, targets)


def check_places(source: str) -> None:
    article = article_of(source)
    for block in article.blocks:
        assert block.start <= block.begins[0]
        assert block.ends[-1] <= block.end
        for i in range(len(block.text)):
            assert block.begins[i] <= block.ends[i]
            assert i == 0 or block.ends[i - 1] <= block.begins[i]
    assert write(article, {}, keep_boilerplate=True) == source
    same = {i: [whole(block)] for i, block in enumerate(article.blocks)}
    assert write(article, same, keep_boilerplate=True) == source


@pytest.mark.parametrize(
    ("source", "title", "translation", "written"),
    [
        ('[un](/a "L\'accord (bis)")', "L'accord (bis)", 'The "deal"', '[X](/a "The \\"deal\\"")'),
        ("[un](/a 'Un accord')", "Un accord", "It's", "[X](/a 'It\\'s')"),
        ("![un](a.jpg (Un accord))", "Un accord", "A deal (1)", "![X](a.jpg (A deal \\(1\\)))"),
        ('[un](</a b> "Accord")', None, "", '[X](</a b> "Accord")'),
        ('[un](/a "Un \\"accord\\"")', None, "", '[X](/a "Un \\"accord\\"")'),
    ],
)
def test_titles_of_links_are_read(source: str, title: str | None, translation: str, written: str) -> None:
    assert texts(source) == (["un", title] if title else ["un"])
    check_places(source)
    assert translated(source, "X", translation) == written
    assert title is None or texts(written)[1:] in ([translation], [])


def test_each_footnote_is_a_block() -> None:
    source = """\
Un texte[^1] et un autre[^a].
[^1]: La *première*
    note.
[^a]: Seul
[^3]:
    Plus bas.

    Un second paragraphe.

> Une citation.
>
> [^4]: Dedans.
"""
    assert texts(source) == [
        "Un texte et un autre.",
        "La première note.",
        "Seul",
        "Plus bas.",
        "Un second paragraphe.",
        "Une citation.",
        "Dedans.",
    ]
    notes = [[(code.at, code.label) for code in b.codes if code.role == "note"] for b in read_markdown(source)]
    assert notes == [[(8, "1"), (20, "a")], [(0, "1")], [(0, "a")], [(0, "3")], [], [], [(0, "4")]]
    check_places(source)
    assert in_capitals(source) == source.upper().replace("[^A]", "[^a]")


def test_kinds_follow_the_blocks() -> None:
    source = """\
# La réforme *adoptée* #

Ce qui change
-------------

Le texte
passe.

1. Un seuil
   - Un délai
   - [x] Une date

   Une précision
2. Un vote

> Nous tiendrons
> parole.
>
> — La ministre

> Plus jamais
> – Un député

| Pour | Contre |
|------|:------:|
| 289  | a \\| b |
"""
    assert kinds_and_texts(source) == [
        (Kind.TITLE, "La réforme adoptée"),
        (Kind.HEADING, "Ce qui change"),
        (Kind.PARAGRAPH, "Le texte passe."),
        (Kind.BULLET, "Un seuil"),
        (Kind.BULLET, "Un délai"),
        (Kind.BULLET, "Une date"),
        (Kind.PARAGRAPH, "Une précision"),
        (Kind.BULLET, "Un vote"),
        (Kind.QUOTE, "Nous tiendrons parole."),
        (Kind.ATTRIBUTION, "— La ministre"),
        (Kind.QUOTE, "Plus jamais"),
        (Kind.ATTRIBUTION, "– Un député"),
        (Kind.CELL, "Pour"),
        (Kind.CELL, "Contre"),
        (Kind.CELL, "289"),
        (Kind.CELL, "a | b"),
    ]
    bullets = [(b.level, b.ordered) for b in read_markdown(source) if b.kind is Kind.BULLET]
    assert bullets == [(1, True), (2, False), (2, False), (1, True)]
    check_places(source)


def test_inline_markup_is_codes() -> None:
    source = (
        "Le **Premier _ministre_** a [dit *oui*](http://a.fr/b_c 'titre'), ~~puis~~ `x = *1*`  \n"
        "![Une *vue*](v.png) et <https://a.fr>, &eacute;t&#233; \\* <kbd>Entrée</kbd>[^1].\n"
    )
    block, title, image = read_markdown(source)
    assert block.text == "Le Premier ministre a dit oui, puis x = *1* et https://a.fr, été * Entrée."
    assert (title.kind, title.text) == (Kind.ATTRIBUTE, "titre")
    assert (image.kind, image.text) == (Kind.ATTRIBUTE, "Une vue")
    roles = [(source[c.begin : c.end], c.role, c.href) for c in block.codes if c.kind != "close" and c.role != "other"]
    assert roles == [
        ("**", "strong", ""),
        ("_", "emphasis", ""),
        ("[", "link", "http://a.fr/b_c"),
        ("*", "emphasis", ""),
        ("`", "code", ""),
        ("  \n", "break", ""),
        ("<", "link", "https://a.fr"),
        ("<kbd>", "code", ""),
        ("[^1]", "note", ""),
    ]
    assert [block.text[a:b] for a, b in block.protected] == ["x = *1*", "https://a.fr", "Entrée"]
    check_places(source)


def test_exactly_the_words_change() -> None:
    source = """\
---
title: L'été
date: 2024-07-01
---
# Titre {#ancre}

Un [lien *fin*][1] et `code`,\\
puis {{< figure src="a.png" >}} rien {% include a.html %}
de <b class="x">plus</b> %s {nom} {{ nom }}.

[1]: http://a.fr "Titre"

```python
code()
```

    indenté

{% highlight sh %}
ls *

ls
{% endhighlight %}

***

| a | `b` |
|:-|-:|
| c | d |

<!-- commentaire -->
<div class="note">
  <p>Une <em>note</em></p>
</div>

[^1]: La source.
"""
    expected = source
    for word in (
        "L'été",
        "Titre {",
        "Un [",
        "lien *fin*",
        " et `code`",
        "puis {{",
        " rien {%",
        "de <",
        ">plus<",
        "nom}",
    ):
        expected = expected.replace(word, word.upper())
    expected = expected.replace("{{ nom }}.", "{{ NOM }}.").replace("%s", "%S")
    expected = expected.replace("| a | `b` |", "| A | `B` |").replace("| c | d |", "| C | D |")
    expected = expected.replace("Une <em>note</em>", "UNE <em>NOTE</em>").replace("La source.", "LA SOURCE.")
    assert in_capitals(source) == expected


@pytest.mark.parametrize(
    "source", ["Un [accord] signé", "Un [accord][] signé", "Un ![accord] signé", "> Un [accord\n> vert]"]
)
def test_a_link_keeps_its_reference_when_its_text_is_translated(source: str) -> None:
    source += "\n\n[accord]: http://a.fr\n[accord vert]: http://a.fr\n"
    written = in_capitals(source)
    before, after = (
        [(code.href, code.kind) for block in read_markdown(text) for code in block.codes] for text in (source, written)
    )
    assert before == after
    assert texts(written) == [upper(text) for text in texts(source)]


def test_html_is_escaped_as_html_and_markdown_as_markdown() -> None:
    source = '<p title="Un">Deux</p>\n\nTrois <img alt=Quatre src=a>![Cinq](b) et\n'
    article = article_of(source)
    assert [block.text for block in article.blocks] == ["Un", "Deux", "Trois et", "Quatre", "Cinq"]
    written = translated(source, 'a"*<b>', "*<b>", "*<b>", 'a "*', "*]a")
    assert written == (
        '<p title="a&quot;*&lt;b&gt;">*&lt;b&gt;</p>\n\n\\*\\<b><img alt="a &quot;*" src=a>![\\*\\]a](b)\n'
    )


def test_front_matter_stays_valid_whatever_the_translation() -> None:
    source = (
        "---\ntitle: Une loi # note\nsubtitle: 'L''an'\ndescription: \"Un \\\"mot\\\"\"\ndraft: false\n---\nTexte\n"
    )
    assert kinds_and_texts(source)[:3] == [
        (Kind.ATTRIBUTE, "Une loi"),
        (Kind.ATTRIBUTE, "L'an"),
        (Kind.ATTRIBUTE, 'Un "mot"'),
    ]
    for text in ("A law: the #1 'test'", "yes", "12", "- a", 'the "law"', "C:\\", "it's", "{a}"):
        written = translated(source, text, text, text)
        values = yaml.safe_load(written.split("---\n")[1])
        assert values == {"title": text, "subtitle": text, "description": text, "draft": False}
        assert texts(written)[:3] == [text] * 3
    assert "title: A law # note" in translated(source, "A law")


def test_front_matter_of_other_kinds() -> None:
    import tomllib

    source = "+++\ntitle = 'Une loi'\ndraft = true\n[params]\ntitle = 'x'\n+++\nTexte\n"
    assert texts(source) == ["Une loi", "Texte"]
    written = translated(source, 'It\'s "a" law')
    assert tomllib.loads(written.split("+++\n")[1])["title"] == 'It\'s "a" law'
    assert texts('{"title": "Une loi"}\n\nTexte') == ["Texte"]
    assert texts("---\n\nTexte\n\n---\n\nFin") == ["Texte", "Fin"]
    assert texts("---\ntitle: >\n  Un pli\nsummary: suite\n  plus loin\n---\nTexte") == ["Texte"]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("5 * 3 = 15", "5 * 3 = 15"),
        ("*note*", "\\*note\\*"),
        ("nom_de_fichier _seul_", "nom_de_fichier \\_seul\\_"),
        ("https://a.fr/b_c_(d)*", "https://a.fr/b_c_(d)*"),
        ("il [le maire] dit", "il [le maire] dit"),
        ("[a](b)", "\\[a\\](b)"),
        ("a < b, <b>", "a < b, \\<b>"),
        ("R&D &amp;", "R&D \\&amp;"),
        ("# un", "\\# un"),
        ("#un", "#un"),
        ("- un", "\\- un"),
        ("-un", "-un"),
        ("2024. Une année", "2024\\. Une année"),
        ("3.5 points", "3.5 points"),
        ("> un", "\\> un"),
        ("`x`", "&#96;x&#96;"),
        ("~~x~~", "\\~\\~x\\~\\~"),
        ("C:\\Temp \\*", "C:\\Temp \\\\\\*"),
    ],
)
def test_only_what_would_be_markup_is_escaped(text: str, escaped: str) -> None:
    assert escape(text) == escaped
    assert texts(escaped) == [text]


def test_a_number_is_escaped_only_at_the_start_of_a_line() -> None:
    assert translated("# Un", "1. One") == "# 1. One"
    assert translated("> Un", "1. One") == "> 1\\. One"


def test_leaving_out_a_block_leaves_what_is_around_it() -> None:
    source = "Un\n\n- Partager\n- Deux\n\n```\ncode\n```\n"
    article = article_of(source)
    blocks = tuple(replace(b, boilerplate="share" if b.text == "Partager" else "") for b in article.blocks)
    assert write(replace(article, blocks=blocks), {}) == "Un\n\n- Deux\n\n```\ncode\n```\n"


def test_other_line_ends_stay() -> None:
    source = "# Un\r\n\r\nDeux\r\ntrois  \r\nquatre\r\n\r\n> cinq\r\n> six\r\n"
    assert texts(source) == ["Un", "Deux trois quatre", "cinq six"]
    check_places(source)
    assert in_capitals(source) == source.upper()


_WORDS = st.lists(
    st.sampled_from(
        ["été", "L'an", "5", "*", "_", "a_b", "« non »", "t&eacute;l", "&", "<", "\\*", "[", "fin.", "|", "\u00a0"]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
_INLINE = st.recursive(
    _WORDS,
    lambda inside: st.one_of(
        st.builds("{}{}".format, inside, inside),
        st.builds("{} {}".format, inside, inside),
        st.builds(
            "{}{}{}".format,
            st.sampled_from(
                ["**", "*", "_", "~~", "`", "``", "<b>", "</b>", "<i class='x'>", "[", "![", "\\\n", "  \n", "\n"]
            ),
            inside,
            st.sampled_from(
                ["**", "*", "_", "~~", "`", "``", "</b>", "</i>", "](a.fr 'b')", "][r]", "]", "[]", "<br>"]
            ),
        ),
    ),
    max_leaves=8,
)


def _indented(mark: str, text: str) -> str:
    width = " " * len(mark)
    return mark + "\n".join(line if not i else width + line for i, line in enumerate(text.split("\n")))


_BLOCKS = st.recursive(
    st.one_of(
        _INLINE,
        st.builds("{} {}".format, st.sampled_from(["#", "##", "#####"]), _WORDS),
        st.builds("{}\n===".format, _WORDS),
        st.builds("```\n{}\n```".format, _WORDS),
        st.builds("| {} | {} |\n|---|---|\n| {} | {}".format, _WORDS, _WORDS, _INLINE, _WORDS),
        st.builds("<div title='{}'><p>{}</p>\n{}</div>".format, _WORDS, _WORDS, _INLINE),
        st.just("[r]: http://a.fr\n"),
        st.just("***"),
    ),
    lambda inside: st.one_of(
        st.builds("{}\n\n{}".format, inside, inside),
        st.builds("{}\n{}".format, inside, inside),
        st.builds(_indented, st.sampled_from(["- ", "1. ", "> "]), inside),
        st.builds(lambda text: "\n".join("> " + line for line in text.split("\n")), inside),
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(_BLOCKS, st.text()))
@example("- \t\ta\n\tb")
@example(">\tx | y\n> -|-\n> a\\|b")
def test_what_is_not_translated_comes_back_as_it_was(source: str) -> None:
    check_places(source)


@settings(max_examples=60, deadline=None)
@given(_BLOCKS, st.text(st.sampled_from("ab *_`[]()<>&#-+.1!|\\~:/\"'="), min_size=1))
def test_any_translation_reads_as_it_was_meant(source: str, translation: str) -> None:
    translation = " ".join(translation.split())
    assume(translation)
    article = article_of(source)
    # The title of a link is left alone where it has escapes.
    escaped = not set("\\&<`|()\"'").isdisjoint(translation)
    plain = [i for i, b in enumerate(article.blocks) if not b.codes and not (escaped and isinstance(b, LinkTitle))]
    targets = {i: [Target(0, len(article.blocks[i].text), translation)] for i in plain}
    expected = [translation if i in plain else block.text for i, block in enumerate(article.blocks)]
    after = texts(write(article, targets))
    # In HTML, a <br> ends a block or not by the text before it.
    assert "".join(" ".join(after).split()) == "".join(" ".join(expected).split())
    if "<br>" not in source:
        assert after == expected


@settings(max_examples=60, deadline=None)
@given(_BLOCKS)
def test_only_words_change_in_generated_documents(source: str) -> None:
    before = read_markdown(source)
    after = read_markdown(in_capitals(source))
    assert [(b.kind, b.level, b.text) for b in after] == [(b.kind, b.level, upper(b.text)) for b in before]
