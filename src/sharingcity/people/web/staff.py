"""The staff's pages about people: roles, delivery of notices, restrictions and appeals."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sharingcity.kernel import clock
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.people import operations, queries
from sharingcity.people.models import Person
from sharingcity.people.permissions import CITY
from sharingcity.people.web.forms import DecideForm, DeputyForm, RestrictForm, RoleForm, end_of, refuse, start_of
from sharingcity.people.web.pages import attempt, needs, posted, reach_of, reader, staff_page
from sharingcity.people.web.presenters import DECIDING, NOTICE_STATES, grant_rows, notice_row, restriction_row


def _person(email: str) -> Person:
    if (found := queries.person_by_email(email)) is None:
        raise NotFound("person.not_found", _("There is no account with this address."), field="email")
    return found


@needs("grant_roles", somewhere=True)
@require_http_methods(["GET", "POST"])
def roles(request: HttpRequest) -> HttpResponse:
    """Who has which role where, and a form to give one: in the city, or in the districts of whoever asks."""
    now, reach = clock.now(), reach_of(request, "grant_roles")
    form = RoleForm(posted(request), reach=reach)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            operations.give_role(
                person=_person(asked["email"]),
                role=asked["role"],
                scope=asked["scope"],
                by=reader(request),
                now=now,
                valid_from=start_of(asked["valid_from"]),
                valid_until=end_of(asked["valid_until"]),
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The role is given. The person has been told."))
            return redirect("people-roles")
    rows = grant_rows(queries.current_grants_overview(now, reach))
    return staff_page(request, "people/roles.html", form=form, grants=rows)


@needs("grant_roles", somewhere=True)
@require_POST
def end_role(request: HttpRequest, grant_id: int) -> HttpResponse:
    """Takes a role from now on."""
    by, reason = reader(request), request.POST.get("reason", "")
    attempt(
        request,
        _("The role is taken."),
        lambda: operations.end_grant(grant_id=grant_id, by=by, now=clock.now(), reason=reason),
    )
    return redirect("people-roles")


@needs("grant_roles", somewhere=True)
@require_http_methods(["GET", "POST"])
def name_deputy(request: HttpRequest, grant_id: int) -> HttpResponse:
    """Somebody stands in for the holder of a role."""
    now, reach = clock.now(), reach_of(request, "grant_roles")
    held = [row for row in grant_rows(queries.current_grants_overview(now, reach)) if row.id == grant_id]
    form = DeputyForm(posted(request))
    if form.is_valid():
        asked = form.cleaned_data
        try:
            operations.name_deputy(
                grant_id=grant_id,
                deputy=_person(asked["email"]),
                by=reader(request),
                now=now,
                valid_from=start_of(asked["valid_from"]),
                valid_until=end_of(asked["valid_until"]) or now,
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The deputy is named."))
            return redirect("people-roles")
    if not held:
        messages.error(request, _("This role is not held any more."))
        return redirect("people-roles")
    return staff_page(request, "people/deputy.html", form=form, grant=held[0])


@needs("see_notices", somewhere=True)
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Whom we could not reach, what is still being tried, and for the whole city the figures of the last week."""
    reach = reach_of(request, "see_notices")
    counts = queries.notice_counts(clock.now() - timedelta(days=7)) if CITY in reach else {}
    rows = [notice_row(notice) for notice in queries.notices_not_arrived(reach=reach)]
    return staff_page(
        request,
        "people/staff_notices.html",
        unreachable=[row for row in rows if row.state == "unreachable"],
        waiting=[row for row in rows if row.state != "unreachable"],
        is_city=CITY in reach,
        counts=[(title, counts.get(state, 0)) for state, title in NOTICE_STATES.items()],
    )


@needs("see_notices", somewhere=True)
@require_POST
def settle_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Try again, or say that the person was told another way."""
    by, event = reader(request), request.POST.get("event", "")
    attempt(
        request,
        _("Noted: the person knows.") if event == "told" else _("It is being sent again."),
        lambda: operations.settle_notice(notice_id=notice_id, event=event, by=by, now=clock.now()),
    )
    return redirect("people-staff-notices")


@needs("restrict_people")
@require_http_methods(["GET", "POST"])
def restrictions(request: HttpRequest) -> HttpResponse:
    """Appeals that wait, restrictions in force, and a form for a new one."""
    now, by = clock.now(), reader(request)
    form = RestrictForm(posted(request))
    if form.is_valid():
        asked = form.cleaned_data
        try:
            operations.impose_restriction(
                person=_person(asked["email"]),
                kind="booking",
                reason_code="staff",
                words=asked["words"],
                ends_at=end_of(asked["ends_on"]) or now,
                by=by,
                now=now,
            )
        except Refusal as refusal:
            refusal.field = {"reason": "words", "ends_at": "ends_on"}.get(refusal.field, refusal.field)
            refuse(form, refusal)
        else:
            messages.success(request, _("The restriction is in force. The person has been told and can appeal."))
            return redirect("people-staff-restrictions")
    rows = [restriction_row(row, reader=by, now=now, offered=DECIDING) for row in queries.restrictions_for_staff(now)]
    return staff_page(request, "people/staff_restrictions.html", form=form, restrictions=rows)


@needs("restrict_people")
@require_POST
def decide_restriction(request: HttpRequest, restriction_id: int) -> HttpResponse:
    """Upholds or lifts, with a reason."""
    form, by = DecideForm(request.POST), reader(request)
    if not form.is_valid():
        messages.error(request, _("Say why, in a sentence."))
        return redirect("people-staff-restrictions")
    attempt(
        request,
        _("Decided. The person has been told."),
        lambda: operations.decide_restriction(
            restriction_id=restriction_id,
            event=form.cleaned_data["event"],
            by=by,
            words=form.cleaned_data["words"],
            now=clock.now(),
        ),
    )
    return redirect("people-staff-restrictions")
