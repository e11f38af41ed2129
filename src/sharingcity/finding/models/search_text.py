"""The words under which a listing is found."""

from django.db import models


class SearchText(models.Model):
    """The search tokens of one published listing, parted by spaces: what weighs most comes first.

    The engine keeps its own index of these rows (`text_index`): SQLite by triggers, PostgreSQL by a generated column.
    Written by `finding.operations.index_listings` in the transaction that changes the listing.
    """

    listing = models.OneToOneField("listings.Listing", on_delete=models.CASCADE, primary_key=True, related_name="+")
    title = models.TextField()
    place = models.TextField()
    body = models.TextField()

    def __str__(self) -> str:
        return f"words of {self.listing_id}"
