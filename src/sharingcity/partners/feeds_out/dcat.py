"""The catalogue of what is given away, in DCAT-AP 3.0.1: one tree of things, written as JSON-LD and as Turtle."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sharingcity.partners.feeds_out.atom import rfc3339
from sharingcity.partners.feeds_out.collections import MEDIA_TYPES, collections
from sharingcity.partners.feeds_out.licences import city_licence, publisher_name

PREFIXES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
FILE_TYPES: Final = {
    "json": "JSON",
    "csv": "CSV",
    "geojson": "GEOJSON",
    "atom": "ATOM",
}
AUTHORITY: Final = "http://publications.europa.eu/resource/authority"
MEDIA: Final = "https://www.iana.org/assignments/media-types"
LANGUAGES: Final = ("ko", "en", "ar")
Node = dict[str, Any]


def _words(sentence: Promise | str) -> list[Node]:
    """A literal in each language of the hub."""
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append({"@value": str(sentence), "@language": language})
    return found


def tree(origin: str, changed_at: datetime) -> Node:
    """The catalogue with its datasets, their files, and the services that answer questions."""
    publisher = {
        "@id": f"{origin}/#publisher",
        "@type": ["foaf:Agent"],
        "foaf:name": [{"@value": publisher_name()}],
    }
    datasets = [_dataset(name, origin, changed_at) for name in ("listings", "organisations", "services", "districts")]
    return {
        "@id": f"{origin}/open-data#catalogue",
        "@type": ["dcat:Catalog"],
        "dct:title": _words(_("Open data of the sharing city")),
        "dct:description": _words(_("What is shared in the city, who shares it, and what changed.")),
        "dct:publisher": [publisher],
        "dct:license": [_licence()],
        "dct:modified": [_instant(changed_at)],
        "dct:language": [
            {"@id": f"{AUTHORITY}/language/{code}", "@type": ["dct:LinguisticSystem"]} for code in ("KOR", "ENG", "ARA")
        ],
        "foaf:homepage": [{"@id": f"{origin}/", "@type": ["foaf:Document"]}],
        "dcat:dataset": datasets,
        "dcat:service": [_data_service(origin, datasets)],
    }


TITLES: Final = {
    "listings": (
        _("Listings: what is shared"),
        _("Every public listing: what it is, where, when it is open, what it costs."),
    ),
    "organisations": (
        _("Organisations: who shares"),
        _("Every organisation of the directory with what it shows of itself."),
    ),
    "services": (
        _("Services of organisations"),
        _("What organisations run for sharing, here or on platforms of their own."),
    ),
    "districts": (_("Districts"), _("The administrative areas with their outlines.")),
}


def _dataset(name: str, origin: str, changed_at: datetime) -> Node:
    title, text = TITLES[name]
    forms = collections()[name].forms if name in collections() else ("geojson",)
    files = [_distribution(name, form, origin) for form in forms]
    if name != "districts":
        files.append(_distribution(name, "atom", origin))
    return {
        "@id": f"{origin}/open-data#{name}",
        "@type": ["dcat:Dataset"],
        "dct:title": _words(title),
        "dct:description": _words(text),
        "dct:identifier": [{"@value": name}],
        "dct:publisher": [{"@id": f"{origin}/#publisher"}],
        "dct:modified": [_instant(changed_at)],
        "dct:accrualPeriodicity": [{"@id": f"{AUTHORITY}/frequency/CONT", "@type": ["dct:Frequency"]}],
        "dcat:landingPage": [{"@id": f"{origin}/open-data", "@type": ["foaf:Document"]}],
        "dcat:distribution": files,
    }


def _distribution(name: str, form: str, origin: str) -> Node:
    is_feed = form == "atom"
    address = f"{origin}/open-data/changes/{name}.atom" if is_feed else f"{origin}/open-data/{name}.{form}"
    media = "application/atom+xml" if is_feed else MEDIA_TYPES[form].partition(";")[0]
    return {
        "@id": f"{origin}/open-data#{name}-{form}",
        "@type": ["dcat:Distribution"],
        "dcat:accessURL": [{"@id": address, "@type": ["rdfs:Resource"]}],
        "dcat:downloadURL": [{"@id": address, "@type": ["rdfs:Resource"]}],
        "dct:license": [_licence()],
        "dct:format": [{"@id": f"{AUTHORITY}/file-type/{FILE_TYPES[form]}", "@type": ["dct:MediaTypeOrExtent"]}],
        "dcat:mediaType": [{"@id": f"{MEDIA}/{media}", "@type": ["dct:MediaType"]}],
    }


def _data_service(origin: str, datasets: list[Node]) -> Node:
    served = [{"@id": one["@id"]} for one in datasets if not one["@id"].endswith("#districts")]
    return {
        "@id": f"{origin}/open-data#hsds",
        "@type": ["dcat:DataService"],
        "dct:title": _words(_("Directory in HSDS 3.1")),
        "dcat:endpointURL": [{"@id": f"{origin}/api/hsds/", "@type": ["rdfs:Resource"]}],
        "dcat:endpointDescription": [{"@id": f"{origin}/api/hsds/openapi.json", "@type": ["rdfs:Resource"]}],
        "dcat:servesDataset": served,
        "dct:license": [_licence()],
    }


def _licence() -> Node:
    return {"@id": city_licence().url, "@type": ["dct:LicenseDocument"]}


def _instant(at: datetime) -> Node:
    return {"@value": rfc3339(at), "@type": "xsd:dateTime"}


def as_jsonld(origin: str, changed_at: datetime) -> Iterator[bytes]:
    """The tree itself is JSON-LD."""
    document = {"@context": PREFIXES, **tree(origin, changed_at)}
    yield (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def as_turtle(origin: str, changed_at: datetime) -> Iterator[bytes]:
    """Each thing once, with what is said of it."""
    yield "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items()).encode()
    for node in _nodes(tree(origin, changed_at), set()):
        yield _statements(node).encode()


def _nodes(node: Node, known: set[str]) -> Iterator[Node]:
    """Every thing that says something, in the order of the tree."""
    if len(node) > 1 and node["@id"] not in known:
        known.add(node["@id"])
        yield node
    for key, values in node.items():
        if not key.startswith("@"):
            for value in values:
                if "@id" in value:
                    yield from _nodes(value, known)


def _statements(node: Mapping[str, Any]) -> str:
    lines = [f"  a {', '.join(node['@type'])}"]
    for key, values in node.items():
        if not key.startswith("@"):
            lines.append(f"  {key} " + ", ".join(_object(value) for value in values))
    return f"\n<{node['@id']}>\n" + " ;\n".join(lines) + " .\n"


def _object(value: Mapping[str, Any]) -> str:
    if "@id" in value:
        return f"<{value['@id']}>"
    text = json.dumps(value["@value"], ensure_ascii=False)
    if "@language" in value:
        return f"{text}@{value['@language']}"
    return f"{text}^^{value['@type']}" if "@type" in value else text
