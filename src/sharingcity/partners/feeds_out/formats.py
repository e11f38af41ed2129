"""Rows as bytes, piece by piece: CSV, JSON, GeoJSON. Each keeps its form at no row at all."""

import csv
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

Rows = Iterable[Sequence[Mapping[str, Any]]]
"""Rows in pieces that fit into memory."""

# What spreadsheets begin a formula with, East Asian wide forms included; and what they skip to get there.
FORMULA: Final = frozenset("=+-@＝＋－＠")
BREAKS: Final = frozenset("\t\r\n\v\f\x00")
UNSEEN: Final = "".join(BREAKS) + " \xa0\u200b\u200c\u200d\u2060\u3000\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
LINE_ENDS: Final = "\x85\u2028\u2029"


def csv_safe(value: Any) -> Any:
    """A spreadsheet must not take words for a formula, whatever blanks and signs nobody sees stand before them."""
    if not isinstance(value, str):
        return value
    begin = value.lstrip(UNSEEN)
    mark = "'" if begin[:1] in FORMULA or value[:1] in BREAKS else ""
    return f"{mark}{value}".replace("\x00", "")


def as_csv(rows: Rows, columns: Sequence[str]) -> Iterator[bytes]:
    """UTF-8 with the mark that spreadsheets look for, the columns always in the first line."""
    yield "\ufeff".encode() + _lines([columns])
    for piece in rows:
        yield _lines([csv_safe(row[column]) for column in columns] for row in piece)


def _lines(rows: Iterable[Sequence[Any]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()


def dumped(value: Any) -> str:
    """JSON on one line, whatever a reader takes for the end of one, and without the character NUL, which many a
    reader's database refuses.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if "\\u0000" in text:
        text = json.dumps(_without_nul(value), ensure_ascii=False, separators=(",", ":"))
    for sign in LINE_ENDS:
        if sign in text:
            text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, Mapping):
        return {_without_nul(key): _without_nul(part) for key, part in value.items()}
    return [_without_nul(part) for part in value] if isinstance(value, list | tuple) else value


def as_json(rows: Rows, about: Mapping[str, Any], key: str) -> Iterator[bytes]:
    """One object: what it is about, then under `key` the rows, one a line."""
    head = dumped(about)[:-1]
    yield f'{head}{"," if about else ""}"{key}":['.encode()
    yield from _listed(rows)
    yield b"\n]}\n"


def as_geojson(rows: Rows, about: Mapping[str, Any]) -> Iterator[bytes]:
    """RFC 7946; rows without coordinates have no place on a map and are left out."""
    points = ([_feature(row) for row in piece if row["lat"] is not None] for piece in rows)
    return as_json(points, {"type": "FeatureCollection", **about}, "features")


def _feature(row: Mapping[str, Any]) -> dict[str, Any]:
    properties = {name: value for name, value in row.items() if name not in ("lat", "lng")}
    point = {"type": "Point", "coordinates": [row["lng"], row["lat"]]}
    return {"type": "Feature", "id": row["id"], "geometry": point, "properties": properties}


def _listed(rows: Rows) -> Iterator[bytes]:
    separator = "\n"
    for piece in rows:
        if piece:
            yield (separator + ",\n".join(map(dumped, piece))).encode()
            separator = ",\n"


def gzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same, compressed as it comes; no time in its head, so that equal content is equal bytes."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    for piece in pieces:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()
