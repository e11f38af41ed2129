"""Why a text is refused as opening hours, in sentences that say what to write instead."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "empty": _("Opening hours are missing. Write for example “Mo-Fr 09:00-18:00; PH off”."),
    "unreadable": _(
        "“%(rule)s” cannot be read as opening hours, from character %(column)s on. "
        "Write for example “Mo-Fr 09:00-18:00; PH off”."
    ),
    "zero_length": _(
        "“%(part)s” starts and ends at the same time. Write 00:00-24:00 for the whole day, or off for closed."
    ),
    "times": _("“%(part)s” is not a start and an end. Write both as hours, for example 09:00-18:00."),
    "sun": _("Sunrise and sunset are not supported. Write the hours, for example 09:00-18:00."),
    "school_holidays": _("School holidays (SH) are not in the city calendar. Write their dates: “Jul 25-Aug 20 off”."),
    "easter": _("Easter is not supported. Write the date, for example “2027 Mar 28 off”."),
    "holiday_and_weekday": _(
        "“%(part)s” mixes PH with days of the week. Join them with a comma, “PH,Su”, or write two rules."
    ),
    "list_space": _(
        "“%(part)s” has no hours before the comma. Write days without a space after the comma: “Mo,We 10:00-12:00”."
    ),
}


class HoursInvalid(ValueError):
    """A text that is not opening hours, or uses a part of the notation that we do not keep.

    `reason` is a key of SENTENCES; `data` holds what its sentence quotes. `str()` is for logs.
    """

    code = "hours.invalid"

    def __init__(self, reason: str, **data: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.data = data

    @property
    def sentence(self) -> str:
        """For people, in the language that is active."""
        return str(SENTENCES[self.reason]) % self.data

    def __str__(self) -> str:
        return f"{self.code}: {self.reason} {self.data or ''}".rstrip()
