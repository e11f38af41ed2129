"""Serving somebody at the counter or on the phone: booked by staff, under the same rules."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sharingcity.booking.models import Reservation
from sharingcity.booking.operations.order import Order
from sharingcity.booking.operations.request import request_reservation
from sharingcity.booking.rules import refusals
from sharingcity.booking.subjects import contact_subject
from sharingcity.people.operations import create_person
from sharingcity.people.permissions import Scope, has_ability
from sharingcity.people.queries import caller_by_phone

if TYPE_CHECKING:
    from sharingcity.people.models import Person


def serve_caller(*, order: Order, name: str, phone: str, language: str, by: "Person", now: datetime) -> Reservation:
    """Books for a caller without an account, kept by name and telephone; the same number is the same caller.

    Notices go to the telephone where a channel reaches it, else to the staff's queue of whom we could not reach.

    Raises: `booking.not_staff`, and as `request_reservation`.
    """
    place = order.main.place
    scopes = [Scope("building", place.pk), Scope("organisation", order.main.organisation_id)]
    scopes += [Scope("district", place.district_id)] if place.district_id else []
    if not has_ability(by, "book_for_others", scopes, now):
        raise refusals.not_staff()
    caller = _known_caller(phone) or create_person(email="", name=name, phone=phone, language=language, now=now)
    named = replace(order, contact_name=name, contact_phone=phone)
    return request_reservation(order=named, person=caller, by=by, now=now)


def _known_caller(phone: str) -> "Person | None":
    """Whoever was served under this number before, however it was spelled: restrictions and absences are theirs."""
    served = Reservation.objects.filter(
        subject=contact_subject(phone), person__email="", person__is_active=True, person__erased_at=None
    )
    first = served.select_related("person").order_by("id").first()
    return first.person if first else caller_by_phone(phone)
