"""Icons: Lucide, drawn inline so that they take the colour of the words beside them."""

import re
from functools import lru_cache

from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

from sharingcity.ui.drawings.svg import finished

_SAID_IN_CSS = re.compile(r' (?:fill="none"|stroke="currentColor"|stroke-width="\d"|stroke-line(?:cap|join)="round")')
"""What every icon repeats; `.icon` in layout.css says it once."""


@lru_cache(maxsize=1024)
def icon(name: str, size: int = 20, *, turn: bool = False, label: str = "") -> SafeString:
    """One icon as SVG. `turn` mirrors it in right-to-left text (arrows only).

    Without a label it is hidden from screen readers, because words stand beside it.

    Raises:
        lucide.IconDoesNotExist: no icon of that name.
    """
    said = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    said["class"] = "icon icon-turn" if turn else "icon"
    drawn = " ".join(str(lucide(name, size=size, **said)).split()).replace("> <", "><").replace(" />", "/>")
    head, rest = drawn.split(">", 1)
    return finished(f"{_SAID_IN_CSS.sub('', head)}>{rest}")
