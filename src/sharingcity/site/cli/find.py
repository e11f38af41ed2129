"""`sharingcity find`: the search of the pages and the API, for scripts and quick looks."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from sharingcity.site.cli.frame import DataOption, JsonOption, app, open_city, print_json

if TYPE_CHECKING:
    from sharingcity.finding.queries import Page, Result
    from sharingcity.kernel.intervals import Interval

KINDS = ("space", "thing", "vehicle", "home", "event")


def read_near(text: str) -> tuple[float, float] | None:
    """`37.56,126.91`."""
    if not text:
        return None
    try:
        lat, lng = (float(part) for part in text.split(","))
    except ValueError as problem:
        raise typer.BadParameter(f"“{text}” is no LAT,LNG such as 37.5663,126.9014", param_hint="--near") from problem
    return lat, lng


def read_instant(text: str, option: str, zone: ZoneInfo) -> datetime:
    """`2026-11-26T19:00` on the city's clocks, or with an offset of its own."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError as problem:
        raise typer.BadParameter(f"“{text}” is no time such as 2026-11-26T19:00", param_hint=option) from problem
    return read if read.tzinfo else read.replace(tzinfo=zone)


def read_time(from_: str, to: str) -> "Interval | None":
    """A fixed time, of which both ends are given or none."""
    if bool(from_) != bool(to):
        raise typer.BadParameter("give both --from and --to, or neither", param_hint="--from")
    if not from_:
        return None
    from sharingcity.kernel.city import zone
    from sharingcity.kernel.intervals import Interval, IntervalInvalid

    try:
        return Interval(read_instant(from_, "--from", zone()), read_instant(to, "--to", zone()))
    except IntervalInvalid as problem:
        raise typer.BadParameter("the time ends before it begins", param_hint="--to") from problem


def as_row(result: "Result") -> dict[str, Any]:
    from sharingcity.kernel.city import zone
    from sharingcity.kernel.i18n import localised

    listing, slot = result.listing, result.first_slot
    return {
        "id": listing.code,
        "kind": listing.kind,
        "title": localised(listing.titles),
        "booking": listing.booking,
        "place": localised(listing.place.names),
        "distance_m": None if result.distance_m is None else round(result.distance_m),
        "first_slot": slot
        and {
            "starts_at": slot.starts_at.astimezone(zone()).isoformat(),
            "ends_at": slot.ends_at.astimezone(zone()).isoformat(),
        },
    }


def print_table(page: "Page") -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("id", "title", "place", "booking", "first free"):
        table.add_column(heading)
    for row in map(as_row, page.results):
        slot = row["first_slot"]
        table.add_row(row["id"], row["title"], row["place"], row["booking"], slot["starts_at"][:16] if slot else "–")
    Console().print(table)
    print(f"{page.count.value}{'' if page.count.is_exact else '+'} found")


@app.command()
def find(
    text: Annotated[str, typer.Argument(help="What to look for; empty finds everything.")] = "",
    *,
    kind: Annotated[str, typer.Option(help=", ".join(KINDS))] = "",
    near: Annotated[str, typer.Option(metavar="LAT,LNG")] = "",
    radius_m: Annotated[int | None, typer.Option("--radius-m")] = None,
    from_: Annotated[str, typer.Option("--from", help="Such as 2026-11-26T19:00, on the city's clocks.")] = "",
    to: Annotated[str, typer.Option("--to")] = "",
    party_size: Annotated[int | None, typer.Option("--party-size")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 20,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Finds listings, each with its first free time."""
    if kind and kind not in KINDS:
        raise typer.BadParameter(f"“{kind}” is none of {', '.join(KINDS)}", param_hint="--kind")
    place = read_near(near)
    now = open_city(data)
    from sharingcity.finding.queries import Question, search

    when = read_time(from_, to)
    question = Question(q=text, kind=kind, near=place, radius_m=radius_m, when=when, party_size=party_size, limit=limit)
    page = search(question, now)
    if as_json:
        count = {"value": page.count.value, "is_exact": page.count.is_exact}
        print_json({"results": [as_row(result) for result in page.results], "count": count, "next": page.next or None})
    else:
        print_table(page)
