"""Which requests are a person on their way, as far as a request tells: robots and browsers that run ahead are none."""

import re
from collections.abc import Mapping
from typing import Final

_ROBOT: Final = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|slurp|preview|fetch|scan|monitor|headless|curl|wget|python|java/|go-http|axios|okhttp"
    r"|libwww|httpclient|facebookexternalhit|kakaotalk-scrap|whatsapp|telegram|lighthouse|pingdom|archive",
    re.IGNORECASE,
)
_AHEAD: Final = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def is_robot(user_agent: str) -> bool:
    """Whether it says so itself, or says nothing, as no browser does."""
    return not user_agent.strip() or bool(_ROBOT.search(user_agent))


def is_person(headers: Mapping[str, str]) -> bool:
    """A browser that follows a link because somebody chose it."""
    runs_ahead = any(word in headers.get(name, "").lower() for name in _AHEAD for word in ("prefetch", "preview"))
    is_page = headers.get("Sec-Fetch-Dest", "document") == "document"
    return is_page and not runs_ahead and not is_robot(headers.get("User-Agent", ""))
