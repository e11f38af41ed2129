"""Opaque public identifiers: short to read out at a counter, hard to guess, never a row number."""

import secrets

# Crockford's base 32 without I, L, O, U: nothing to mistake on the phone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10


def new_id() -> str:
    """Ten characters, 50 random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_id(text: str) -> str:
    """What somebody typed or read out, as the identifier it means: case and look-alikes forgiven.

    Without the character NUL, which PostgreSQL refuses to look for.
    """
    return text.strip().upper().translate(str.maketrans("ILO", "110", " -\x00"))
