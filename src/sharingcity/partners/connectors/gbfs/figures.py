"""Asks a system what is free now."""

from collections.abc import Iterator
from datetime import datetime

from sharingcity.partners.connectors.gbfs.documents import fetch_status
from sharingcity.partners.connectors.gbfs.live import Figures, read_figures
from sharingcity.partners.frame.setting import Ask

__all__ = ["Figures", "fetch_figures"]


def fetch_figures(location: str, ask: Ask, language: str, now: datetime) -> Iterator[Figures]:
    """Raises: as `frame.web.get` and `documents.read_document`."""
    return read_figures(fetch_status(location, ask, language), now)
