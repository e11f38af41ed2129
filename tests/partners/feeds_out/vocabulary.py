"""schema.org's vocabulary as pyshacl carries it: which properties a type has, and of what type they are."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.collection import Collection

SCHEMA = "http://schema.org/"
# Newer than the copy, or notes to the reader of an action: https://schema.org/docs/actions.html
BESIDE = {"query-input"}
TEXT = {"Text", "URL", "Date", "DateTime", "Time", "Number", "Boolean", "Integer"}


@lru_cache(maxsize=1)
def graph() -> Graph:
    found = Graph()
    found.parse(data=(files("pyshacl") / "assets" / "schema.ttl").read_text(encoding="utf-8"), format="turtle")
    return found


@lru_cache(maxsize=512)
def ancestors(name: str) -> frozenset[str]:
    """The type and every type above it."""
    found = set(graph().transitive_objects(URIRef(SCHEMA + name), RDFS.subClassOf))
    assert (URIRef(SCHEMA + name), RDF.type, None) in graph(), f"{name} is no type of schema.org"
    return frozenset(str(one).removeprefix(SCHEMA) for one in found)


@lru_cache(maxsize=512)
def properties(name: str) -> Mapping[str, frozenset[str]]:
    """The properties of a type with the classes and datatypes that they take."""
    found: dict[str, frozenset[str]] = {}
    for parent in ancestors(name):
        for shape in graph().objects(URIRef(SCHEMA + parent), SH.property):
            path = graph().value(shape, SH.path)
            found[str(path).removeprefix(SCHEMA)] = frozenset(_ranges(shape))
    return found


def _ranges(shape: Any) -> Iterator[str]:
    """Named directly, or as one of several."""
    for one in [
        shape,
        *(part for several in graph().objects(shape, SH["or"]) for part in Collection(graph(), several)),
    ]:
        for kind in (SH["class"], SH.datatype):
            for value in graph().objects(one, kind):
                yield str(value).removeprefix(SCHEMA)


def problems(thing: Any, where: str = "") -> list[str]:
    """What schema.org does not know of a thing and of everything inside it."""
    if isinstance(thing, list):
        return [found for one in thing for found in problems(one, where)]
    if not isinstance(thing, dict):
        return []
    if set(thing) == {"@id"}:
        return []
    types = thing["@type"] if isinstance(thing.get("@type"), list) else [thing.get("@type", "")]
    if not all(types):
        return [f"{where}: has no type"]
    known = {name: ranges for one in types for name, ranges in properties(one).items()}
    found = []
    for key, value in thing.items():
        if key.startswith("@") or key in BESIDE:
            continue
        place = f"{where}/{key}"
        if key not in known:
            found.append(f"{place}: {'+'.join(types)} has no such property")
            continue
        found += [wrong for one in _each(value) if (wrong := _misfit(one, known[key], place))]
        found += problems(value, place)
    return found


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _misfit(value: Any, ranges: frozenset[str], place: str) -> str:
    """Things must be of one of the classes; words may always stand for one, as schema.org says."""
    if value is None or value == "":
        return f"{place}: says nothing"
    if isinstance(value, dict) and "@type" in value:
        types = value["@type"] if isinstance(value["@type"], list) else [value["@type"]]
        above = {name for one in types for name in ancestors(one)}
        if ranges and not above & ranges:
            return f"{place}: {types} is none of {sorted(ranges)}"
    if isinstance(value, bool) and not any("boolean" in one.lower() for one in ranges):
        return f"{place}: no yes or no"
    return ""
