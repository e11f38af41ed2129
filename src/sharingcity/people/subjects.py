"""The human being behind an account: a salted hash of the verified identity, never the identity."""

import hashlib
import hmac

from django.conf import settings


def subject_hash(identity: str) -> str:
    """Equal for equal identities (such as a connecting-information value of a provider); cannot be turned back.

    Keyed with the installation's secret, so that hashes of two cities cannot be joined.
    """
    key = hashlib.sha256(f"identity subject:{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, identity.strip().encode(), hashlib.sha256).hexdigest()


def token_hash(token: str) -> str:
    """Tokens have 256 random bits: a plain hash is enough, and quick on every request."""
    return hashlib.sha256(token.encode()).hexdigest()
