"""`/host/listings/CODE/hours`: when it is open, from a day on."""

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sharingcity.booking.operations import preview_hours_change
from sharingcity.kernel.city import city_calendar, local_date
from sharingcity.kernel.wording import day_words
from sharingcity.listings.drafts import HoursDraft
from sharingcity.listings.operations import set_opening_hours
from sharingcity.listings.queries import hours_from
from sharingcity.portal.web.desk_access import needs_somewhere, signed_in
from sharingcity.portal.web.hours_words import all_hours_words
from sharingcity.portal.web.managing.access import managed
from sharingcity.portal.web.managing.change import Change, ChangePage, Difference, answer
from sharingcity.portal.web.managing.hours_form import GROUPS, HoursForm, initial_hours
from sharingcity.portal.web.managing.planned import planned_hours
from sharingcity.ui.desk import moment

if TYPE_CHECKING:
    from sharingcity.listings.models import HoursVersion, Listing


@needs_somewhere("manage_listings")
@require_http_methods(["GET", "POST"])
def hours(request: HttpRequest, code: str) -> HttpResponse:
    """The week as it is to be, then whom it hits, then saved as a new version."""
    listing, now = managed(request, code), moment(request)
    today = local_date(now)
    versions = hours_from(listing, today)
    held = next((version for version in reversed(versions) if version.valid_from <= today), None)
    rule, groups = _said(held)
    form = HoursForm(request.POST or None, initial={"valid_from": today, **initial_hours(rule, groups, today)})
    page = ChangePage(
        listing=listing,
        template="portal/managing/hours.html",
        context={"planned": planned_hours(versions, today, now)},
    )
    return answer(request, page, form, lambda: _change(request, listing, form, held))


def _said(version: "HoursVersion | None") -> tuple[str, list[str]]:
    if version is None:
        return "", []
    return version.hours.rule, [group for group in version.hours.closed_groups.split(",") if group]


def _change(request: HttpRequest, listing: "Listing", form: HoursForm, held: "HoursVersion | None") -> Change:
    now, draft = moment(request), form.draft()
    since: date = form.cleaned_data["valid_from"]
    hits = preview_hours_change(
        listing=listing, rule=draft.rule, closed_groups=draft.closed_groups, valid_from=since, now=now
    )
    rule, groups = _said(held)
    return Change(
        heading=_("New opening hours"),
        since=day_words(since, with_year=True),
        differences=_differences(HoursDraft(rule=rule, closed_groups=tuple(groups)), draft, request),
        hits=hits,
        save=lambda: set_opening_hours(listing=listing, hours=draft, by=signed_in(request), now=now, valid_from=since),
        done=_("The hours are saved. They hold from %(day)s on.") % {"day": day_words(since)},
    )


def _differences(before: HoursDraft, after: HoursDraft, request: HttpRequest) -> list[Difference]:
    calendar, now = city_calendar(), moment(request)
    old, new = (
        all_hours_words(draft.rule, calendar, now) if draft.rule else _("not known") for draft in (before, after)
    )
    found = [Difference(term=_("Usual week"), before=old, after=new)]
    if set(before.closed_groups) != set(after.closed_groups):
        found.append(
            Difference(
                term=_("Closed besides on"),
                before=groups_words(before.closed_groups) or _("no other day"),
                after=groups_words(after.closed_groups) or _("no other day"),
            )
        )
    return found


def groups_words(groups: tuple[str, ...]) -> str:
    return ", ".join(str(words) for group, words in GROUPS if group in groups)
