"""`sharingcity bench`: how fast is it at a stated size, on the engine of SHARINGCITY_DATABASE_URL?"""

from enum import StrEnum
from typing import Annotated

import typer

from sharingcity.site.cli.frame import JsonOption, app, print_json


class Name(StrEnum):
    SEARCH = "search"
    BOOK = "book"
    PAGES = "pages"
    HUB = "hub"
    IMPORT = "import"


@app.command()
def bench(
    name: Name,
    *,
    rooms: Annotated[int, typer.Option(min=24, max=100_000)] = 600,
    reservations: Annotated[int, typer.Option(min=0, max=1_000_000)] = 20_000,
    people: Annotated[int, typer.Option(min=8, max=10_000)] = 200,
    listings: Annotated[int, typer.Option(min=1_000, max=5_000_000, help="hub: how many listings.")] = 1_000_000,
    claims: Annotated[int, typer.Option(min=0, max=50_000_000, help="hub: how many claims.")] = 5_000_000,
    rows: Annotated[int, typer.Option(min=100, max=1_000_000, help="import: how many rows.")] = 50_000,
    port: Annotated[
        int, typer.Option("--serve", min=0, max=65535, help="hub: leave the API running at this port.")
    ] = 0,
    curve: Annotated[
        bool, typer.Option("--curve", help="hub: ask a hundredth and a tenth of the city first; tells the growth.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Measures in a throw-away database and prints one JSON object. The data folder is never touched."""
    if name is Name.HUB and curve:
        from sharingcity.site.bench.hub.growth import measure_growth

        print_json(measure_growth(listings=listings, claims=claims))
        return
    from sharingcity.site.bench.throwaway import run_measurement

    sizes = ["--rooms", str(rooms), "--reservations", str(reservations), "--people", str(people)]
    sizes += ["--listings", str(listings), "--claims", str(claims), "--serve", str(port)]
    sizes += ["--rows", str(rows)]
    raise typer.Exit(run_measurement(name.value, sizes))
