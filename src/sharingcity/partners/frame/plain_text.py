"""HTML of descriptions to plain text with its paragraphs."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul"),
    )
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_CUT_OFF = re.compile(r"(?i)<(?:/?(?:html|head|body|div|p|span|a|img|table|t[rdh]|br|font)\b|!--|!doctype)[^<>]*$")
"""A field of a table may end in the middle of a tag."""
_SILENT = frozenset(("script", "style", "template"))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def plain_text(html: str, apart: re.Pattern[str] | None = None) -> str:
    """Text only; a paragraph begins wherever `apart` matches. A `<` that opens no tag, as in `<이용요금>`, stays;
    office programs' private bullets become •.
    """
    text = _without_tags(html) if "<" in html or "&" in html else html
    text = text if apart is None else apart.sub("\n\n", text)
    text = _PRIVATE.sub("•", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    lines = (re.sub(r"[ \t\u3000]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_tags(html: str) -> str:
    parser = _Text()
    parser.feed(_CUT_OFF.sub("", html))
    parser.close()
    return "".join(parser.parts)
