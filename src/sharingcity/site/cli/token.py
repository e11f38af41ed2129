"""`sharingcity token`: a key for somebody's programs."""

from typing import Annotated

import typer

from sharingcity.site.cli.frame import DataOption, Failure, JsonOption, app, open_city, print_json


@app.command()
def token(
    email: Annotated[str, typer.Argument(help="The person's e-mail address.")],
    name: Annotated[str, typer.Option(help="What the key is for.")] = "command line",
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Prints a new API token of a person and nothing else."""
    now = open_city(data)
    from sharingcity.kernel.states import SYSTEM
    from sharingcity.people import operations, queries

    person = queries.person_by_email(email)
    if person is None:
        raise Failure(f"Nobody has the address {email}. Sign up with it first.")
    key = operations.issue_token(person=person, name=name, by=SYSTEM, now=now)
    if as_json:
        print_json({"token": key, "email": email})
    else:
        print(key)
