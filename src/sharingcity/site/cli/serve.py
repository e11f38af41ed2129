"""`sharingcity serve`: the web server and the worker."""

from typing import Annotated

import typer

from sharingcity.site.cli.demo import build_with_progress, print_sign_ins
from sharingcity.site.cli.frame import DataOption, app, load_settings


def _fill(empty: bool) -> bool:
    """Builds the demo city where there is none and nothing it would get in the way of; whether there is one now."""
    from sharingcity.kernel import clock
    from sharingcity.kernel.city import is_demo
    from sharingcity.site.demo import has_city

    if not empty and not has_city():
        build_with_progress(clock.now())
    return is_demo()


def _announce(host: str, port: int, has_demo: bool) -> None:
    if has_demo:
        print_sign_ins()
    shown = f"[{host}]" if ":" in host else host
    print(f"Sharing City is at http://{shown}:{port}/ – Ctrl-C stops it.", flush=True)


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    data: DataOption = None,
    empty: Annotated[bool, typer.Option("--empty", help="Start without the demo city.")] = False,
    worker: Annotated[bool, typer.Option(help="Also run the background worker.")] = True,
) -> None:
    """Starts the web server and the worker; Ctrl-C or SIGTERM stops both."""
    from sharingcity.site.server import refuse_taken_port

    refuse_taken_port(host, port)
    load_settings(data)
    from sharingcity.site import server, setup

    setup.prepare_site()
    has_demo = _fill(empty)
    server.serve(host=host, port=port, with_worker=worker, announce=lambda: _announce(host, port, has_demo))
