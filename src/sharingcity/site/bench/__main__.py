"""One measurement in the database that the environment names: `python -m sharingcity.site.bench NAME`."""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import django


def _measurements() -> "dict[str, Callable[[Any, datetime], dict[str, Any]]]":
    from sharingcity.site.bench.book import measure_book
    from sharingcity.site.bench.pages import measure_pages
    from sharingcity.site.bench.search import measure_search

    return {"search": measure_search, "book": measure_book, "pages": measure_pages}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sharingcity.site.settings")
    django.setup()
    # Only now: the rooms need the settings.
    from django.db import connection

    from sharingcity.kernel.clock import now
    from sharingcity.site.bench.city import build_city
    from sharingcity.site.bench.measure import memory_mib
    from sharingcity.site.setup import prepare_database

    options = argparse.ArgumentParser()
    options.add_argument("name", choices=list(_measurements()))
    options.add_argument("--rooms", type=int, default=600)
    options.add_argument("--reservations", type=int, default=20_000)
    options.add_argument("--people", type=int, default=200)
    asked = options.parse_args()
    prepare_database()
    begun = time.perf_counter()
    city = build_city(rooms=asked.rooms, reservations=asked.reservations, people=asked.people, now=now())
    built = time.perf_counter() - begun
    answer: dict[str, Any] = {"name": asked.name, "engine": connection.vendor}
    answer["sizes"] = {"rooms": len(city.listings), "reservations": city.reservations, "people": len(city.people)}
    answer["built_seconds"] = round(built, 1)
    answer |= _measurements()[asked.name](city, now())
    answer["memory_mib"] = memory_mib()
    json.dump(answer, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
