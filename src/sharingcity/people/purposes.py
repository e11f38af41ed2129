"""What we ask consent for: each purpose on its own, with its text and the text's version."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """`version` goes up with every change of the text's meaning; who agreed to an older one is asked again."""

    code: str
    version: int
    title: "str | _StrPromise"
    sentence: "str | _StrPromise"
    is_required: bool = False


PURPOSES: dict[str, Purpose] = {
    purpose.code: purpose
    for purpose in (
        Purpose(
            code="terms",
            version=1,
            title=_("I agree to the terms of use"),
            sentence=_("What you may expect of us, and we of you, when you borrow and lend here."),
            is_required=True,
        ),
        Purpose(
            code="privacy",
            version=1,
            title=_("I agree that my name and e-mail address are kept for my account"),
            sentence=_(
                "Needed to sign you in and to tell you about your bookings. Deleted when you delete your account."
            ),
            is_required=True,
        ),
        Purpose(
            code="news",
            version=1,
            title=_("Send me news of the sharing programme"),
            sentence=_("At most once a month, by e-mail. You can stop it at any time."),
        ),
        Purpose(
            code="statistics",
            version=1,
            title=_("My bookings may be counted in statistics without my name"),
            sentence=_("Helps the city to see which places are needed. Booking works just as well without it."),
        ),
    )
}
