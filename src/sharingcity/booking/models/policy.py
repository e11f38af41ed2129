"""Who may book, how early, how late, how long, how often: dated versions."""

from django.db import models
from django.db.models import F, Q


class Policy(models.Model):
    """A named set of rules of an organisation; its versions hold the rules."""

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, null=True, related_name="policies"
    )
    names = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.names.get("en", self.pk))


def standard_refund_ladder() -> list[list[int]]:
    """Days before the day of use, per cent given back (Seoul's ordinance on opening idle space: 100/90/80/0)."""
    return [[3, 100], [2, 90], [1, 80], [0, 0]]


class PolicyVersion(models.Model):
    """The rules from a day on (day of booking). A reservation keeps the version it was made under."""

    class Eligibility(models.TextChoices):
        ANYONE = "anyone"
        RESIDENT = "resident"
        GROUP = "group"
        DESIGNATED = "designated"

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="versions")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    opens_days_before = models.PositiveSmallIntegerField(default=90)
    # 0 = up to the start.
    closes_days_before = models.PositiveSmallIntegerField(default=5)
    closes_in_working_days = models.BooleanField(default=False)
    grid_minutes = models.PositiveSmallIntegerField(default=60)
    min_minutes = models.PositiveSmallIntegerField(default=60)
    max_minutes = models.PositiveSmallIntegerField(default=240)

    uses_per_day = models.PositiveSmallIntegerField(null=True, default=1)
    person_uses_per_month = models.PositiveSmallIntegerField(null=True)
    person_minutes_per_month = models.PositiveIntegerField(null=True)
    group_uses_per_month = models.PositiveSmallIntegerField(null=True)
    group_minutes_per_month = models.PositiveIntegerField(null=True)
    max_holds = models.PositiveSmallIntegerField(default=3)
    requests_per_minute = models.PositiveSmallIntegerField(default=20)

    eligibility = models.CharField(max_length=12, choices=Eligibility.choices, default=Eligibility.ANYONE)
    needs_approval = models.BooleanField(default=False)
    approval_days = models.PositiveSmallIntegerField(default=3)
    payment_days = models.PositiveSmallIntegerField(default=2)
    refund_ladder = models.JSONField(default=standard_refund_ladder)
    # Interest on a refund when the city cancels, in hundredths of a per cent a year.
    interest_basis_points = models.PositiveSmallIntegerField(default=0)
    series_max_dates = models.PositiveSmallIntegerField(default=16)
    series_max_months = models.PositiveSmallIntegerField(default=4)
    refused_purposes = models.JSONField(default=list)
    hold_minutes = models.PositiveSmallIntegerField(default=15)
    # Nobody came: minutes after the start until the rest is freed; null = never by itself.
    release_minutes = models.PositiveSmallIntegerField(null=True)
    # Cancelled so often within 30 days is recorded as a ground; null = never.
    cancellations_noted_from = models.PositiveSmallIntegerField(null=True, default=3)
    no_shows_until_restriction = models.PositiveSmallIntegerField(null=True, default=3)
    restriction_days = models.PositiveSmallIntegerField(default=30)

    class Meta:
        ordering = ["policy", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "valid_from"], name="policy_version_once"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lt=F("valid_until")), name="policy_version_ends_after"
            ),
            models.CheckConstraint(
                condition=Q(closes_days_before__lte=F("opens_days_before")), name="policy_window_has_days"
            ),
            models.CheckConstraint(
                condition=Q(grid_minutes__gt=0, min_minutes__gt=0, min_minutes__lte=F("max_minutes")),
                name="policy_lengths_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} from {self.valid_from}"


class Terms(models.Model):
    """Under which policy and fees a listing is booked here. Imported listings have none until they are claimed."""

    listing = models.OneToOneField("listings.Listing", on_delete=models.CASCADE, related_name="terms")
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="terms")
    fees = models.ForeignKey("booking.FeeSchedule", on_delete=models.PROTECT, null=True, related_name="terms")

    def __str__(self) -> str:
        return f"terms of {self.listing_id}"
