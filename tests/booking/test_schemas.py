"""What the API takes in: nothing that a database refuses to keep."""

from typing import Any

import pytest
from pydantic import ValidationError

from sharingcity.booking.schemas import ClosureIn, EventIn, SeriesIn

TIME = {"starts_at": "2026-11-12T19:00:00+09:00", "ends_at": "2026-11-12T21:00:00+09:00"}


@pytest.mark.parametrize("field", ["listing", "organisation", "purpose_words", "reduction", "rrule"])
def test_order_with_nul_in_a_text_is_refused(field: str) -> None:
    sound: dict[str, Any] = {**TIME, "listing": "A", field: "text\nof two lines"}
    assert SeriesIn.model_validate(sound).listing

    with pytest.raises(ValidationError, match=field):
        SeriesIn.model_validate({**sound, field: "te\x00xt"})


@pytest.mark.parametrize("reason", [{"en": "Lamp\x00"}, {"e\x00": "Lamp"}])
def test_closure_with_nul_in_its_reason_is_refused(reason: dict[str, str]) -> None:
    assert ClosureIn.model_validate({**TIME, "reason": {"zh-Hant": "燈"}}).reason

    with pytest.raises(ValidationError, match="reason"):
        ClosureIn.model_validate({**TIME, "reason": reason})


def test_event_with_nul_in_its_reason_is_refused() -> None:
    with pytest.raises(ValidationError, match="reason"):
        EventIn(reason="Ill\x00")
