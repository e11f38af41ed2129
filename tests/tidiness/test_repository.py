"""Things that no other tool looks for."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.core.management import call_command
from tests.tidiness.test_sizes import CHECKOUT, kept_files

from sharingcity.site.messages import LANGUAGES, SOURCE, catalogue_path, extracted

CONTEXTS = sorted(path.name for path in SOURCE.iterdir() if (path / "apps.py").exists())
INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")|<style|\sstyle=|\son[a-z]+=")


def texts(*suffixes: str) -> list[tuple[str, str]]:
    found = [path for path in kept_files() if path.suffix in suffixes and "src" in path.parts]
    return [(str(path.relative_to(CHECKOUT)), path.read_text(encoding="utf-8")) for path in found]


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated(context: str, language: str) -> None:
    path = catalogue_path(context, language)
    known = {}
    if path.exists():
        with path.open("rb") as file:
            known = {(m.context, m.id): m.string for m in read_po(file, locale=language) if m.id}

    wanted = [(message.context, message.id) for message in extracted(context) if message.id]
    missing = [text for place, text in wanted if not filled(known.get((place, text)))]
    assert missing == []


def filled(string: object) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(context: str, language: str) -> None:
    path = catalogue_path(context, language)
    if not path.exists():
        return
    with path.open("rb") as file:
        messages = [m for m in read_po(file, locale=language) if isinstance(m.id, str) and isinstance(m.string, str)]

    placeholder = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
    changed = [
        m.id
        for m in messages
        if m.id and m.string and set(placeholder.findall(m.id)) != set(placeholder.findall(m.string))
    ]
    assert changed == []


def test_templates_have_no_inline_style_or_script() -> None:
    pages = [(name, text) for name, text in texts(".html") if "/email/" not in name]

    assert [name for name, text in pages if INLINE.search(re.sub(r"{%.*?%}|{{.*?}}", "", text))] == []


def test_styles_use_logical_properties_only() -> None:
    physical = re.compile(
        r"(?<![-\w])(?:margin|padding|border)-(?:left|right)\b|(?<![-\w])(?:left|right)\s*:|text-align:\s*(?:left|right)"
    )

    assert [
        name for name, text in texts(".css") if physical.search(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))
    ] == []


def test_nothing_names_this_machine_or_a_registry() -> None:
    banned = re.compile(r"/work/(?:main|shared)|/root/|files\.pythonhosted|pypi\.org|--index-url|--find-links")
    ours = [p for p in kept_files() if p != Path(__file__) and p.suffix in {".py", ".toml", ".lock", ".yml", ".md", ""}]

    assert [str(path.relative_to(CHECKOUT)) for path in ours if banned.search(path.read_text(encoding="utf-8"))] == []


def test_no_file_is_left_unfinished() -> None:
    mark = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")

    assert [name for name, text in texts(".py", ".html", ".css", ".js") if mark.search(text)] == []


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_system_checks_find_nothing() -> None:
    call_command("check", fail_level="WARNING", verbosity=0)
