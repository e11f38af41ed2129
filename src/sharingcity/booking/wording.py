"""Bookings in words of the reader's language: purposes, price lines, refunds, rules."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from sharingcity.kernel.i18n import language
from sharingcity.kernel.money import Money, format_money
from sharingcity.kernel.wording import length_words

if TYPE_CHECKING:
    from sharingcity.booking.models import PolicyVersion

PURPOSE_WORDS: Mapping[str, str | Promise] = {
    "meeting": gettext_lazy("Meeting"),
    "study": gettext_lazy("Study group"),
    "class": gettext_lazy("Class or course"),
    "exercise": gettext_lazy("Exercise"),
    "rehearsal": gettext_lazy("Rehearsal"),
    "celebration": gettext_lazy("Celebration"),
    "other": pgettext_lazy("purpose", "Something else"),
    "political": gettext_lazy("Party politics"),
    "religious": gettext_lazy("Religious service"),
    "profit": gettext_lazy("Sale or paid event"),
}
REFUSED_WORDS: Mapping[str, str | Promise] = {
    "meeting": gettext_lazy("hold meetings"),
    "study": gettext_lazy("meet to study"),
    "class": gettext_lazy("give classes"),
    "exercise": gettext_lazy("do sports"),
    "rehearsal": gettext_lazy("rehearse"),
    "celebration": gettext_lazy("hold celebrations"),
    "other": gettext_lazy("use it for anything but the purposes listed"),
    "political": gettext_lazy("hold party meetings or campaign"),
    "religious": gettext_lazy("hold religious services"),
    "profit": gettext_lazy("sell things or ask for an entrance fee"),
}


def money_words(amount_minor: int, currency: str) -> str:
    """`₩20,000`; nothing to pay is said in a word."""
    return format_money(Money(amount_minor, currency), language()) if amount_minor else _("free of charge")


def amount_words(amount_minor: int, currency: str) -> str:
    """The bare amount, zero too."""
    return format_money(Money(amount_minor, currency), language())


def line_words(code: str, values: Mapping[str, Any]) -> str:
    """What a price line is for."""
    length = length_words(int(values.get("minutes", 0)))
    if code == "base":
        return _first_words(length, int(values.get("quantity", 1)))
    if code == "extra":
        return _("%(units)s × %(length)s more") % {"units": values["units"], "length": length}
    if code == "reduction":
        return _("Reduction of %(percent)s %%") % {"percent": values["percent"]}
    return _("Waived") if code == "waiver" else _("No fee")


def _first_words(length: str, quantity: int) -> str:
    if quantity > 1:
        return _("%(quantity)s × the first %(length)s") % {"quantity": quantity, "length": length}
    return _("The first %(length)s") % {"length": length}


def people_words(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


def each_words(total_minor: int, currency: str, people: int) -> str:
    """What each pays, rounded up so that the shares cover the whole; empty for one person or for nothing."""
    if people < 2 or not total_minor:
        return ""
    return _("%(amount)s each") % {"amount": amount_words(-(-total_minor // people), currency)}


def days_before_words(days: int) -> str:
    if not days:
        return _("the day itself")
    return ngettext("%(days)s day before", "%(days)s days before", days) % {"days": days}


def may_sentences(version: "PolicyVersion") -> list[str]:
    """What the rules allow, for “You may …”."""
    found = [_who_may(version), _how_early(version), _how_long(version)]
    if version.series_max_dates > 1:
        found.append(
            _("come back every week: up to %(dates)s times within %(months)s months")
            % {"dates": version.series_max_dates, "months": version.series_max_months}
        )
    return [sentence for sentence in (*found, *_limits(version)) if sentence]


def _who_may(version: "PolicyVersion") -> str:
    return {
        "anyone": _("book, whoever you are: an account is enough"),
        "resident": _("book if you live, work or study in the city"),
        "group": _("book for a group: an organisation or a residents’ circle you belong to"),
        "designated": _("book for an organisation that the city has designated"),
    }[version.eligibility]


def _how_early(version: "PolicyVersion") -> str:
    days, last = version.opens_days_before, version.closes_days_before
    if not last:
        return _("book from %(days)s days ahead up to the start") % {"days": days}
    if version.closes_in_working_days:
        return _("book from %(days)s days to %(last)s working days ahead") % {"days": days, "last": last}
    return _("book from %(days)s to %(last)s days ahead") % {"days": days, "last": last}


def _how_long(version: "PolicyVersion") -> str:
    shortest, longest = length_words(version.min_minutes), length_words(version.max_minutes)
    if version.min_minutes == version.max_minutes:
        return _("stay %(length)s at a time") % {"length": shortest}
    return _("stay %(shortest)s to %(longest)s at a time") % {"shortest": shortest, "longest": longest}


def _limits(version: "PolicyVersion") -> list[str]:
    found = []
    if version.uses_per_day == 1:
        found.append(_("have one booking a day"))
    elif version.uses_per_day:
        found.append(_("have up to %(count)s bookings a day") % {"count": version.uses_per_day})
    if version.person_uses_per_month:
        found.append(_("have up to %(count)s bookings a month") % {"count": version.person_uses_per_month})
    if version.person_minutes_per_month:
        length = length_words(version.person_minutes_per_month)
        found.append(_("use it for up to %(length)s a month") % {"length": length})
    if version.group_uses_per_month:
        found.append(_("book up to %(count)s times a month for one group") % {"count": version.group_uses_per_month})
    return found


def may_not_sentences(version: "PolicyVersion", always: Sequence[str]) -> list[str]:
    """What is refused, for “Please do not …”; `always` are the purposes no room may be used for."""
    refused = dict.fromkeys((*always, *version.refused_purposes))
    found = [str(REFUSED_WORDS[purpose]) for purpose in refused if purpose in REFUSED_WORDS]
    found.append(_("pass your booking on to others"))
    if version.no_shows_until_restriction:
        found.append(_("stay away without cancelling: nobody else could use the time"))
    return found
