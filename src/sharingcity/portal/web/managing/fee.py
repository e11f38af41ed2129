"""`/host/listings/CODE/fee`: what a use costs, from a day on."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sharingcity.booking.operations import change_fees, change_own_fees
from sharingcity.booking.operations.own_terms import drafted_fees
from sharingcity.booking.operations.terms import Fees
from sharingcity.booking.queries.own_terms import OwnTerms, own_terms, price_minor
from sharingcity.booking.wording import amount_words
from sharingcity.kernel.city import currency, local_date
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words, length_words
from sharingcity.people.permissions import CITY, Scope, has_ability
from sharingcity.portal.web.desk_access import needs_somewhere, signed_in
from sharingcity.portal.web.managing.access import managed
from sharingcity.portal.web.managing.change import Change, ChangePage, Difference, answer
from sharingcity.portal.web.managing.money_field import MoneyField
from sharingcity.portal.web.managing.planned import planned_fees
from sharingcity.portal.web.managing.reach import DatedForm
from sharingcity.ui.components import Pair
from sharingcity.ui.desk import moment

if TYPE_CHECKING:
    from sharingcity.booking.models import FeeVersion
    from sharingcity.listings.models import Listing

LENGTHS = (10, 15, 20, 30, 60, 90, 120, 180, 240, 360, 480, 1440)
# For so many hours the preview shows the price before and after.
SHOWN_HOURS = (1, 2, 3, 4)


class FeeForm(DatedForm):
    """A base period and each begun unit after it."""

    base_minutes = forms.TypedChoiceField(label=gettext_lazy("The first"), coerce=int)
    base_minor = MoneyField(label=gettext_lazy("cost"))
    extra_minutes = forms.TypedChoiceField(label=gettext_lazy("Each further"), coerce=int)
    extra_minor = MoneyField(label=gettext_lazy("costs"))

    def __init__(self, *args: Any, lengths: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(minutes, length_words(minutes)) for minutes in sorted({*LENGTHS, *lengths})]
        for name in ("base_minutes", "extra_minutes"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField, declared above
        for name in ("base_minor", "extra_minor"):
            self.fields[name].help_text = _("In %(currency)s; 0 is free of charge") % {"currency": currency()}

    def fees(self) -> Fees:
        names = ("base_minutes", "base_minor", "extra_minutes", "extra_minor")
        return Fees(**{name: self.cleaned_data[name] for name in names})


@needs_somewhere("manage_listings")
@require_http_methods(["GET", "POST"])
def fee(request: HttpRequest, code: str) -> HttpResponse:
    """The amounts as they are to be, then old and new prices side by side, then saved as a new version."""
    listing, now = managed(request, code), moment(request)
    today = local_date(now)
    own = own_terms(listing, today)
    if own.terms is None:
        return redirect("host-listing-rules", listing.code)
    held = own.fee_on(today)
    form = FeeForm(
        request.POST or None,
        shared_by=own.fees_shared_by if _may_change_all(request, own) else 0,
        lengths={held.base_minutes, held.extra_minutes} if held else set(),
        initial=_initial(held, today),
    )
    page = ChangePage(
        listing=listing,
        template="portal/managing/fee.html",
        context={
            "planned": planned_fees(own.fees, today),
            "reductions": [
                Pair(term=localised(one.names), value=_("%(percent)s %% less") % {"percent": one.percent})
                for one in own.reductions
            ],
            "shared_by": own.fees_shared_by,
        },
    )
    return answer(request, page, form, lambda: _change(request, listing, form, own))


def _initial(held: "FeeVersion | None", today: date) -> dict[str, Any]:
    tomorrow = today + timedelta(days=1)
    if held is None:
        return {"valid_from": tomorrow, "base_minutes": 120, "base_minor": 0, "extra_minutes": 60, "extra_minor": 0}
    return {
        "valid_from": tomorrow,
        "base_minutes": held.base_minutes,
        "base_minor": held.base_minor,
        "extra_minutes": held.extra_minutes,
        "extra_minor": held.extra_minor,
    }


def _may_change_all(request: HttpRequest, own: OwnTerms) -> bool:
    schedule = own.terms.fees if own.terms else None
    scope = Scope("organisation", schedule.organisation_id) if schedule and schedule.organisation_id else CITY
    return schedule is not None and has_ability(signed_in(request), "manage_listings", [scope], moment(request))


def _change(request: HttpRequest, listing: "Listing", form: FeeForm, own: OwnTerms) -> Change:
    now, by, fees = moment(request), signed_in(request), form.fees()
    since: date = form.cleaned_data["valid_from"]
    schedule = own.terms.fees if own.terms else None

    def save() -> object:
        if form.is_for_all and schedule is not None:
            return change_fees(schedule=schedule, fees=fees, valid_from=since, by=by, now=now)
        return change_own_fees(listing=listing, fees=fees, valid_from=since, by=by, now=now)

    return Change(
        heading=_("New fee"),
        since=day_words(since, with_year=True),
        differences=[
            Difference(
                term=length_words(hours * 60),
                before=_price(own.fee_on(since), hours),
                after=_price(drafted_fees(fees), hours),
            )
            for hours in SHOWN_HOURS
        ],
        notes=[_("What is booked already keeps its price. The new one counts for uses from that day on.")],
        save=save,
        done=_("The fee is saved. It counts from %(day)s on.") % {"day": day_words(since)},
    )


def _price(fee: "FeeVersion | None", hours: int) -> str:
    return amount_words(price_minor(fee, hours * 60), currency())
