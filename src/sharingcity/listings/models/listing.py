"""Listings and the units they book."""

from django.db import models
from django.db.models import F, Q

from sharingcity.kernel.ids import new_id


class Unit(models.Model):
    """The smallest part that can be booked alone: a room, half a hall, one of three drills."""

    place = models.ForeignKey("listings.Place", on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=120)
    turnaround_minutes = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Listing(models.Model):
    """One thing that can be shared, of a kind. It books all of its units (a hall) or any n of them (a pool)."""

    class Kind(models.TextChoices):
        SPACE = "space"
        THING = "thing"
        VEHICLE = "vehicle"
        HOME = "home"
        EVENT = "event"

    class Booking(models.TextChoices):
        HERE = "here"
        REQUEST = "request"
        ELSEWHERE = "elsewhere"
        ASK = "ask"

    class Books(models.TextChoices):
        ALL = "all"
        ANY = "any"

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        RETIRED = "retired"

    code = models.CharField(max_length=10, unique=True, default=new_id)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PUBLISHED)
    booking = models.CharField(max_length=10, choices=Booking.choices)
    books = models.CharField(max_length=5, choices=Books.choices, default=Books.ALL)
    titles = models.JSONField(default=dict)
    descriptions = models.JSONField(default=dict)
    category = models.ForeignKey("directory.Category", on_delete=models.PROTECT, null=True, related_name="listings")
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="listings")
    place = models.ForeignKey("listings.Place", on_delete=models.PROTECT, related_name="listings")
    units = models.ManyToManyField(Unit, through="listings.ListingUnit", related_name="listings")
    floor = models.CharField(max_length=30, blank=True)
    capacity = models.PositiveIntegerField(null=True)
    # How many vehicles it has room for: bays of a car park, docks of a station. People are `capacity`.
    spots = models.PositiveIntegerField(null=True)
    area_m2 = models.FloatField(null=True)
    # One bit per need of `listings.access`.
    access = models.PositiveIntegerField(default=0)
    # Words of the source that no rule could hold, shown beside the hours.
    opening_note = models.CharField(max_length=500, blank=True)
    fee_note = models.CharField(max_length=500, blank=True)
    # What one hour costs, for filters and order only (0 = free, null = unknown); the promise is the fee version's.
    hour_fee_minor = models.PositiveBigIntegerField(null=True)
    # When it takes place (an event, a season), days on the city's wall, both included; null: not bound to days.
    first_date = models.DateField(null=True)
    last_date = models.DateField(null=True)
    how_to_book = models.JSONField(default=dict)
    phone = models.CharField(max_length=60, blank=True)
    url = models.URLField(max_length=800, blank=True)
    # An extra (a projector) is booked with a room, never found alone.
    is_extra = models.BooleanField(default=False)
    quality = models.PositiveSmallIntegerField(default=50)
    # Where it came from: connector and the key there; empty for those entered here.
    connector = models.CharField(max_length=40, blank=True)
    external_key = models.CharField(max_length=300, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connector", "external_key"], condition=~Q(connector=""), name="listing_source_once"
            ),
            models.CheckConstraint(
                condition=(Q(state="retired") & Q(retired_at__isnull=False))
                | (~Q(state="retired") & Q(retired_at=None)),
                name="listing_retired_dated",
            ),
            models.CheckConstraint(
                condition=Q(first_date=None) | Q(last_date=None) | Q(first_date__lte=F("last_date")),
                name="listing_dates_in_order",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-quality", "id"],
                name="listing_shown_in_order",
                condition=Q(state="published", is_extra=False),
            ),
            models.Index(fields=["changed_at", "id"], name="listing_changes"),
        ]

    def __str__(self) -> str:
        return self.code


class ListingUnit(models.Model):
    """A unit that a listing books: two halves and the whole hall share their units."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="listing_units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="listing_units")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "unit"], name="listing_unit_once")]

    def __str__(self) -> str:
        return f"{self.listing_id}:{self.unit_id}"


class ListingExtra(models.Model):
    """An extra that can be booked with a listing, up to what its pool holds."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="extras")
    extra = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="extra_of")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "extra"], name="listing_extra_once")]

    def __str__(self) -> str:
        return f"{self.listing_id}+{self.extra_id}"
