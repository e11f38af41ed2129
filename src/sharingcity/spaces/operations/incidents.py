"""Reports of what went wrong: made with photos, dealt with, settled."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Refusal
from sharingcity.people.queries import has_left
from sharingcity.spaces.models import Incident, IncidentPhoto
from sharingcity.spaces.rules.photos import safe_photo
from sharingcity.spaces.states import INCIDENT

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.listings.models import Listing, Place
    from sharingcity.people.models import Person

MOST_PHOTOS: Final = 6


def report_incident(
    *,
    place: "Place",
    kind: str,
    words: str,
    by: "Person",
    now: datetime,
    listing: "Listing | None" = None,
    reservation: "Reservation | None" = None,
    photos: Sequence[bytes] = (),
    photo_words: Sequence[str] = (),
) -> Incident:
    """Key-holder, manager or the group itself report something, with up to six photos, which are encoded anew.

    `photo_words` say in the same order what each photo shows, as far as somebody said it.

    Raises: `state.not_allowed`; Refusal `incident.words_missing`, `incident.kind_unknown`, `incident.elsewhere`,
    `incident.too_many_photos`, `photo.too_big`, `photo.not_a_picture`.
    """
    _check(place, kind, words, photos, [listing, reservation.listing if reservation else None])
    clean = [safe_photo(photo) for photo in photos]  # before the transaction: it takes its time
    with write():
        incident = Incident(
            place=place,
            listing=listing or (reservation.listing if reservation else None),
            reservation=reservation,
            kind=kind,
            words=words.strip(),
            reported_by=by,
            reported_at=now,
        )
        INCIDENT.transition(incident, "report", by=by, now=now, data={"kind": kind, "photos": len(clean)})
        for position, (photo, shown) in enumerate(zip(clean, _padded(photo_words, len(clean)), strict=True)):
            row = IncidentPhoto(incident=incident, position=position, words=shown.strip())
            row.file.save(f"{incident.code}-{position + 1}.jpg", ContentFile(photo), save=True)
    return incident


def take_incident(*, incident: Incident, by: "Person", now: datetime) -> Incident:
    """The manager deals with it. Locks the incident. Raises: as `Workflow.transition`."""
    return _move(incident, "take", by, now)


def settle_incident(*, incident: Incident, by: "Person", now: datetime, reason: str) -> Incident:
    """It is mended, found, cleaned or let go, and the reason says which. Locks the incident.

    Raises: as `Workflow.transition`; `state.reason_missing`.
    """
    return _move(incident, "settle", by, now, reason)


def reopen_incident(*, incident: Incident, by: "Person", now: datetime, reason: str) -> Incident:
    """It was not over after all. Locks the incident. Raises: as `settle_incident`."""
    return _move(incident, "reopen", by, now, reason)


def _check(
    place: "Place", kind: str, words: str, photos: Sequence[bytes], listings: "Sequence[Listing | None]"
) -> None:
    if not words.strip():
        raise Refusal("incident.words_missing", _("Say what has happened."), field="words")
    if kind not in Incident.Kind.values:
        raise Refusal("incident.kind_unknown", _("Choose what it is about."), field="kind")
    if any(listing is not None and listing.place_id != place.pk for listing in listings):
        raise Refusal("incident.elsewhere", _("This room or booking is in another building."), field="listing")
    if len(photos) > MOST_PHOTOS:
        raise Refusal("incident.too_many_photos", _("Send six photos at most."), field="photos")


def _padded(words: Sequence[str], length: int) -> list[str]:
    return [*words, *[""] * length][:length]


def _move(incident: Incident, event: str, by: "Person", now: datetime, reason: str = "") -> Incident:
    with write():
        lock([f"incident:{incident.pk}"])
        found = Incident.objects.select_related("place", "reservation").get(pk=incident.pk)
        found.settled_at = now if event == "settle" else None
        INCIDENT.transition(found, event, by=by, now=now, reason=reason, also=("settled_at",))
        if event == "settle" and found.reservation is not None and has_left(found.reservation.person):
            _forget_words(found)
    return found


def _forget_words(incident: Incident) -> None:
    """Whose booking it was has left: now that it is settled, nobody needs what was said."""
    incident.words = ""
    incident.save(update_fields=["words"])
    incident.photos.update(words="")
    journal.erase_words(incident.reservation.person.pseudonym if incident.reservation else "")
