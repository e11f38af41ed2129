"""One measurement in the database that the environment names: `python -m sharingcity.site.bench NAME`."""

import argparse
import json
import os
import sys
import time
from typing import Any

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sharingcity.site.settings")
    django.setup()
    # Only now: the rooms need the settings.
    from django.db import connection

    from sharingcity.site.bench.measure import memory_mib
    from sharingcity.site.setup import prepare_database

    asked = _options().parse_args()
    prepare_database()
    answer: dict[str, Any] = {"name": asked.name, "engine": connection.vendor}
    answer |= {"hub": _hub, "import": _feed}.get(asked.name, _rooms)(asked)
    answer["memory_mib"] = memory_mib()
    json.dump(answer, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser()
    options.add_argument("name", choices=["search", "book", "pages", "hub", "import"])
    options.add_argument("--rooms", type=int, default=600)
    options.add_argument("--reservations", type=int, default=20_000)
    options.add_argument("--people", type=int, default=200)
    options.add_argument("--listings", type=int, default=1_000_000)
    options.add_argument("--claims", type=int, default=5_000_000)
    options.add_argument("--rows", type=int, default=50_000)
    options.add_argument("--serve", type=int, default=0)
    return options


def _hub(asked: argparse.Namespace) -> dict[str, Any]:
    from sharingcity.kernel.clock import now
    from sharingcity.site.bench.hub.measure import measure_hub

    return measure_hub(listings=asked.listings, claims=asked.claims, port=asked.serve, now=now())


def _feed(asked: argparse.Namespace) -> dict[str, Any]:
    from sharingcity.kernel.clock import now
    from sharingcity.site.bench.feed.measure import measure_import

    return measure_import(rows=asked.rows, now=now())


def _rooms(asked: argparse.Namespace) -> dict[str, Any]:
    from sharingcity.kernel.clock import now
    from sharingcity.site.bench.book import measure_book
    from sharingcity.site.bench.city import build_city
    from sharingcity.site.bench.pages import measure_pages
    from sharingcity.site.bench.search import measure_search

    begun = time.perf_counter()
    city = build_city(rooms=asked.rooms, reservations=asked.reservations, people=asked.people, now=now())
    built = time.perf_counter() - begun
    sizes = {"rooms": len(city.listings), "reservations": city.reservations, "people": len(city.people)}
    measure = {"search": measure_search, "book": measure_book, "pages": measure_pages}[asked.name]
    return {"sizes": sizes, "built_seconds": round(built, 1)} | measure(city, now())


if __name__ == "__main__":
    main()
