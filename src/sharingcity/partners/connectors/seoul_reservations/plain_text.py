"""HTML of descriptions to plain text with its paragraphs."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul"),
    )
)
_HEADING = re.compile(r"(?=[1-4]\. ?(?:공공시설 예약서비스|시설예약|상세내용|주의사항))|(?<=3\. 상세내용)")
"""The site glues its four headings to the text before them."""
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
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


def plain_text(html: str) -> str:
    """Text only. A `<` that opens no tag, as in `<이용요금>`, stays; office programs' private bullets become •."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    text = _HEADING.sub("\n\n", "".join(parser.parts)).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    text = _PRIVATE.sub("•", text)
    lines = (re.sub(r"[ \t\u3000]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
