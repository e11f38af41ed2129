"""A person at a browser, and what every page must be."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response

# As the contract names them.
DOMAIN, PASSWORD = "demo.sharingcity.example", "sharing-demo"
ARTIFACTS = Path(__file__).resolve().parents[2] / "test-artifacts"
DEVICES = {"phone": (390, 844), "desktop": (1280, 900), "narrow": (320, 640)}
# Who makes a journey: two on a Korean phone, one without script, and one each in Arabic and English at a desk.
EVERYBODY = pytest.mark.parametrize(
    ("language", "device", "script"),
    [("ko", "phone", True), ("ko", "phone", False), ("ar", "desktop", True), ("en", "desktop", True)],
)
# WCAG 2.2 at levels A and AA, and what axe holds for good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDER = """() => [...document.querySelectorAll("body *")]
  .filter(e => { const r = e.getBoundingClientRect(); return r.width && (r.right > innerWidth + 1 || r.left < -1) })
  .slice(0, 5).map(e => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().width)} px`)"""


@cache
def axe_script() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def barriers(page: Page) -> list[str]:
    """What axe finds, one line each: rule, why, where."""
    page.evaluate(axe_script())
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)
    return [
        f"{one['id']}: {one['help']} – {node['html'][:160]} ({node.get('failureSummary', '')[:200]})"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]


@dataclass
class Visitor:
    """One browser window in one language on one device. `check` after every step."""

    browser: Browser
    home: str
    language: str = "ko"
    device: str = "phone"
    script: bool = True
    story: str = "page"
    step: int = 0
    noise: list[str] = field(default_factory=list)
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)
    _status: int = 200

    def __post_init__(self) -> None:
        width, height = DEVICES[self.device]
        self.context = self.browser.new_context(
            viewport={"width": width, "height": height},
            has_touch=self.device == "phone",
            java_script_enabled=self.script,
            locale={"ko": "ko-KR", "ar": "ar", "en": "en-GB"}[self.language],
            timezone_id="Asia/Seoul",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(15_000)
        self.speak()
        self.page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.noise.append(f"script error: {error}"))
        self.page.on("response", self._answered)

    def speak(self) -> None:
        """The language as the menu's switch keeps it; signing in follows the person's own and is turned back."""
        self.context.add_cookies([{"name": "django_language", "value": self.language, "url": self.home}])

    def _hear(self, message: ConsoleMessage) -> None:
        is_page_itself = message.location.get("url") == self.page.url and "Failed to load resource" in message.text
        if message.type == "error" and not is_page_itself:
            self.noise.append(f"console: {message.text} ({message.location.get('url')})")

    def _answered(self, answer: Response) -> None:
        if answer.request.is_navigation_request() and answer.frame == self.page.main_frame:
            self._status = answer.status

    # ── moving about ──
    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.home + path)

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.home).split("?")[0]

    def words(self, english: str, **values: Any) -> str:
        """Our own words in the visitor's language."""
        with override(self.language):
            said = gettext(english)
        return said % values if values else said

    def button(self, english: str, **values: Any) -> Locator:
        return self.page.get_by_role("button", name=self.words(english, **values))

    def link(self, english: str, **values: Any) -> Locator:
        return self.page.get_by_role("link", name=self.words(english, **values))

    def submit(self, button: Locator) -> None:
        """Presses and waits for the page that answers."""
        with self.page.expect_navigation():
            button.click()

    def sign_in(self, who: str) -> None:
        """Through the form, as everybody does. `who`: the first part of a demo sign-in."""
        self.go("/accounts/login/")
        self.fill_in_sign_in(who)
        assert self.path == "/me", self.page.inner_text("main")[:300]

    def fill_in_sign_in(self, who: str) -> None:
        """On the sign-in page, which leads on to where one wanted to go."""
        self.page.fill("[name=login]", f"{who}@{DOMAIN}")
        self.page.fill("[name=password]", PASSWORD)
        self.submit(self.page.locator("form[action='/accounts/login/'] button").first)
        self.speak()
        self.page.reload()

    # ── judging ──
    def check(self, name: str, *, status: int = 200) -> None:
        """Right answer, no barrier, no sideways scrolling, a quiet console, our language; and a picture."""
        found = self.problems(name, status=status)
        assert not found, "\n".join(found)

    def problems(self, name: str, *, status: int = 200) -> list[str]:
        """The same as lines, for a test that looks at many pages."""
        self.step += 1
        self.page.wait_for_load_state("load")
        found = [] if self._status == status else [f"answered {self._status} instead of {status}"]
        root = self.page.locator("html")
        direction = "rtl" if self.language == "ar" else "ltr"
        if (root.get_attribute("lang"), root.get_attribute("dir") or "ltr") != (self.language, direction):
            found.append(f"speaks {root.get_attribute('lang')}, {root.get_attribute('dir')}")
        found += self._too_wide() + self.noise + self._barriers()
        self.noise.clear()
        self._picture(name)
        return [f"{name} {self.path}: {one}" for one in found]

    def _too_wide(self) -> list[str]:
        wide, seen = self.page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
        return [] if wide <= seen else [f"{wide} px wide in {seen} px: {self.page.evaluate(WIDER)}"]

    def _barriers(self) -> list[str]:
        """axe needs script: a page without it is looked at as it stands in a second window, without its own scripts."""
        if self.script:
            return barriers(self.page)
        width, height = DEVICES[self.device]
        context = self.browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
        try:
            copy = context.new_page()
            copy.route("**/*.js", lambda route: route.abort())
            copy.goto(f"{self.home}/healthz")
            copy.set_content(self.page.content())
            return barriers(copy)
        finally:
            context.close()

    def _picture(self, name: str) -> None:
        folder = ARTIFACTS / self.story
        folder.mkdir(parents=True, exist_ok=True)
        kind = f"{self.language}-{self.device}{'' if self.script else '-no-script'}"
        self.page.screenshot(path=folder / f"{kind}-{self.step:02d}-{name}.png", full_page=True, timeout=60_000)
