"""`sharingcity backup` and `restore`: the whole city in one file."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from sharingcity.site.cli.frame import DataOption, Failure, JsonOption, app, open_city, print_json


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it, such as city-2026-11-22.tar.gz.")],
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Copies database, files and secret key into one file while the city goes on working."""
    now = open_city(data)
    from sharingcity.kernel.db import CannotCopy
    from sharingcity.site.backup import take_backup

    target = file.expanduser().resolve()
    if not target.parent.is_dir():
        raise Failure(f"The folder {target.parent} does not exist. Make it first.")
    try:
        manifest = take_backup(target, now=now)
    except (CannotCopy, OSError) as problem:
        raise Failure(f"No backup was written: {problem}") from problem
    if as_json:
        print_json({"file": str(target), "bytes": target.stat().st_size, **asdict(manifest)})
    else:
        print(f"{target}: {manifest.engine}, {manifest.files} files. It holds personal data: keep it safe.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `sharingcity backup` wrote.", exists=True, dir_okay=False)],
    data: DataOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Also when this city is not empty: all of it is lost.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Puts a backup in the place of this city. Stop the server first."""
    open_city(data)
    from sharingcity.kernel.db import CannotCopy
    from sharingcity.site.backup import CannotRestore, restore_backup
    from sharingcity.site.setup import prepare_database

    try:
        manifest = restore_backup(file.expanduser().resolve(), force=force)
    except (CannotCopy, CannotRestore) as problem:
        raise Failure(str(problem)) from problem
    prepare_database()
    if as_json:
        print_json(asdict(manifest))
    else:
        print(f"Restored the city of {manifest.taken_at}: {manifest.files} files. Start it with ./run --empty.")
