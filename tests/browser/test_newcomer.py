"""A newcomer signs up; somebody signs in with a passkey."""

import re
from collections.abc import Callable

import pytest

from tests.browser.demo_city import DemoServer
from tests.browser.visitor import EVERYBODY, Visitor

pytestmark = pytest.mark.browser

PASSWORD = "seven blue kettles sing"


def _code(city: DemoServer) -> str:
    found = re.search(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})$", city.latest_mail(), re.MULTILINE)
    assert found, city.latest_mail()
    return found.group(1)


@EVERYBODY
def test_newcomer_signs_up(
    journey_city: DemoServer, visit: Callable[..., Visitor], language: str, device: str, script: bool
) -> None:
    newcomer = visit(journey_city, language=language, device=device, script=script)
    page = newcomer.page
    newcomer.go("/accounts/login/")
    newcomer.check("sign-in")
    newcomer.submit(newcomer.link("Create an account"))
    newcomer.check("sign-up")

    page.fill("[name=name]", "나새롬")
    page.fill("[name=email]", "saerom@example.org")
    page.fill("[name=password1]", PASSWORD)
    page.select_option("select[name=language]", language)
    page.check("[name=age][value='14']")
    newcomer.submit(newcomer.button("Create an account"))
    newcomer.check("consents-missing", status=200)
    assert page.input_value("[name=name]") == "나새롬"
    assert not page.is_checked("[name=consent_terms]")

    page.fill("[name=password1]", PASSWORD)
    page.check("[name=consent_terms]")
    page.check("[name=consent_privacy]")
    newcomer.submit(newcomer.button("Create an account"))
    assert newcomer.path == "/accounts/confirm-email/"
    newcomer.check("code")
    page.fill("[name=code]", "WRONG1")
    newcomer.submit(newcomer.button("Continue"))
    newcomer.check("wrong-code")
    page.fill("[name=code]", _code(journey_city))
    newcomer.submit(newcomer.button("Continue"))

    assert newcomer.path == "/me"
    newcomer.check("me")
    newcomer.go("/me/consents")
    newcomer.check("consents")


def test_passkey_lets_one_in(journey_city: DemoServer, visit: Callable[..., Visitor]) -> None:
    resident = visit(journey_city, language="ko", device="phone")
    page = resident.page
    device = resident.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    resident.sign_in("resident")
    resident.go("/accounts/2fa/webauthn/add/")
    page.fill("[name=name]", "전화기")
    page.check("[name=passwordless]")
    resident.check("add")
    resident.submit(page.locator("#mfa_webauthn_add"))
    resident.go("/accounts/2fa/webauthn/")
    resident.check("passkeys")
    assert "전화기" in page.inner_text("main")

    resident.context.clear_cookies()
    resident.speak()
    resident.go("/accounts/login/")
    resident.submit(page.locator("#passkey_login"))
    page.wait_for_url("**/me")
    resident.check("in-again")
