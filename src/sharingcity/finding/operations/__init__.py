"""What finding keeps: the word index."""

from sharingcity.finding.operations.index import index_listings, reindex_all

__all__ = ["index_listings", "reindex_all"]
