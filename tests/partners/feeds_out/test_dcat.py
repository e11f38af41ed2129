"""The catalogue: valid DCAT-AP, the same in both forms."""

from pathlib import Path

import pytest
from django.test import Client
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, SH, Graph, URIRef
from rdflib.compare import isomorphic
from tests.partners.feeds_out.small_city import make_city

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).resolve().parents[4] / "shared" / "standards" / "dcat-ap-3.0.1" / "shapes.ttl"
ORIGIN = "http://testserver"


@pytest.fixture(scope="session")
def shapes() -> Graph:
    if not SHAPES.exists():
        pytest.skip("the official shapes are not beside this checkout")
    found = Graph().parse(SHAPES)
    for shape, part in list(found.subject_objects(SH.property)):
        if (part, None, None) not in found:  # two are named that the published file does not have
            found.remove((shape, SH.property, part))
    return found


def read(client: Client, form: str) -> Graph:
    text = client.get(f"/open-data/catalogue.{form}").getvalue().decode()
    return Graph().parse(data=text, format={"ttl": "turtle", "jsonld": "json-ld"}[form])


@pytest.mark.parametrize("form", ["ttl", "jsonld"])
@pytest.mark.parametrize("is_empty", [True, False])
def test_catalogue_is_valid(client: Client, shapes: Graph, form: str, is_empty: bool) -> None:
    if not is_empty:
        make_city()

    conforms, _graph, words = validate(read(client, form), shacl_graph=shapes)

    assert conforms, words


def test_catalogue_without_a_title_is_not_valid(client: Client, shapes: Graph) -> None:
    """The check can fail."""
    graph = read(client, "ttl")
    graph.remove((URIRef(f"{ORIGIN}/open-data#catalogue"), DCTERMS.title, None))

    assert not validate(graph, shacl_graph=shapes)[0]


def test_both_forms_say_the_same(client: Client) -> None:
    make_city()

    assert isomorphic(read(client, "ttl"), read(client, "jsonld"))


def test_every_file_that_is_named_is_there(client: Client) -> None:
    graph = read(client, "ttl")
    addresses = {str(one).removeprefix(ORIGIN) for one in graph.objects(None, DCAT.downloadURL)}
    addresses |= {str(one).removeprefix(ORIGIN) for one in graph.objects(None, DCAT.endpointURL)}

    assert len(addresses) > 10
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_every_file_has_a_licence_and_a_format(client: Client) -> None:
    graph = read(client, "ttl")

    for one in graph.subjects(RDF.type, DCAT.Distribution):
        assert graph.value(one, DCTERMS.license)
        assert graph.value(one, DCTERMS.format)


def test_catalogue_in_another_form_is_not_there(client: Client) -> None:
    assert client.get("/open-data/catalogue.rdf").status_code == 404
