"""`sharingcity demo`: a small living city to look around in."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console

from sharingcity.site.cli.frame import DataOption, JsonOption, app, is_terminal, open_city, print_json

STAFF = "manager steward host organisation officer committee reviewer editor moderator admin"


def build_with_progress(now: datetime, seed: int | None = None) -> dict[str, object]:
    """Builds the demo city while a terminal shows that something happens; what was made, by name."""
    from sharingcity.site.demo import build_demo

    with Console(stderr=True, quiet=not is_terminal()).status("Building the demo city …"):
        report = build_demo(now=now) if seed is None else build_demo(now=now, seed=seed)
    return asdict(report)


def print_sign_ins() -> None:
    """Who may look around in a demo city, and the password that everybody knows."""
    from sharingcity.site.demo import DOMAIN, PASSWORD

    print(f"Demo sign-ins, all with the password {PASSWORD}:", flush=True)
    print(f"  resident@{DOMAIN}, resident2@ … resident20@", flush=True)
    print(f"  {', '.join(f'{code}@' for code in STAFF.split())}", flush=True)


@app.command()
def demo(
    data: DataOption = None,
    seed: Annotated[int | None, typer.Option(help="Another city of the same kind.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Makes the demo city in an empty database; refused when there is a city already."""
    made = build_with_progress(open_city(data), seed)
    if as_json:
        print_json(made)
        return
    for name, value in made.items():
        print(f"{name}: {value}")
    print_sign_ins()
