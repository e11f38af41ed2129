"""What search filters and orders by: one narrow row for each listing that residents can find."""

from django.db import models

FACETS = ("kind", "district_id", "category_id", "booking")
NEAR = (
    *("cell", "kind", "district_id", "hours_id", "hours_from", "policy_id", "booking", "books", "unit_id", "last_date"),
    *("category_id", "organisation_id", "fee_minor", "capacity", "access", "lat", "lng", "listing_id", "rank"),
)
"""Everything that a search near a place reads: neighbours lie together in this index, and far apart in the rows."""


class ListingFacts(models.Model):
    """A published listing as search reads it; written with its words in the transaction that changes the listing.

    The listing's own row is wide (texts in several languages) and lies where it was created. These rows lie in the
    order of the results, so that the first page is read from the front whatever the city's size. Nothing about time
    that is taken is kept here: that is asked of the claims.

    Numbers of rows of other rooms are plain: finding owns none of them, and looks nothing up through them.
    """

    # The place in the order of results, `rules.rank`: smaller is further up. SQLite's own row number.
    rank = models.BigAutoField(primary_key=True)
    listing = models.OneToOneField("listings.Listing", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    category_id = models.BigIntegerField(null=True)
    district_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField()
    booking = models.CharField(max_length=10)
    books = models.CharField(max_length=5)
    quality = models.PositiveSmallIntegerField()
    # 0 where it is not booked here.
    policy_id = models.BigIntegerField(default=0)
    # The unit of what books one; 0 where there is nothing to book, null where it books several.
    unit_id = models.BigIntegerField(null=True)
    # The one rule of opening hours that holds from `hours_from` on without an end; null where versions change.
    hours_id = models.BigIntegerField(null=True)
    hours_from = models.DateField(null=True)
    # What an hour costs in minor units; unknown ones have none and sort last.
    fee_minor = models.BigIntegerField(null=True)
    capacity = models.PositiveIntegerField(null=True)
    access = models.PositiveIntegerField(default=0)
    # The last day of what is for a time only.
    last_date = models.DateField(null=True)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    # H3 cell of resolution 9, as its place has it.
    cell = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=NEAR, name="facts_near"),
            models.Index(fields=["kind", "rank"], name="facts_of_one_kind"),
            models.Index(fields=["kind", "district_id", "rank"], name="facts_of_kind"),
            models.Index(fields=["district_id", "rank"], name="facts_of_district"),
            models.Index(fields=["category_id", "rank"], name="facts_of_category"),
            models.Index(fields=["organisation_id", "rank"], name="facts_of_organisation"),
            models.Index(fields=["fee_minor", "rank"], name="facts_of_fee"),
        ]

    def __str__(self) -> str:
        return f"facts of {self.listing_id}"


class ListingWords(models.Model):
    """The search tokens of one listing, in columns of the engine's own (`listing_index`).

    Kind, district, category and booking are tokens, too, so that the engine's word index narrows by them before a row
    is read.
    """

    rank = models.BigAutoField(primary_key=True)

    def __str__(self) -> str:
        return f"words at {self.rank}"


class CellCount(models.Model):
    """How many listings of a kind came to, or left, one H3 cell of resolution 9; their sum is what lies there.

    Rows are only added by those who change listings, so that two of them never wait for each other; a periodic task
    folds a cell's rows into one. Cell 0 is that of listings without coordinates. The sums of coordinates, in millionths
    of a degree, tell the middle of a cluster.
    """

    cell = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    places = models.IntegerField()
    lat_micro = models.BigIntegerField()
    lng_micro = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["cell", "kind"], name="counts_of_cell")]

    def __str__(self) -> str:
        return f"{self.places} {self.kind} in {self.cell:x}"
