"""District outlines from a GeoJSON feature collection."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from sharingcity.partners.connectors.boundaries.outline import Outline, OutlineError, read_outline
from sharingcity.partners.frame.decode import decode
from sharingcity.partners.frame.problems import Severity, problem
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected, Skipped
from sharingcity.partners.frame.source import Source, SourceRefused, not_json
from sharingcity.partners.frame.values import clean
from sharingcity.partners.mapped import MappedDistrict

_WGS84 = ("CRS84", "4326")
_CODES = ("SIG_CD", "행정동코드", "EMD_CD", "ADM_CD", "adm_cd", "code")
_NAMES_KO = ("SIG_KOR_NM", "읍면동명", "EMD_KOR_NM", "ADM_NM", "adm_nm", "name_ko", "name")
_NAMES_EN = ("SIG_ENG_NM", "EMD_ENG_NM", "name_en")
_PARENTS = ("시군구명", "parent_name")


@dataclass(frozen=True)
class Boundaries:
    """One feature is one district."""

    name: ClassVar[str] = "boundaries"
    title: ClassVar[str] = "행정구역 경계"
    attribution: ClassVar[str] = "행정안전부 주소기반산업지원서비스 (JUSO)"

    def read(self, source: Source) -> Sequence[RawRow]:
        """Every feature, numbered from 1.

        Raises: `import.json_invalid`, `import.entries_missing`, `import.not_wgs84`.
        """
        try:
            document = json.loads(decode(source.data).text)
        except ValueError as error:
            raise not_json(source.name, error) from error
        if not isinstance(document, dict) or not isinstance(document.get("features"), list):
            raise SourceRefused("entries_missing", _("There are no features in this file."), name=source.name)
        _check_reference(document, source)
        return [_raw(number, feature) for number, feature in enumerate(document["features"], start=1)]

    def map(self, raw: RawRow) -> Mapped[MappedDistrict] | Rejected | Skipped:
        """A district, unless it has no code, no name or no usable outline."""
        properties = raw.values["properties"]
        code, name_ko = _first(properties, _CODES), _first(properties, _NAMES_KO)
        for value, fields, reason in ((code, _CODES, "id_missing"), (name_ko, _NAMES_KO, "name_missing")):
            if not value:
                return Rejected((problem(Severity.REJECTED, reason, raw.number, "/".join(fields)),))
        try:
            outline = read_outline(raw.values["geometry"])
        except OutlineError as error:
            return Rejected(
                (problem(Severity.REJECTED, "geometry_invalid", raw.number, "geometry", name_ko, why=error),)
            )
        return Mapped(_district(properties, raw.number, outline))


def _district(properties: Mapping[str, Any], row: int, outline: Outline) -> MappedDistrict:
    code = _first(properties, _CODES)
    return MappedDistrict(
        key=code,
        row=row,
        code=code,
        name_ko=_first(properties, _NAMES_KO),
        name_en=_first(properties, _NAMES_EN),
        parent_name=_first(properties, _PARENTS),
        geometry=outline.geometry,
        centre_lat=outline.centre_lat,
        centre_lng=outline.centre_lng,
        area_km2=outline.area_km2,
    )


def _check_reference(document: Mapping[str, Any], source: Source) -> None:
    """GeoJSON is WGS84 by its standard; files in metres of a national grid are published all the same."""
    crs = document.get("crs")
    declared = json.dumps(crs) if crs else ""
    if declared and not any(name in declared for name in _WGS84):
        raise SourceRefused(
            "not_wgs84",
            _("The coordinates are not WGS84 degrees: the file says %(declared)s."),
            name=source.name,
            declared=str(declared),
        )
    for feature in document["features"]:
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        outside = next(
            (p for p in _points((geometry or {}).get("coordinates")) if abs(p[0]) > 180 or abs(p[1]) > 90), None
        )
        if outside is not None:
            raise SourceRefused(
                "not_wgs84",
                _("The coordinates are not WGS84 degrees: %(x)s, %(y)s."),
                name=source.name,
                x=outside[0],
                y=outside[1],
            )


def _points(coordinates: object) -> Iterator[Sequence[float]]:
    if not isinstance(coordinates, list):
        return
    if len(coordinates) > 1 and all(isinstance(part, int | float) for part in coordinates):
        yield coordinates
        return
    for part in coordinates:
        yield from _points(part)


def _first(properties: Mapping[str, Any], names: Sequence[str]) -> str:
    return next((text for name in names if (text := clean(properties.get(name)))), "")


def _raw(number: int, feature: object) -> RawRow:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        refused = problem(Severity.REJECTED, "entry_not_object", number, "", str(feature)[:200])
        return RawRow(number, {}, (refused,))
    return RawRow(number, {"properties": feature["properties"], "geometry": feature.get("geometry")})
