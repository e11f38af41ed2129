"""Bytes to text, losing nothing silently.

Published files are UTF-8 with or without a mark, or CP949, and some hold broken multi-byte sequences. A broken
sequence becomes one visible replacement character; the lines that hold one are told, the rest is untouched.
"""

import codecs
from dataclasses import dataclass

REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """`broken_lines` counts from 1."""

    text: str
    encoding: str
    broken_lines: frozenset[int]


def decode(data: bytes) -> Decoded:
    """UTF-8 where it is that, else CP949; of two broken readings the one with less damage."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _damaged(data[len(mark) :], encoding)
    readings = []
    for encoding in ("utf-8", "cp949"):
        try:
            return Decoded(data.decode(encoding), encoding, frozenset())
        except UnicodeDecodeError:
            readings.append(_damaged(data, encoding))
    return min(readings, key=_damage)


def _damaged(data: bytes, encoding: str) -> Decoded:
    """CP949's second byte is never a line end, comma or quotation mark, so one broken letter stays one letter."""
    text = data.decode(encoding, errors="replace")
    broken = frozenset(number for number, line in enumerate(text.split("\n"), start=1) if REPLACEMENT in line)
    return Decoded(text, encoding, broken)


def _damage(reading: Decoded) -> int:
    return reading.text.count(REPLACEMENT)
