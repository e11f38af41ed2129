"""A source of one file, asked for again only when it has changed."""

from collections.abc import Mapping

from sharingcity.partners.frame.setting import Ask, Fetched
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.web import Validators


def fetch_single(location: str, ask: Ask, known: Mapping[str, Validators], _language: str) -> Fetched | None:
    """None where it is as it was."""
    answer = ask(location, known.get(location, Validators()))
    if answer is None:
        return None
    return Fetched(source=Source(location, answer.body), validators={location: answer.validators})
