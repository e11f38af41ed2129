"""Opaque public identifiers: short to read out at a counter, hard to guess, never a row number."""

import secrets

# Crockford's base 32 without I, L, O, U: nothing to mistake on the phone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_BITS = 5
_LAST = len(ALPHABET) - 1
_SHIFTS = range(0, LENGTH * _BITS, _BITS)


def new_id() -> str:
    """Ten characters, 50 random bits."""
    number = secrets.randbits(LENGTH * _BITS)
    return "".join([ALPHABET[number >> shift & _LAST] for shift in _SHIFTS])


def read_id(text: str) -> str:
    """What somebody typed or read out, as the identifier it means: case and look-alikes forgiven.

    Without the character NUL, which PostgreSQL refuses to look for.
    """
    return text.strip().upper().translate(str.maketrans("ILO", "110", " -\x00"))
