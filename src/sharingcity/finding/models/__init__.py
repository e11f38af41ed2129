"""Tables of finding."""

from sharingcity.finding.models.entry_text import EntryText
from sharingcity.finding.models.favourite import Favourite, SharedFavourites
from sharingcity.finding.models.listing_facts import CellCount, ListingFacts, ListingWords
from sharingcity.finding.models.saved_search import SavedSearch

__all__ = [
    "CellCount",
    "EntryText",
    "Favourite",
    "ListingFacts",
    "ListingWords",
    "SavedSearch",
    "SharedFavourites",
]
