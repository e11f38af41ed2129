"""What finding keeps: the word indexes, and what residents keep."""

from sharingcity.finding.operations.entries import index_entries, reindex_entries
from sharingcity.finding.operations.index import index_listings, index_made, is_behind, reindex_all

__all__ = ["index_entries", "index_listings", "index_made", "is_behind", "reindex_all", "reindex_entries"]
