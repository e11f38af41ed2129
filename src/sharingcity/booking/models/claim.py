"""A unit's time, taken. The database refuses an overlap."""

from django.db import models
from django.db.models import F, Q

from sharingcity.kernel.db import NoOverlap
from sharingcity.kernel.ids import new_id


class Closure(models.Model):
    """A unit is closed for a time, with a reason that residents see."""

    class Kind(models.TextChoices):
        REPAIR = "repair"
        OFFICIAL_USE = "official_use"
        BUSY_ELSEWHERE = "busy_elsewhere"

    code = models.CharField(max_length=10, unique=True, default=new_id)
    kind = models.CharField(max_length=15, choices=Kind.choices)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="closures")
    reason = models.JSONField(default=dict)
    # Where a time that is busy elsewhere comes from: a connector's name for the entry, unique as long as it holds.
    source = models.CharField(max_length=300, blank=True, default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="closure_starts_before_end"),
            models.UniqueConstraint(
                fields=["source"], condition=Q(lifted_at=None) & ~Q(source=""), name="closure_source_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Claim(models.Model):
    """`[starts_at, ends_at)` of a unit. Layer `use`: a reservation's item; layer `block`: a closure.

    A use stores `until` = `ends_at` + turnaround; only use against use counts it. Freed claims stay, inactive.
    """

    class Layer(models.TextChoices):
        USE = "use"
        BLOCK = "block"

    unit = models.ForeignKey("listings.Unit", on_delete=models.PROTECT, related_name="claims")
    layer = models.CharField(max_length=5, choices=Layer.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    until = models.DateTimeField()
    active = models.BooleanField(default=True)
    # A claim handed over, or a unit chosen by the booker, no longer moves when a pool is repacked.
    is_fixed = models.BooleanField(default=False)
    # From this instant the time is free again although nobody has said so yet: an expired hold, an unpaid or
    # unattended reservation. Whoever books it first, or the timer, writes the reservation's end.
    lapses_at = models.DateTimeField(null=True)
    item = models.ForeignKey("booking.Item", on_delete=models.PROTECT, null=True, related_name="claims")
    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, null=True, related_name="claims")

    class Meta:
        constraints = [
            NoOverlap(name="claim_use_no_overlap", same="unit", start="starts_at", end="until", layer="use"),
            NoOverlap(name="claim_use_block_apart", same="unit", start="starts_at", end="ends_at", differs="layer"),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="claim_starts_before_end"),
            models.CheckConstraint(condition=Q(ends_at__lte=F("until")), name="claim_until_after_end"),
            models.CheckConstraint(
                condition=(Q(layer="use", item__isnull=False, closure=None))
                | Q(layer="block", item=None, closure__isnull=False),
                name="claim_has_one_owner",
            ),
        ]
        indexes = [
            # Everything that tells whether a unit is taken: the rows themselves lie far apart in a large city.
            models.Index(
                fields=["unit", "ends_at", "starts_at", "layer", "until", "lapses_at"],
                name="claim_of_unit",
                condition=Q(active=True),
            ),
            models.Index(fields=["starts_at", "until"], name="claim_in_time", condition=Q(active=True)),
        ]

    def __str__(self) -> str:
        return f"{self.layer} of {self.unit_id} {self.starts_at:%Y-%m-%d %H:%M}"
