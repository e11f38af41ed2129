"""`sharingcity export DIR`: everything public, as open data."""

from pathlib import Path
from typing import Annotated

import typer

from sharingcity.site.cli.frame import DataOption, Failure, JsonOption, app, open_city, print_json


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", file_okay=False, help="Where the files go.")],
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Writes everything public: tables, GeoJSON, feeds, HSDS, the catalogue, sitemaps and the journal's seals."""
    now = open_city(data)
    from sharingcity.partners.feeds_out.export import export_open_data

    try:
        sizes = export_open_data(folder, now)
    except OSError as problem:
        raise Failure(f"Cannot write to {folder} ({problem.strerror}). Name a folder you may write.") from problem
    if as_json:
        print_json({"folder": str(folder), "bytes": sizes})
        return
    for name, size in sizes.items():
        print(f"{name}: {size:,} bytes")
