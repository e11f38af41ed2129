"""What the environment says, read once, with a hint where it is wrong."""

import pytest
from allauth.core.internal.httpkit import get_client_ip
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from sharingcity.site.environment import SettingWrong, read_count

NAME = "SHARINGCITY_PROXIES"


@pytest.mark.parametrize(("said", "count"), [("", 0), ("0", 0), (" 2 ", 2)])
def test_count_is_read(said: str, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, said)

    assert read_count(NAME) == count


@pytest.mark.parametrize("said", ["one", "-1", "1.5", "１", "100"])
def test_count_that_is_none_stops_the_start_with_a_hint(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, said)

    with pytest.raises(SettingWrong, match=NAME):
        read_count(NAME)


def test_limits_of_signing_in_count_the_reader_s_address_behind_a_proxy_of_ours_only(settings: Settings) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.7")

    assert get_client_ip(request) == "10.0.0.2"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert get_client_ip(request) == "203.0.113.7"
