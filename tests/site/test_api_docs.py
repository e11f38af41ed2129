import json

import pytest
from django.test import Client

from sharingcity.site.api import api
from sharingcity.site.problem_codes import problem_codes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["ko", "en", "ar"])
def test_every_operation_of_the_document_is_on_the_page(client: Client, language: str) -> None:
    document = json.loads(client.get("/api/v1/openapi.json").content)
    page = client.get("/api/docs", headers={"Accept-Language": language}).content.decode()
    operations = [(method.upper(), path) for path, known in document["paths"].items() for method in known]

    assert len(operations) >= 13
    assert [one for one in operations if f"<code><b>{one[0]}</b> {one[1]}</code>" not in page] == []
    assert [name for name in document["components"]["schemas"] if f'id="shape-{name}"' not in page] == []


def test_every_link_within_the_page_leads_somewhere(client: Client) -> None:
    import re

    page = client.get("/api/docs").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)

    assert set(re.findall(r'href="#([^"]+)"', page)) - set(ids) == set()
    assert len(ids) == len(set(ids))


def test_examples_are_bodies_that_the_document_accepts() -> None:
    from sharingcity.booking.schemas import OrderIn, SeriesIn
    from sharingcity.site.api_docs import example_of

    schemas = api.get_openapi_schema()["components"]["schemas"]

    for shape in (OrderIn, SeriesIn):
        example = example_of(schemas[shape.__name__], schemas)
        assert shape.model_validate(example).party_size == 12


def test_codes_are_those_that_the_code_refuses_with(client: Client) -> None:
    codes = {one.code: one for one in problem_codes()}

    assert codes["booking.slot_taken"].status == 409
    assert codes["booking.too_many_requests"].status == 429
    assert codes["request.unauthorised"].status == 401
    assert {"booking.outside_opening_hours", "booking.quota_exceeded", "idempotency.key_reused", "request.invalid"} <= {
        *codes
    }
    page = client.get("/api/docs", headers={"Accept-Language": "en"}).content.decode()
    assert "Somebody was faster: this time has just been taken." in page
    assert "Something in the request is missing or wrong." in page


def test_page_needs_no_script_and_no_other_host(client: Client) -> None:
    answer = client.get("/api/docs", headers={"Accept-Language": "en"})

    page = answer.content.decode()
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "<style" not in page
    assert "cdn" not in page.lower()
