"""Which tables have a word index of their own: each has the columns title, place and body."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexedTable:
    """A table, its key, and what the engine's index over it is called."""

    name: str
    key: str
    index: str


# Of the first releases: listings have an index of another build since (`finding.listing_index`); migrations name it.
LISTINGS = IndexedTable("finding_searchtext", "listing_id", "finding_words")
ENTRIES = IndexedTable("finding_entrytext", "id", "finding_entry_words")
