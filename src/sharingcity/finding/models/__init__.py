"""Tables of finding."""

from sharingcity.finding.models.entry_text import EntryText
from sharingcity.finding.models.favourite import Favourite, SharedFavourites
from sharingcity.finding.models.saved_search import SavedSearch
from sharingcity.finding.models.search_text import SearchText

__all__ = ["EntryText", "Favourite", "SavedSearch", "SearchText", "SharedFavourites"]
