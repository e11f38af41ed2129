"""Message catalogues without gettext installed: `python -m sharingcity.site.messages [CONTEXT …]`.

Extracts every marked string of the rooms named (all, when none) into their Korean and Arabic catalogues, keeps what is
translated, and compiles. `--compile` only compiles. Prints per catalogue how many strings wait for a translation.
"""

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1]
LANGUAGES = ("ko", "ar")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def _sources(context: str) -> Iterator[tuple[str, bytes]]:
    """Python files and templates of a room, templates turned into Python by Django itself."""
    for path in sorted((SOURCE / context).rglob("*")):
        name = str(path.relative_to(SOURCE))
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield name, path.read_bytes()
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            yield name, templatize(path.read_text(encoding="utf-8"), origin=name).encode()


def extracted(context: str) -> Catalog:
    """All marked strings of a room, without line numbers (they would change with every edit)."""
    catalog = Catalog(charset="utf-8", header_comment="")
    for name, text in _sources(context):
        for _line, message, comments, message_context in extract(
            "python", io.BytesIO(text), keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            catalog.add(message, None, [(name, 0)], auto_comments=comments, context=message_context)
    return catalog


def catalogue_path(context: str, language: str) -> Path:
    return SOURCE / context / "locale" / language / "LC_MESSAGES" / "django.po"


def update(context: str, language: str) -> int:
    """Brings one catalogue up to date; returns how many strings are untranslated."""
    template = extracted(context)
    path = catalogue_path(context, language)
    if not len(template):
        return 0
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
    else:
        catalog = template
        catalog.locale = language
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        write_po(out, catalog, omit_header=False, include_lineno=False, sort_output=True, width=110)
    return sum(1 for message in catalog if message.id and not _is_translated(message.string))


def _is_translated(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def compile_catalogues() -> int:
    """Writes a .mo beside each .po that is newer; returns how many were written."""
    written = 0
    for path in SOURCE.glob("*/locale/*/LC_MESSAGES/django.po"):
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parts[-3])
        # Beside it and renamed: another process that starts now reads the whole file or none.
        fresh = compiled.with_suffix(f".{os.getpid()}.mo")
        with fresh.open("wb") as out:
            write_mo(out, catalog)
        fresh.replace(compiled)
        written += 1
    return written


def main(arguments: list[str]) -> None:
    if "--compile" not in arguments:
        contexts = [a for a in arguments if not a.startswith("-")] or [p.name for p in SOURCE.iterdir() if p.is_dir()]
        for context in sorted(contexts):
            for language in LANGUAGES:
                if waiting := update(context, language):
                    print(f"{context} {language}: {waiting} strings wait for a translation")
    compile_catalogues()


if __name__ == "__main__":
    if not settings.configured:
        settings.configure(USE_I18N=True)
    main(sys.argv[1:])
