"""The secret address of a person's calendar: made when first asked for, changed when it got into wrong hands."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings

from sharingcity.booking.models import CalendarKey
from sharingcity.kernel.db import lock, retried, write

if TYPE_CHECKING:
    from sharingcity.people.models import Person


def secret_of(person_id: int, nonce: str) -> str:
    """The secret behind a nonce: whoever reads the database alone cannot make it."""
    message = f"calendar:{person_id}:{nonce}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def calendar_secret(*, person: "Person", now: datetime) -> str:
    """The secret for the person's calendar address; the same each time until it is changed. Locks: the person."""
    key = CalendarKey.objects.filter(person=person).first()
    if key is not None and hash_of(secret_of(person.pk, key.nonce)) == key.secret_hash:
        return secret_of(person.pk, key.nonce)
    # None yet, or the installation's own secret was changed, which no address survives.
    return change_calendar_secret(person=person, now=now)


@retried
def change_calendar_secret(*, person: "Person", now: datetime) -> str:
    """A new address; the old one answers nobody from now on. Locks: the person."""
    nonce = secrets.token_hex(16)
    secret = secret_of(person.pk, nonce)
    with write():
        lock([f"person:{person.pk}"])
        CalendarKey.objects.update_or_create(
            person=person, defaults={"nonce": nonce, "secret_hash": hash_of(secret), "made_at": now}
        )
    return secret
