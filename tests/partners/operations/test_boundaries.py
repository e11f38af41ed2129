import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.partners.importing import bring, figures
from tests.partners.published_table import rooms, write_csv

from sharingcity.directory.models import District
from sharingcity.listings.models import Place

pytestmark = pytest.mark.django_db


def feature(code: str, korean: str, english: str, west: float) -> dict[str, Any]:
    ring = [[west, 37.5], [west + 0.1, 37.5], [west + 0.1, 37.6], [west, 37.6], [west, 37.5]]
    return {
        "type": "Feature",
        "properties": {"SIG_CD": code, "SIG_KOR_NM": korean, "SIG_ENG_NM": english},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture
def outlines(tmp_path: Path) -> Callable[..., str]:
    def write(*features: dict[str, Any]) -> str:
        path = tmp_path / "outlines.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        return str(path)

    return write


def test_outlines_find_known_districts_and_take_their_places(outlines: Callable[..., str], tmp_path: Path) -> None:
    by_slug = District.objects.create(code="mapo", slug="mapo", names={"ar": "مابو"})
    by_name = District.objects.create(code="x", slug="anything", names={"ko": "영등포구"})
    bring(write_csv(tmp_path, *rooms(1)))
    path = outlines(
        feature("11560", "영등포구", "Yeongdeungpo-gu", 126.7),
        feature("11440", "마포구", "Mapo-gu", 126.85),
        feature("11110", "종로구", "Jongno-gu", 127.0),
    )

    report = bring(path, connector="boundaries")

    assert figures(report) == {"rows": 3, "created": 1, "updated": 2}
    by_slug.refresh_from_db()
    by_name.refresh_from_db()
    assert by_slug.names == {"ar": "مابو", "ko": "마포구", "en": "Mapo-gu"}
    assert (by_name.code, by_name.geometry is not None) == ("11560", True)
    assert Place.objects.get().district == by_slug
    assert figures(bring(path, connector="boundaries", days=1)) == {"rows": 3, "unchanged": 3}
