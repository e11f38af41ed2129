"""XML as text: what may stand in it, and what must be written otherwise."""

import re
from typing import Final
from xml.sax.saxutils import escape, quoteattr

HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
# Characters that no XML 1.0 document may hold, not even escaped: NUL and its like, halves of surrogates.
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def allowed(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def element(name: str, text: str, **attributes: str) -> str:
    """`<name attribute="…">text</name>`, everything escaped."""
    return f"<{name}{_written(attributes)}>{escape(allowed(text))}</{name}>"


def empty(name: str, **attributes: str) -> str:
    """`<name attribute="…"/>`. A trailing underscore of an attribute's name is dropped (`type_`)."""
    return f"<{name}{_written(attributes)}/>"


def _written(attributes: dict[str, str]) -> str:
    return "".join(
        f" {name.rstrip('_').replace('__', ':')}={quoteattr(allowed(value))}" for name, value in attributes.items()
    )
