"""The files of a GBFS system: found by `gbfs.json`, read from a folder or from the web, kept together as one source."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from sharingcity.partners.frame.fetch import fetch
from sharingcity.partners.frame.setting import Ask, Fetched
from sharingcity.partners.frame.source import Source, SourceRefused, not_json
from sharingcity.partners.frame.web import Answer, Validators

Documents = Mapping[str, Mapping[str, Any]]

DISCOVERY: Final = "gbfs"
ENTRIES: Final[tuple[str, ...]] = (
    "system_information",
    "station_information",
    "vehicle_types",
    "system_pricing_plans",
    "system_regions",
)
STATUS: Final[tuple[str, ...]] = ("station_status", "vehicle_status", "free_bike_status")
_MAJORS: Final = ("2", "3")


def from_place(location: str) -> Source:
    """The files beside a `gbfs.json` (or in a folder), or those that an address names."""
    if location.startswith(("http://", "https://")):
        return fetch_system(location, lambda address, _known: Answer(fetch(address).data), {}, "").source
    folder = Path(location)
    folder = folder if folder.is_dir() else folder.parent
    known = {path.stem: path for path in sorted(folder.glob("*.json"))}
    if DISCOVERY not in known:
        raise SourceRefused("not_found", _("There is no gbfs.json in “%(name)s”."), name=str(folder))
    discovery = read_document(fetch(str(known[DISCOVERY])).data, DISCOVERY)
    named = [name for name in (*ENTRIES, *STATUS) if name in addresses_of(discovery, "") and name in known]
    files = {name: read_document(fetch(str(known[name])).data, name) for name in named}
    return together(folder.name, {DISCOVERY: discovery} | files)


def fetch_system(location: str, ask: Ask, known: Mapping[str, Validators], language: str) -> "Fetched":
    """Everything that makes up entries, and the status files that tell whether they fit."""
    fetched = fetch_changed(location, ask, known, language)
    if fetched is None:
        raise SourceRefused("unreachable", _("“%(name)s” answers a question that nobody asked."), name=location)
    return fetched


def fetch_changed(location: str, ask: Ask, known: Mapping[str, Validators], language: str) -> "Fetched | None":
    """The same, or None where each of the files that make up entries is as it was."""
    discovery = _whole(location, ask, DISCOVERY)[0]
    addresses = addresses_of(discovery, language)
    wanted = [name for name in ENTRIES if name in addresses]
    answers = {name: ask(addresses[name], known.get(addresses[name], Validators())) for name in wanted}
    if wanted and all(answer is None for answer in answers.values()):
        return None
    files: dict[str, Mapping[str, Any]] = {DISCOVERY: discovery}
    validators: dict[str, Validators] = {}
    for name in wanted:
        answer = answers[name] or _asked(addresses[name], ask)
        files[name] = read_document(answer.body, name)
        validators[addresses[name]] = answer.validators
    for name in (name for name in STATUS if name in addresses):
        files[name] = _whole(addresses[name], ask, name)[0]
    return Fetched(source=together(location, files), validators=validators)


def fetch_status(location: str, ask: Ask, language: str) -> Documents:
    """The files that change by the minute."""
    addresses = addresses_of(_whole(location, ask, DISCOVERY)[0], language)
    return {name: _whole(addresses[name], ask, name)[0] for name in STATUS if name in addresses}


def _asked(address: str, ask: Ask) -> Answer:
    answer = ask(address, Validators())
    if answer is None:
        raise SourceRefused("unreachable", _("“%(name)s” answers a question that nobody asked."), name=address)
    return answer


def _whole(address: str, ask: Ask, name: str) -> tuple[Mapping[str, Any], Validators]:
    answer = _asked(address, ask)
    return read_document(answer.body, name), answer.validators


def read_document(data: bytes, name: str) -> Mapping[str, Any]:
    """A file with its envelope.

    Raises: `import.json_invalid`, `import.entries_missing`, `import.version_unknown`.
    """
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise not_json(name, error) from error
    if not isinstance(document, dict) or not isinstance(document.get("data"), dict):
        raise SourceRefused("entries_missing", _("“%(name)s” is no file of GBFS: it has no data."), name=name)
    if str(document.get("version", "2")).split(".")[0] not in _MAJORS:
        raise SourceRefused(
            "version_unknown",
            _("GBFS %(version)s is not read; versions 2 and 3 are."),
            name=name,
            version=str(document["version"])[:20],
        )
    return document


def addresses_of(discovery: Mapping[str, Any], language: str) -> dict[str, str]:
    """Where each file lies. Version 2 has them once for each language: the one asked for, else the first."""
    data = discovery["data"]
    by_language = {code: part for code, part in data.items() if isinstance(part, dict)}
    chosen = by_language.get(language) or next(iter(by_language.values()), data)
    feeds = chosen.get("feeds")
    found = {
        str(feed["name"]): str(feed["url"])
        for feed in (feeds if isinstance(feeds, list) else ())
        if isinstance(feed, dict) and "name" in feed and "url" in feed
    }
    if not found:
        raise SourceRefused("entries_missing", _("This gbfs.json names no files."), name=DISCOVERY)
    return found


def together(name: str, files: Documents) -> Source:
    return Source(name, json.dumps(files, ensure_ascii=False, sort_keys=True).encode())


def apart(source: Source) -> Documents:
    documents: Documents = json.loads(source.data)
    return documents


def rows_of(documents: Documents, name: str, key: str) -> list[Any]:
    """The list in a file; empty where there is no such file."""
    part = documents.get(name, {}).get("data", {}).get(key)
    return part if isinstance(part, list) else []


def by_id(rows: Iterable[Any], key: str) -> dict[str, Mapping[str, Any]]:
    """The first row of each identifier."""
    found: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        if isinstance(row, dict) and row.get(key) not in (None, ""):
            found.setdefault(str(row[key]), row)
    return found
