"""What this software is built with, read from what is installed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from re import match
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import PackageMetadata

OWN_NAME = "sharingcity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    name: str
    version: str
    licence: str
    url: str


@lru_cache(maxsize=1)
def libraries() -> list[Library]:
    """The libraries the product names, and those they bring along, by name."""
    found: dict[str, Library] = {}
    waiting = list(_needs(OWN_NAME))
    while waiting:
        name = waiting.pop()
        if name.lower() in found:
            continue
        try:
            installed = distribution(name)
        except PackageNotFoundError:  # needed on another system or by an extra that is not used here
            continue
        found[name.lower()] = _library(installed)
        waiting += _needs(name)
    return sorted(found.values(), key=lambda library: library.name.lower())


def _needs(name: str) -> Iterable[str]:
    """Names of what a distribution needs always; extras are left out but for our own."""
    try:
        wanted = distribution(name).requires or []
    except PackageNotFoundError:
        return []
    named = (match(r"[A-Za-z0-9._-]+", line) for line in wanted if "extra ==" not in line)
    return [one.group() for one in named if one]


def _library(installed: Distribution) -> Library:
    about = installed.metadata
    licence = _one(about, "License-Expression") or _classified(about.get_all("Classifier") or [])
    return Library(
        name=about["Name"],
        version=installed.version,
        licence=licence or _first_line(_one(about, "License")),
        url=_one(about, "Home-page") or _project_url(about.get_all("Project-URL") or []),
    )


def _one(about: "PackageMetadata", name: str) -> str:
    return next(iter(about.get_all(name) or []), "")


def _classified(classifiers: Iterable[str]) -> str:
    names = [one.split("::")[-1].strip() for one in classifiers if one.startswith("License ::")]
    return ", ".join(name for name in names if name != "OSI Approved")


def _first_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[0][:60] if lines else ""


def _project_url(urls: Iterable[str]) -> str:
    pairs = [one.split(",", 1) for one in urls if "," in one]
    by_name = {name.strip().lower(): url.strip() for name, url in pairs}
    return next(
        (by_name[name] for name in ("homepage", "source", "repository", "documentation") if name in by_name), ""
    )
