"""Reads the text blocks of an HTML document, each character with its place in the source.

The document is cut into tokens by the rules of the HTML standard (WHATWG, "Tokenization"). The standard
library's `HTMLParser` isn't used: it raises on some marked sections, takes quadratic time on unclosed tags,
and its rules for comments and scripts moved in patch releases of Python: blocks would depend on the interpreter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from html.entities import html5
from typing import Literal, NamedTuple

from dragoman.article.model import Block, Kind, TextMap
from dragoman.article.raised import Raised, raised

Role = Literal["strong", "emphasis", "link", "code", "break", "note", "other"]


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_WHITE = " \t\n\r\f"

# Elements that end a line of text (WHATWG, "Rendering": display block, list-item, table-*); form controls.
_BLOCK = _names(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu
    nav ol optgroup option p pre search section select summary table tbody td tfoot th thead title tr ul"""
)
_CONTROLS = _names("button label")  # part of the sentence inside a paragraph, blocks elsewhere
_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_VOID = _names("""area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr""")
_RAW = _names("iframe noembed noframes plaintext script style textarea title xmp")
# What is in these isn't prose, or isn't shown; it is written back as it is. All of them need an end tag.
_SKIPPED = _names(
    """audio canvas datalist iframe math noembed noframes noscript object pre script style svg template
    textarea video xmp"""
)
ROLES: dict[str, Role] = {
    "a": "link",
    "b": "strong",
    "cite": "emphasis",
    "code": "code",
    "dfn": "emphasis",
    "em": "emphasis",
    "i": "emphasis",
    "kbd": "code",
    "samp": "code",
    "strong": "strong",
    "tt": "code",
    "var": "emphasis",
}
_KINDS = {
    "blockquote": Kind.QUOTE,
    "caption": Kind.CAPTION,
    "figcaption": Kind.CAPTION,
    "li": Kind.BULLET,
    "td": Kind.CELL,
    "th": Kind.CELL,
    "title": Kind.TITLE,
} | dict.fromkeys(_HEADINGS, Kind.HEADING)
_LISTS = _names("dir menu ol ul")

# Start tags that end an open element, unless one of the second group is nearer (WHATWG, "Tree construction").
_IMPLIED_ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "li": (("li",), ("dir", "menu", "ol", "ul")),
    "dd": (("dd", "dt"), ("dl",)),
    "dt": (("dd", "dt"), ("dl",)),
    "td": (("td", "th"), ("table",)),
    "th": (("td", "th"), ("table",)),
    "tr": (("tr",), ("table",)),
    "tbody": (("caption", "tbody", "tfoot", "thead"), ("table",)),
    "tfoot": (("caption", "tbody", "tfoot", "thead"), ("table",)),
    "thead": (("caption", "tbody", "tfoot", "thead"), ("table",)),
    "option": (("option",), ("select",)),
    "optgroup": (("optgroup", "option"), ("select",)),
}
_INSIDE_PARAGRAPHS = _names("body caption head html legend optgroup option select title")
_PARAGRAPH_STOPS = ("button", "caption", "td", "th")
# Leaving out the only block of one of these would break what is around it.
_KEPT = _names("body head html main table tbody td tfoot th thead title tr")

_ATTRIBUTES = _names("alt aria-label placeholder title")
_META = _names("description og:description og:title twitter:description twitter:title")
_FRENCH = _names("fr fra fre")

_TERMINAL = frozenset('.!?…:;»”"')
_DASHES = frozenset("-–—―")
LONGEST_ATTRIBUTION = 160  # characters: a name and a function, not a reply in a dialogue

TAIL = 8  # characters before a raised element that tell what it is
_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")
_NAME = re.compile(r"[a-zA-Z][^ \t\n\r\f/>]*")
_ATTRIBUTE = re.compile(
    r"""[ \t\n\r\f/]*([^ \t\n\r\f/>][^ \t\n\r\f/>=]*)"""
    r"""(?:[ \t\n\r\f]*=[ \t\n\r\f]*(?:"([^"]*)"|'([^']*)'|([^ \t\n\r\f>"'][^ \t\n\r\f>]*)|(["'])))?"""
)
_TAG_END = re.compile(r"[ \t\n\r\f/]*>")
_COMMENT_END = re.compile(r"--!?>")
INVISIBLE = "\u00ad\u200b\ufeff"  # soft hyphen, zero-width space and no-break space: where French may break a line
_SPECIAL = re.compile(
    r"&(?:\#(?:[0-9]+|[xX][0-9a-fA-F]+);?|[a-zA-Z][a-zA-Z0-9]{1,31};?)"
    f"|[{INVISIBLE}]"
)
_CONTINUED = re.compile("[=a-zA-Z0-9]")
_BLANK = re.compile("(?:[ \t\n\r\f\u00a0]|&nbsp;)*")


class Attribute(NamedTuple):
    """An attribute of a start tag: its name in lower case, and the range of its value as written."""

    name: str
    begin: int
    end: int


class Token(NamedTuple):
    """A part of the document: text (with references), a start tag, an end tag, or another (a comment)."""

    kind: Literal["text", "start", "end", "other"]
    begin: int
    end: int
    name: str = ""
    attributes: tuple[Attribute, ...] = ()


def tokens(source: str) -> Iterator[Token]:
    """Yield the tokens of an HTML document; their ranges follow one another and cover it. Never raises."""
    last_cdata = source.rfind("]]>")
    foreign = 0
    begin = at = 0  # of the text that isn't yielded yet
    while match := _MARKUP.search(source, at):
        at = match.start()
        token = _markup(source, at, last_cdata)
        if token is None:
            at += 1
            continue
        if begin < at:
            yield Token("text", begin, at)
        yield token
        begin = at = token.end
        if token.name in ("svg", "math"):
            foreign += 1 if token.kind == "start" else -1
        if token.kind == "start" and token.name in _RAW:
            if foreign > 0 and source[token.end - 2] == "/":
                continue
            close = re.compile(rf"</{token.name}(?=[ \t\n\r\f/>])", re.IGNORECASE).search(source, at)
            end = close.start() if close and token.name != "plaintext" else len(source)
            if begin < end:
                yield Token("text" if token.name == "title" and close else "other", begin, end)
            begin = at = end
    if begin < len(source):
        yield Token("text", begin, len(source))


def _markup(source: str, at: int, last_cdata: int) -> Token | None:
    """Return the tag or comment that starts at a "<", or None if it is text. If unclosed, it has no end."""
    if name := _NAME.match(source, at + 1):
        return _start_tag(source, at, name)
    if source.startswith("<!--", at):
        if source.startswith((">", "->"), at + 4):
            return Token("other", at, source.index(">", at) + 1)
        close = _COMMENT_END.search(source, at + 4)
        return Token("other", at, close.end() if close else len(source))
    if source.startswith("<![CDATA[", at) and at < last_cdata:
        return Token("other", at, source.index("]]>", at) + 3)
    if source.startswith("</", at):
        if at + 2 == len(source):
            return None
        if name := _NAME.match(source, at + 2):
            tag = _start_tag(source, at, name)
            return Token("end", at, tag.end, tag.name) if tag.kind == "start" else tag
    end = source.find(">", at)
    return Token("other", at, end + 1 if end >= 0 else len(source))


def _start_tag(source: str, begin: int, name: re.Match[str]) -> Token:
    attributes = []
    at = name.end()
    while not (close := _TAG_END.match(source, at)):
        match = _ATTRIBUTE.match(source, at)
        if not match or match[5]:
            return Token("other", begin, len(source))
        at = match.end()
        group = match.lastindex or 1
        value = match.span(group) if group > 1 else (at, at)
        attributes.append(Attribute(match[1].lower(), *value))
    return Token("start", begin, close.end(), name[0].lower(), tuple(attributes))


def decoded(source: str, begin: int, end: int, *, attribute: bool = False) -> Iterator[tuple[str, int, int]]:
    """Yield source[begin:end] in pieces (text, begin, end): literal text, or what one reference stands for.

    Literal text is as long as its range, a reference's is shorter. Invisible hints for line breaks yield "".

    Args:
        source: An HTML document.
        begin: Where the text begins.
        end: Where it ends.
        attribute: The range is an attribute's value, in which `&copy=` is not a reference.

    """
    at = begin
    for match in _SPECIAL.finditer(source, begin, end):
        text, size = _reference(match[0])
        stop = match.start() + size
        if not size or (attribute and source[stop - 1] != ";" and _CONTINUED.match(source, stop, end)):
            continue
        if at < match.start():
            yield source[at : match.start()], at, match.start()
        yield text, match.start(), stop
        at = stop
    if at < end:
        yield source[at:end], at, end


def _reference(raw: str) -> tuple[str, int]:
    """Return what a character reference stands for, and its length: 0 if it is none."""
    if raw[0] != "&":
        return "", 1
    text, size = "", 0
    if raw[1] == "#":
        # int() refuses thousands of digits
        text, size = unescape(raw) if len(raw) <= 12 else "\ufffd", len(raw)
    else:
        for size in range(len(raw), 2, -1):
            if raw[1:size] in html5:
                text = html5[raw[1:size]]
                break
        else:
            size = 0
    return "" if text in INVISIBLE else text, size


class Run(TextMap):
    """The text of a block in the making, whose inline codes are paired by their names."""

    def __init__(self) -> None:
        super().__init__()
        self._open: dict[str, list[tuple[int, Role]]] = {}
        self._pairs = 0
        self._quoted = 0  # open <q>
        self.strays = 0  # codes that can't be paired

    def put(self, char: str, begin: int, end: int) -> None:
        """Add one character as `TextMap.put` does; no-break spaces at the start stay in the skeleton, too."""
        if self.text or not char.isspace():
            super().put(char, begin, end)

    def html(self, source: str, begin: int, end: int, *, attribute: bool = False) -> None:
        """Add HTML text, of which references are decoded."""
        for text, start, stop in decoded(source, begin, end, attribute=attribute):
            if len(text) == stop - start:
                self.add(text, start)
            else:
                for index, char in enumerate(text):
                    self.put(char, start if not index else stop, stop)

    def protect(self, start: int) -> None:
        """Mark the text from offset `start` to the present end as not to be translated."""
        if self.protected and self.protected[-1][1] == start:
            start = self.protected.pop()[0]
        if start < len(self):
            self.protected.append((start, len(self)))

    def open(self, name: str, begin: int, end: int, role: Role = "other", href: str = "") -> None:
        """Add the opening code source[begin:end]."""
        self._pairs += 1
        self.code(begin, end, "open", self._pairs, role, href)
        self._open.setdefault(name, []).append((self._pairs, role))

    def close(self, name: str, begin: int, end: int) -> None:
        """Add the closing code source[begin:end] of the last open code with that name, if there is one."""
        if self._open.get(name):
            self.code(begin, end, "close", *self._open[name].pop())
        else:
            self.strays += 1
            self.whole(begin, end)

    def whole(self, begin: int, end: int, role: Role = "other", label: str = "") -> None:
        """Add a code that stands alone."""
        self._pairs += 1
        self.code(begin, end, "whole", self._pairs, role, label=label)

    def raised(self, element: Raised, begin: int, end: int) -> None:
        """Add the element source[begin:end]: a footnote's mark as a code, other text in the place of its tags."""
        if element.note:
            self.whole(begin, end, "note" if element.text else "other", element.text)
        else:
            for index, char in enumerate(element.text):
                self.put(char, end if index else begin, end)
            if element.base:
                self.protect(len(self) - element.base - len(element.text))

    def quote(self, begin: int, end: int, *, opening: bool) -> None:
        """Add the tag source[begin:end] of a <q> as the quotation mark that browsers show for it."""
        self._quoted += opening
        if opening or self._quoted:
            inner = self._quoted > 1
            self.put(("“" if inner else "«") if opening else "”" if inner else "»", begin, end)
            self._quoted -= not opening

    @property
    def tail(self) -> str:
        """The end of the text so far."""
        return "".join(self.text[-TAIL:])

    def line_break(self, begin: int, end: int) -> None:
        """Add a line break: a space for the reader of `text`, and a code."""
        self.put(" ", begin, end)
        self.whole(begin, end, "break")

    @property
    def last(self) -> str:
        """The last character that isn't folded white space, or ""."""
        return next((char for char in reversed(self.text[-2:]) if char != " "), "")

    def block(
        self,
        kind: Kind,
        start: int,
        end: int,
        *,
        level: int = 0,
        ordered: bool = False,
        boilerplate: str = "",
    ) -> Block | None:
        """Return the finished block as `TextMap.block` does, with no space of any kind at its end.

        Codes left open stand alone; a closing code behind the last space stays with its partner, and with it all codes
        between them.
        """
        while self.text and self.text[-1].isspace():
            self.text.pop()
        size = len(self.text)
        del self.begins[size:], self.ends[size:]
        left = {pair for pairs in self._open.values() for pair, _ in pairs}
        self.strays += len(left)
        paired = {code.pair for code in self.codes if code.kind == "open" and code.at <= size} - left
        kept = max((i for i, code in enumerate(self.codes) if code.pair in paired and code.at > size), default=-1)
        for index, code in enumerate(self.codes):
            if code.pair in left:
                self.codes[index] = code = replace(code, kind="whole")
            if index <= kept and code.at > size:
                self.codes[index] = replace(code, at=size)
        return super().block(kind, start, end, level=level, ordered=ordered, boilerplate=boilerplate)


def role(source: str, tag: Token) -> tuple[Role, str]:
    """Return the role of an inline start tag, and the target of a link, decoded."""
    if tag.name == "a":
        for attribute in tag.attributes:
            if attribute.name == "href":
                return "link", _value(source, attribute)
        return "other", ""
    return ROLES.get(tag.name, "other"), ""


def _value(source: str, attribute: Attribute) -> str:
    pieces = decoded(source, attribute.begin, attribute.end, attribute=True)
    return "".join(text for text, _, _ in pieces).strip(_WHITE)


def is_void(name: str) -> bool:
    """Whether the element has no end tag."""
    return name in _VOID


def is_protected(source: str, tag: Token) -> bool:
    """Whether the text of an inline element isn't to be translated: code, `translate="no"`, foreign words."""
    return role(source, tag)[0] == "code" or not all(_language(source, tag, True, True))


def _language(source: str, tag: Token, translate: bool, french: bool) -> tuple[bool, bool]:
    """Return whether an element's text may be translated, and is French, given its parent's values."""
    if tag.name in ("html", "body"):
        # Templates say lang="en" of French pages, and notranslate to stop browsers from offering a translation.
        return True, True
    marks = []
    for attribute in tag.attributes:
        if attribute.name == "translate":
            marks.append(_value(source, attribute).lower() != "no")
        elif attribute.name == "class" and "notranslate" in _value(source, attribute).split():
            marks.append(False)
        elif attribute.name in ("lang", "xml:lang") and (value := _value(source, attribute)):
            french = re.split("[-_]", value.lower())[0] in _FRENCH
    return all(marks) if marks else translate, french


def french_marks(source: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of the values of lang and xml:lang that call text French which is to be translated."""
    for tag in tokens(source):
        if tag.kind == "start" and _language(source, tag, True, True)[0]:
            for attribute in tag.attributes:
                value = _value(source, attribute)
                if attribute.name in ("lang", "xml:lang") and re.split("[-_]", value.lower())[0] in _FRENCH:
                    yield attribute.begin, attribute.end


def attribute_blocks(source: str, tag: Token) -> Iterator[Block]:
    """Yield a block for each attribute of a start tag that people read: alt, title, a page's description."""
    names = _ATTRIBUTES
    if tag.name == "meta":
        said = {_value(source, a).lower() for a in tag.attributes if a.name in ("name", "property")}
        names = frozenset({"content"}) if said & _META else frozenset()
    for attribute in tag.attributes:
        if attribute.name in names:
            run = Run()
            run.html(source, attribute.begin, attribute.end, attribute=True)
            block = run.block(Kind.ATTRIBUTE, attribute.begin, attribute.end)
            if block:
                yield block


@dataclass(slots=True, eq=False)
class _Element:
    """An open element, with what it hands down to those inside it."""

    name: str
    begin: int = 0
    inside: int = 0  # where its content begins
    block: bool = True
    index: int = 0  # in the stack
    first: int = 0  # blocks that were found before it
    kind: Kind = Kind.PARAGRAPH
    owner: _Element | None = None  # the one that says the kind
    level: int = 0  # of headings
    depth: int = 0  # of lists
    ordered: bool = False
    translate: bool = True
    french: bool = True
    silent: bool = False
    protected: bool = False
    paragraph: bool = False
    closed: bool = False
    used: bool = False  # an item that has its bullet, a figure that has its quotation


@dataclass(slots=True)
class _Reader:
    source: str
    tokens: list[Token]
    blocks: list[Block] = field(default_factory=list)
    reach: list[tuple[int, int] | None] = field(default_factory=list)  # of each block with its markup
    attributes: list[Block] = field(default_factory=list)
    stack: list[_Element] = field(default_factory=lambda: [_Element("")])
    opened: dict[str, list[_Element]] = field(default_factory=dict)
    run: Run = field(default_factory=Run)
    run_begin: int = 0

    def read(self) -> None:
        ends = _ends(self.tokens)
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.kind == "text":
                top = self.stack[-1]
                if not top.silent:
                    size = len(self.run)
                    self.run.html(self.source, token.begin, token.end)
                    if top.protected:
                        self.run.protect(size)
            elif token.kind == "other":
                self.run.whole(token.begin, token.end)
            elif token.name == "br":
                self._break(index)
            elif token.kind == "end":
                self._end(token)
            elif index in ends:
                self._skip(token, self.tokens[ends[index]].end)
                index = ends[index]
            elif found := self._raised(index):
                index = found
            else:
                self._start(index)
            index += 1
        self._flush(len(self.source), len(self.source))

    def _raised(self, index: int) -> int:
        """Read an element that is one as a whole, if it is, and return the index of its last token, else 0."""
        top = self.stack[-1]
        if self.tokens[index].name not in ("a", "sub", "sup") or top.silent or top.protected:
            return 0
        found = raised(self.source, self.tokens, index, self.run.tail)
        if found is None:
            return 0
        for token in self.tokens[index : found.last]:
            if token.kind == "start":
                self._attributes(token, self._element(token, block=False))
        self.run.raised(found, self.tokens[index].begin, self.tokens[found.last].end)
        return found.last

    def _skip(self, token: Token, end: int) -> None:
        self._attributes(token, self._element(token, block=False))
        if token.name == "pre":
            self._imply_ends(token)
            self._flush(token.begin, end)
        else:
            self.run.whole(token.begin, end)

    def _attributes(self, token: Token, element: _Element) -> None:
        if not element.silent and not element.protected:
            self.attributes += attribute_blocks(self.source, token)

    def _start(self, index: int) -> None:
        token = self.tokens[index]
        block = (
            token.name in _BLOCK
            or (token.name in _CONTROLS and not self.stack[-1].paragraph)
            or (token.name == "cite" and self._names_speaker(index))
        )
        if block:
            self._imply_ends(token)
            self._flush(token.begin, token.end)
        element = self._element(token, block)
        self._attributes(token, element)
        if token.name in _VOID:
            if not block:
                self.run.whole(token.begin, token.end)
            return
        self.stack.append(element)
        self.opened.setdefault(token.name, []).append(element)
        if token.name == "q" and not element.protected and not element.silent:
            self.run.quote(token.begin, token.end, opening=True)
        elif not block:
            self.run.open(token.name, token.begin, token.end, *role(self.source, token))

    def _element(self, token: Token, block: bool) -> _Element:
        name = token.name
        parent = self.stack[-1]
        translate, french = _language(self.source, token, parent.translate, parent.french)
        code = ROLES.get(name) == "code"
        element = _Element(
            name,
            token.begin,
            token.end,
            block,
            len(self.stack),
            len(self.blocks),
            parent.kind,
            parent.owner,
            parent.level,
            parent.depth + (name in _LISTS),
            name == "ol" if name in _LISTS else parent.ordered,
            translate,
            french,
            silent=not translate if block else parent.silent,
            protected=not french or (not block and (not translate or code or parent.protected)),
            paragraph=(name == "p" or name in _HEADINGS) if block else parent.paragraph,
        )
        if block:
            kind = _KINDS.get(name)
            if name in ("cite", "footer") and parent.kind is Kind.QUOTE:
                kind = Kind.ATTRIBUTION
            if name == "figcaption" and parent.name == "figure" and parent.used:
                kind = Kind.ATTRIBUTION
            if kind:
                element.kind, element.owner = kind, element
                element.level = int(name[1]) if kind is Kind.HEADING else 0
        return element

    def _end(self, token: Token) -> None:
        opened = self.opened.get(token.name)
        if not opened:
            if token.name == "p":
                self._flush(token.begin, token.end)
            else:
                self.run.strays += 1
                self.run.whole(token.begin, token.end)
            return
        element = opened[-1]
        if element.block:
            self._flush(token.begin, token.end)
            self._pop(element, token.begin, token.end)
            return
        opened.pop()
        element.closed = True
        while self.stack[-1].closed:
            self.stack.pop()
        if token.name == "q" and not element.protected and not element.silent:
            self.run.quote(token.begin, token.end, opening=False)
        else:
            self.run.close(token.name, token.begin, token.end)

    def _imply_ends(self, token: Token) -> None:
        rules = [_IMPLIED_ENDS[token.name]] if token.name in _IMPLIED_ENDS else []
        if token.name in _BLOCK and token.name not in _INSIDE_PARAGRAPHS:
            rules.append((("p",), _PARAGRAPH_STOPS))
        for names, stops in rules:
            innermost = self._innermost(names)
            if innermost > self._innermost(stops):
                self._flush(token.begin, token.begin)
                self._pop(self.stack[innermost], token.begin, token.begin)

    def _innermost(self, names: Sequence[str]) -> int:
        """Return the place in the stack of the last open element with one of the names, or 0."""
        return max((self.opened[name][-1].index for name in names if self.opened.get(name)), default=0)

    def _pop(self, element: _Element, at: int, end: int) -> None:
        """Close the element and all in it, where its end tag is source[at:end]."""
        while True:
            top = self.stack.pop()
            if not top.closed:
                self.opened[top.name].pop()
            if top.block:
                self._finish(top, at, end if top is element else at)
            if top is element:
                break
        while self.stack[-1].closed:
            self.stack.pop()

    def _finish(self, element: _Element, at: int, end: int) -> None:
        """Let the only block of a closed element span the element; tell an attribution from its quotation."""
        count = len(self.blocks) - element.first
        if count == 1 and element.name not in _KEPT and (reach := self.reach[-1]):
            before, after = self.source[element.inside : reach[0]], self.source[reach[1] : at]
            if not before.strip(_WHITE) and not after.strip(_WHITE):
                self.blocks[-1] = replace(self.blocks[-1], start=element.begin, end=end)
                self.reach[-1] = element.begin, end
        if element.name == "blockquote":
            self.stack[-1].used |= self.stack[-1].name == "figure"
            if count > 1:
                self.blocks[-1] = attribution(self.blocks[-2], self.blocks[-1])

    def _flush(self, at: int, end: int) -> None:
        """Finish the run of text before source[at:end], which ends a block."""
        top = self.stack[-1]
        kind, level, ordered = top.kind, top.level, False
        if kind is Kind.BULLET and top.owner:
            if top.owner.used:
                kind = Kind.PARAGRAPH
            else:
                level, ordered = max(top.depth, 1), top.ordered
        block = self.run.block(kind, self.run_begin, at, level=level, ordered=ordered)
        if block:
            if kind is Kind.BULLET and top.owner:
                top.owner.used = True
            start, stop = _extent(block)
            self.blocks.append(replace(block, start=start, end=stop))
            self.reach.append(None if self.run.strays else (self.run_begin, at))
        self.run = Run()
        self.run_begin = end

    def _break(self, index: int) -> None:
        token = self.tokens[index]
        if self.run.last and (self.run.last in _TERMINAL or self._breaks_again(index)):
            self._flush(token.begin, token.end)
        else:
            self.run.line_break(token.begin, token.end)

    def _breaks_again(self, index: int) -> bool:
        """Whether a second <br> follows with no text between."""
        for position in range(index + 1, len(self.tokens)):
            token = self.tokens[position]
            if token.name == "br":
                return True
            if token.kind == "text":
                if _BLANK.fullmatch(self.source, token.begin, token.end) is None:
                    return False
            elif token.name in _BLOCK or token.name in _VOID:
                return False
        return False

    def _names_speaker(self, index: int) -> bool:
        """Whether a <cite> in a block quotation is the line that names its speaker, not a title in it."""
        if self.stack[-1].kind is not Kind.QUOTE:
            return False
        first, inside = "", True
        for position in range(index + 1, len(self.tokens)):
            token = self.tokens[position]
            if token.kind == "text":
                text = self.source[token.begin : token.end].strip(_WHITE)
                if text and not inside:
                    return False
                first = first or text[:1]
            elif token.name == "cite":
                if token.kind == "start":
                    return False
                inside = False
            elif token.name in _BLOCK:
                break
        return not self.run.last or self.run.last in _TERMINAL or first in _DASHES


def _ends(found: Sequence[Token]) -> dict[int, int]:
    """Return the index of the end tag for the index of each start tag of an element that isn't read."""
    ends: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for index, token in enumerate(found):
        if token.name in _SKIPPED:
            if token.kind == "start":
                opened.setdefault(token.name, []).append(index)
            elif opened.get(token.name):
                ends[opened[token.name].pop()] = index
    return ends


def _extent(block: Block) -> tuple[int, int]:
    """Return the range of a block's text with all its pairs of codes, and its marks of footnotes."""
    pairs = [code for code in block.codes if code.kind != "whole" or code.role == "note"]
    return (
        min([block.begins[0], *(code.begin for code in pairs)]),
        max([block.ends[-1], *(code.end for code in pairs)]),
    )


def attribution(before: Block, block: Block) -> Block:
    """Return the last block of a quotation as its attribution if it is one: a dash, and then who said it.

    In a dialogue the lines before start with a dash, too.
    """
    if (
        block.kind is Kind.QUOTE
        and before.kind is Kind.QUOTE
        and block.text[0] in _DASHES
        and before.text[0] not in _DASHES
        and len(block.text) <= LONGEST_ATTRIBUTION
    ):
        return replace(block, kind=Kind.ATTRIBUTION)
    return block


def read_html(source: str) -> tuple[Block, ...]:
    """Return all blocks of text in an HTML page or fragment, in the order in which they begin.

    Marks of footnotes are codes, raised endings and digits are text (see `raised`).

    Inline markup never ends a block; block-level elements, two <br> in a row, and a <br> after the end of a
    sentence do. Text in elements like <script>, <pre>, <svg> or <template> isn't read, nor are blocks marked
    `translate="no"`. Code in a sentence, words in it marked `translate="no"`, and text in another language are in
    `Block.protected`. Attributes for people (alt, title, aria-label, placeholder, descriptions in <meta>) are blocks
    of Kind.ATTRIBUTE.

    In a fragment, which has no <html>, <head> or <body>, the first <h1> is the title. In a page <title> is,
    unless there is an <h1>: then it is an attribute, and which heading is the title is for the caller to say.

    A block's range is that of its element with the tags where it is all that is in the element.

    Never raises, whatever the source; takes linear time.
    """
    reader = _Reader(source, list(tokens(source)))
    reader.read()
    blocks = reader.blocks
    main = [i for i, block in enumerate(blocks) if block.kind is Kind.HEADING and block.level == 1]
    if main:
        blocks = [replace(b, kind=Kind.ATTRIBUTE) if b.kind is Kind.TITLE else b for b in blocks]
        if not any(token.name in ("html", "head", "body") for token in reader.tokens):
            blocks[main[0]] = replace(blocks[main[0]], kind=Kind.TITLE)
    return tuple(sorted([*blocks, *reader.attributes], key=lambda block: block.begins[0]))
