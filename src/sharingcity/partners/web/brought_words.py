"""How a feed is, in words for those whose entries it brings: never with its address, which may be a key."""

from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from sharingcity.partners.models import Feed

OUTCOMES: Final[dict[str, Promise]] = {
    "rejected": gettext_lazy("Rejected"),
    "skipped": gettext_lazy("Passed over"),
    "warning": gettext_lazy("Warnings"),
}
PROBLEMS: Final[dict[str, Promise]] = {
    "import.unreachable": gettext_lazy("It does not answer. Is your server up, and does the address still hold?"),
    "import.not_now": gettext_lazy("Your server asks us to come back later."),
    "import.half": gettext_lazy("It broke off in the middle of its answer."),
    "import.too_slow": gettext_lazy("It took too long to answer."),
    "import.too_large": gettext_lazy("It is larger than we take. Leave out what is over, or split it."),
    "import.web_page": gettext_lazy("It answers with a web page instead of data. Does it ask for a password?"),
    "import.address_private": gettext_lazy("It leads into a closed network that we cannot reach."),
    "import.redirects": gettext_lazy("It sends from one address to the next without end."),
    "import.json_invalid": gettext_lazy("It is not valid JSON. Check it before you publish it."),
    "import.empty": gettext_lazy("There is nothing in it."),
    "import.header_refused": gettext_lazy(
        "Its headings are not those that were agreed. Compare them with the template."
    ),
}


def how_words(feed: "Feed") -> str:
    """What is wrong with it, and what its owners can do; empty where nothing is."""
    if feed.state == "quarantined":
        held = feed.quarantine
        told = {"vanished": held.get("vanished", 0), "known": held.get("known", 0)}
        return (
            _(
                "Held back: it lacks %(vanished)d of %(known)d entries, and nothing was changed. Is it whole?"
                " If they are really gone, tell the city."
            )
            % told
        )
    if not feed.problem_code:
        return ""
    known = PROBLEMS.get(feed.problem_code)
    return str(known) if known else _("It could not be understood. Ask the city what is wrong with it.")
