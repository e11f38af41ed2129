"""Whom quotas count when somebody without an account is served."""

import hashlib
import hmac

from django.conf import settings


def contact_subject(phone: str) -> str:
    """A salted hash of the digits of a telephone number: one caller is one subject, the number stays unknown."""
    digits = "".join(character for character in phone if character.isdigit())
    return "contact:" + hmac.new(settings.SECRET_KEY.encode(), digits.encode(), hashlib.sha256).hexdigest()[:40]
