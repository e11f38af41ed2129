"""Tables of finding."""

from sharingcity.finding.models.search_text import SearchText

__all__ = ["SearchText"]
