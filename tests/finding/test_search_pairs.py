"""The published list of questions and what must be found, over the real data of Seoul."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sharingcity.finding.queries import Question, search
from sharingcity.kernel.city import local_date
from sharingcity.kernel.states import SYSTEM
from sharingcity.partners.operations import run_import

pytestmark = pytest.mark.django_db

CHECKOUT = Path(__file__).resolve().parents[2]
DATA = CHECKOUT.parent / "shared" / "data" / "seoul"
FILES = {
    "boundaries": "boundaries-gu.geojson",
    "kr-open-facilities": "open-facilities-2022-12.cp949.csv",
    "seoul-reservations": "public-service-reservations-sports-2025-05.json",
    "seoul-nanumcar": "nanumcar-stations-2017-11.json",
    "seoul-bikes": "bike-stations-2025-09.cp949.csv",
    "seoul-parking": "public-parking-2025.csv",
    "seoul-culture-events": "culture-events-2025-08.cp949.csv",
    "seoul-sports-facilities": "public-sports-facilities-2023.csv",
}
NOW = datetime(2025, 8, 18, 1, tzinfo=UTC)
RIGHT = 0.9


def pairs() -> list[tuple[str, list[str]]]:
    """What is asked, and the words of the title that must be among the first three."""
    rows = (CHECKOUT / "docs" / "search-pairs.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if row.startswith("| ")]
    return [(asked, expected.split()) for asked, expected in cells[1:]]


def is_found(asked: str, expected: list[str]) -> bool:
    titles = [one.listing.titles.get("ko", "") for one in search(Question(q=asked, limit=3), NOW).results]
    return any(all(word in title for word in expected) for title in titles)


def test_the_list_has_sixty_different_questions() -> None:
    asked = [question for question, _expected in pairs()]

    assert len(asked) == len(set(asked)) == 60


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason="the published files are not beside this checkout")
def test_nine_in_ten_are_among_the_first_three() -> None:
    for connector, file in FILES.items():
        run_import(
            connector_name=connector,
            location=str(DATA / file),
            by=SYSTEM,
            now=NOW,
            today=local_date(NOW),
            dry_run=False,
        )

    wrong = [asked for asked, expected in pairs() if not is_found(asked, expected)]

    assert len(wrong) <= len(pairs()) * (1 - RIGHT), wrong
