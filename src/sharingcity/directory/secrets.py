"""Codes and links that are worked out from the city's key, so that the database keeps no copy of them."""

import hashlib
import hmac

from django.conf import settings
from django.core import signing

from sharingcity.directory.models import Confirmation, EntryClaim, Invitation

CODE_DIGITS = 6
_STILL_TRUE = "directory.still_true"
_INVITATION = "directory.invitation"


def code_of(claim: EntryClaim) -> str:
    """Six digits that belong to this claim alone."""
    told = f"directory.claim:{claim.pk}:{claim.salt}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).digest()
    return str(int.from_bytes(digest[:8], "big") % 10**CODE_DIGITS).zfill(CODE_DIGITS)


def is_code_of(claim: EntryClaim, typed: str) -> bool:
    """Compared in the same time whatever was typed; spaces and dashes are forgiven."""
    digits = "".join(str(int(c)) for c in typed if c.isdecimal())
    return bool(claim.salt) and hmac.compare_digest(code_of(claim), digits)


def still_true_token(confirmation: Confirmation, person_id: int) -> str:
    """What stands in a letter: good for this question and this owner, 0 for the address that the entry shows."""
    return signing.dumps([confirmation.pk, person_id], salt=_STILL_TRUE)


def read_still_true_token(token: str) -> tuple[int, int] | None:
    """Question and person, or None for what was not made here."""
    found = _loaded(token, _STILL_TRUE)
    return (int(found[0]), int(found[1])) if isinstance(found, list) else None


def address_key(email: str) -> str:
    """An address as nobody can read it, the same however it is written."""
    told = f"directory.address:{email.strip().casefold()}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()


def invitation_token(invitation: Invitation) -> str:
    return signing.dumps(invitation.pk, salt=_INVITATION)


def read_invitation_token(token: str) -> int | None:
    found = _loaded(token, _INVITATION)
    return found if isinstance(found, int) else None


def _loaded(token: str, salt: str) -> object:
    try:
        return signing.loads(token, salt=salt)
    except signing.BadSignature:
        return None


def masked(email: str) -> str:
    """`h•••@e•••.kr`: enough to know one's own address by, not enough to learn it."""
    name, _at, host = email.partition("@")
    label, _dot, ending = host.rpartition(".")
    return f"{name[:1]}•••@{label[:1]}•••.{ending}" if label else f"{name[:1]}•••@{host[:1]}•••"
