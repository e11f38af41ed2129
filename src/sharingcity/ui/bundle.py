"""One stylesheet out of many: `site.css` names the files in order, the bundle joins them."""

import re
from pathlib import Path

CSS_ROOM = Path(__file__).parent / "static" / "ui" / "css"
ENTRY = CSS_ROOM / "site.css"
BUNDLE = "ui/css/bundle.css"

_IMPORT = re.compile(r'@import url\("([^"]+)"\);')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def stylesheets() -> list[Path]:
    """The style files in the order in which they apply."""
    return [CSS_ROOM / name for name in _IMPORT.findall(ENTRY.read_text(encoding="utf-8"))]


def bundled_css() -> str:
    """All styles as one text, without comments and indentation."""
    joined = "\n".join(sheet.read_text(encoding="utf-8") for sheet in stylesheets())
    lines = (line.strip() for line in _COMMENT.sub("", joined).splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def build_css(folder: Path) -> Path:
    """Writes the bundle below a folder of static files, for `collectstatic` to pick up and hash."""
    target = folder / BUNDLE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(bundled_css(), encoding="utf-8")
    return target
