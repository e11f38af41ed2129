"""Names that stay: UUIDs that lead back to the public id."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharingcity.kernel.ids import ALPHABET
from sharingcity.partners.feeds_out.addresses import KINDS, code_in, part_id, tag, uuid_of

LISTING = "440ea603-3031-8323-8cd0-d4d8dce0e400"
PHONE = "e931275d-c9d0-5c15-8c4c-7af59f224798"
CODES = st.text(ALPHABET, min_size=1, max_size=10)


@given(CODES, st.sampled_from(sorted(KINDS)))
def test_uuid_leads_back_to_the_code_of_its_kind_alone(code: str, kind: str) -> None:
    key = uuid_of(kind, code)

    assert (key.version, key.variant) == (8, uuid.RFC_4122)
    assert {other: code_in(str(key), other) for other in KINDS} == {other: code * (other == kind) for other in KINDS}


@given(st.uuids())
def test_foreign_uuids_name_nothing(key: uuid.UUID) -> None:
    assert {code_in(str(key), kind) for kind in KINDS} == {""}


@pytest.mark.parametrize("text", ["", "x", "0" * 32, "f" * 32, "\x00", "../etc", "KW8TTD0JW9"])
def test_what_is_no_uuid_names_nothing(text: str) -> None:
    assert code_in(text, "listing") == ""


def test_names_are_the_same_for_ever() -> None:
    """Whoever keeps them must find the same thing after the next release."""
    assert str(uuid_of("listing", "0123456789")) == LISTING
    assert str(part_id("phone", "0123456789")) == PHONE
    assert tag("listings", "0123456789") == "tag:127.0.0.1,2026:listings/0123456789"
