"""Real codes and numbers for the addresses that need one; runs in the server's own environment."""

import json
import sys
from datetime import UTC, datetime

# Thursday 3 December 2026 in Seoul, on which the journeys book.
DAY = (datetime(2026, 12, 2, 15, tzinfo=UTC), datetime(2026, 12, 3, 15, tzinfo=UTC))


def find_samples() -> dict[str, str]:
    """Keyed `address name.argument`, else by the argument alone."""
    from sharingcity.booking.models import Claim, Payment, Reservation
    from sharingcity.directory.models import Organisation
    from sharingcity.listings.models import Listing, Place
    from sharingcity.people.models import Grant, Person

    def of(first: str) -> Person:
        return Person.objects.get(email=f"{first}@demo.sharingcity.example")

    def own(*states: str) -> str:
        rows = Reservation.objects.filter(person=of("resident"), state__in=states)
        return str((rows.order_by("-starts_at").first() or Reservation.objects.filter(state__in=states)[0]).code)

    place = Place.objects.get(pk=Grant.objects.get(person=of("manager"), role="manager").scope_id)
    here = Listing.objects.filter(place=place, booking="here", is_extra=False).order_by("pk")[0]
    paid = Reservation.objects.filter(person=of("resident"), state="confirmed", paid_minor__gt=0)
    free = [one for one in Listing.objects.filter(place=place, booking="here") if one.titles["ko"].endswith("회의실")]
    busy = Reservation.objects.filter(starts_at__range=DAY).values("person")
    residents = Person.objects.filter(email__startswith="resident", identity_claims__kind="verified_resident")
    idle = [person.email.partition("@")[0] for person in residents.exclude(pk__in=busy).order_by("pk")]
    waiting = Reservation.objects.filter(state="requested", listing__place=place).first()
    found = {
        "listing": here.code,
        "organisation": Organisation.objects.order_by("pk")[0].slug,
        "confirmed": own("confirmed"),
        "waiting": waiting.code if waiting else own("requested"),
        "grant": str(Grant.objects.filter(role="manager").order_by("pk")[0].pk),
        "paid": str(paid.order_by("-starts_at")[0].code),
        "room": free[0].code,
        "idle": idle[0],
        "idle_too": idle[1],
        "no_show": own("no_show"),
        **_entries(),
    }
    assert Claim.objects.exists()
    assert Payment.objects.exists()
    return found


def _entries() -> dict[str, str]:
    """Of the directory, and of what waits there."""
    from sharingcity.directory.models import EntryVersion, ErrorReport, Likeness, Service
    from sharingcity.partners.models import Feed

    return {
        "feed": Feed.objects.get(organisation__slug="dureban-tools").code,
        "service": "interview-suits",
        "service_code": Service.objects.get(slug="dureban-tool-library").code,
        "unclaimed": "bakwihana",
        "version": str(EntryVersion.objects.filter(state="proposed")[0].pk),
        "error_report": ErrorReport.objects.order_by("pk")[0].code,
        "likeness": str(Likeness.objects.order_by("pk")[0].pk),
    }


def print_samples() -> None:
    sys.stdout.write(json.dumps(find_samples()))
