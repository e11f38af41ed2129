"""Who a booking counts against, as a subject of quotas and as keys to lock."""

import hashlib
import hmac

from django.conf import settings


def contact_subject(phone: str) -> str:
    """A salted hash of the digits of a telephone number: one caller is one subject, the number stays unknown."""
    digits = "".join(character for character in phone if character.isdigit())
    return "contact:" + hmac.new(settings.SECRET_KEY.encode(), digits.encode(), hashlib.sha256).hexdigest()[:40]


def person_keys(person_id: int, subject: str) -> list[str]:
    """What every booking of a person locks: the account (which may be erased meanwhile) and whom its quotas count."""
    return [f"person:{person_id}", f"person:{subject}"]
