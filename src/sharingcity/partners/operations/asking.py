"""How the city asks partners' servers: guarded, with one budget of time for all files of a feed."""

import time
from dataclasses import replace
from typing import Final

from django.conf import settings

from sharingcity.partners.frame.guard import Guard, read_networks
from sharingcity.partners.frame.setting import Ask
from sharingcity.partners.frame.web import Answer, Limits, Validators, get

FILE: Final = Limits(max_bytes=50 * 1024 * 1024, timeout_seconds=60)
WHOLE_SECONDS: Final = 240.0


def asker(limits: Limits | None = None, whole_seconds: float = WHOLE_SECONDS) -> Ask:
    """Each file within `limits`, all of them within `whole_seconds`."""
    bounds = limits or FILE
    guard = Guard(allowed=read_networks(settings.FEED_NETWORKS))
    ends = time.monotonic() + whole_seconds

    def ask(address: str, known: Validators) -> Answer | None:
        left = max(0.0, min(bounds.timeout_seconds, ends - time.monotonic()))
        return get(address, known=known, limits=replace(bounds, timeout_seconds=left), guard=guard)

    return ask
