"""`sharingcity worker`: one more process for background work, for a city with several machines."""

import signal
from typing import Annotated

import typer

from sharingcity.site.cli.frame import DataOption, app, open_city


@app.command()
def worker(
    data: DataOption = None,
    parent: Annotated[int, typer.Option(hidden=True, help="Stop when this process is gone.")] = 0,
) -> None:
    """Does background work until it is stopped; the task at hand is finished first."""
    open_city(data)
    from sharingcity.kernel.tasks import Worker
    from sharingcity.site.server import stop_with_parent

    work = Worker()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: work.stop())
    if parent:
        stop_with_parent(parent, work.stop)
    work.run()
