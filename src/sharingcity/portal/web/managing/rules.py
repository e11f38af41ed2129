"""`/host/listings/CODE/rules`: who may book, when, how long, how often, and what comes back."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sharingcity.booking.operations import change_own_policy, change_policy, preview_policy_change
from sharingcity.booking.queries.own_terms import OwnTerms, own_terms, standard_rules
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.wording import day_words
from sharingcity.people.permissions import CITY, Scope, has_ability
from sharingcity.portal.web.desk_access import needs_somewhere, signed_in
from sharingcity.portal.web.managing.access import managed
from sharingcity.portal.web.managing.change import Change, ChangePage, Difference, answer
from sharingcity.portal.web.managing.planned import planned_rules
from sharingcity.portal.web.managing.rules_form import RulesForm, initial_rules, rule_words
from sharingcity.ui.desk import moment

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

# The form calls these otherwise than the rules are called.
TERMS = {"refund_ladder": "rung_days_1", "interest_basis_points": "interest_percent"}


@needs_somewhere("manage_listings")
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, code: str) -> HttpResponse:
    """The rules as they are to be, then what changes and whom it hits, then saved as a new version."""
    listing, now = managed(request, code), moment(request)
    today = local_date(now)
    own = own_terms(listing, today)
    held = own.policy_on(today) or standard_rules()
    form = RulesForm(
        request.POST or None,
        shared_by=own.policy_shared_by if _may_change_all(request, own) else 0,
        held=held,
        initial={"valid_from": today, **initial_rules(held)},
    )
    page = ChangePage(
        listing=listing,
        template="portal/managing/rules.html",
        context={
            "planned": planned_rules(own.policies, today)[1:],
            "shared_by": own.policy_shared_by,
            "is_first": own.terms is None,
        },
    )
    return answer(request, page, form, lambda: _change(request, listing, form, own))


def _may_change_all(request: HttpRequest, own: OwnTerms) -> bool:
    if own.terms is None:
        return False
    organisation_id = own.terms.policy.organisation_id
    scope = Scope("organisation", organisation_id) if organisation_id else CITY
    return has_ability(signed_in(request), "manage_listings", [scope], moment(request))


def _change(request: HttpRequest, listing: "Listing", form: RulesForm, own: OwnTerms) -> Change:
    now, by = moment(request), signed_in(request)
    since: date = form.cleaned_data["valid_from"]
    changed = form.rules() if own.terms is None else form.changed_rules()
    if not changed:
        raise Refusal("policy.unchanged", _("Nothing is different yet. Change a rule, then look at the preview."))
    policy = own.terms.policy if own.terms else None

    def save() -> object:
        if form.is_for_all and policy is not None:
            return change_policy(policy=policy, rules=changed, valid_from=since, by=by, now=now)
        return change_own_policy(listing=listing, rules=changed, valid_from=since, by=by, now=now)

    hits = []
    if policy is not None:
        only = None if form.is_for_all else listing
        hits = preview_policy_change(policy=policy, rules=changed, valid_from=since, now=now, listing=only)
    return Change(
        heading=_("New rules"),
        since=day_words(since, with_year=True),
        differences=_differences(form, changed),
        hits=hits,
        notes=[_("They count for what is booked from that day on. What is booked already keeps its rules.")],
        save=save,
        done=_("The rules are saved. They count from %(day)s on.") % {"day": day_words(since)},
    )


def _differences(form: RulesForm, changed: dict[str, Any]) -> list[Difference]:
    return [
        Difference(
            term=_term(form, name), before=rule_words(name, getattr(form.held, name)), after=rule_words(name, value)
        )
        for name, value in changed.items()
    ]


def _term(form: RulesForm, name: str) -> str:
    if name == "refund_ladder":
        return _("What comes back")
    return str(form.fields[TERMS.get(name, name)].label)
