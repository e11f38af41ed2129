"""Real codes and numbers for the addresses that need one; runs in the server's own environment."""

import json
import sys


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
    waiting = Reservation.objects.filter(state="requested", listing__place=place).first()
    found = {
        "listing": here.code,
        "organisation": Organisation.objects.order_by("pk")[0].slug,
        "confirmed": own("confirmed"),
        "waiting": waiting.code if waiting else own("requested"),
        "grant": str(Grant.objects.filter(role="manager").order_by("pk")[0].pk),
        "no_show": own("no_show"),
    }
    assert Claim.objects.exists()
    assert Payment.objects.exists()
    return found


def print_samples() -> None:
    sys.stdout.write(json.dumps(find_samples()))
