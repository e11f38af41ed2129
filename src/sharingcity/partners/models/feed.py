"""Where a partner's data is fetched from, how often, and how that is going."""

from django.db import models
from django.db.models import Q

from sharingcity.kernel.ids import new_id


class Feed(models.Model):
    """A source on a schedule. What it brought stays when it fails; only a good run changes anything."""

    class Alarm(models.TextChoices):
        """What staff were told last; empty while all is well."""

        STALE = "stale"
        QUARANTINE = "quarantine"

    code = models.CharField(max_length=10, unique=True, default=new_id)
    name = models.CharField(max_length=120)
    connector = models.CharField(max_length=40)
    location = models.CharField(max_length=800)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="feeds")
    # The room whose busy times a calendar tells.
    listing = models.ForeignKey("listings.Listing", on_delete=models.PROTECT, null=True, related_name="feeds")
    language = models.CharField(max_length=10, blank=True)
    # Places far from the city keep their coordinates.
    is_anywhere = models.BooleanField(default=False)
    every_minutes = models.PositiveIntegerField()
    # After so many periods without a good run it counts as stale.
    stale_periods = models.PositiveSmallIntegerField(default=3)
    state = models.CharField(max_length=12)
    # Under which name its listings are kept apart from those of others; known from the first good run on.
    scope = models.CharField(max_length=40, blank=True)
    # ETag and Last-Modified by address, as of the last good run.
    validators = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    # Since when it should be well: the time it was paused counts for no alarm.
    watched_since = models.DateTimeField()
    last_run_at = models.DateTimeField(null=True)
    last_good_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    problem_code = models.CharField(max_length=60, blank=True)
    # As a sentence and what fills it, so that each reader has it in their language; see `frame/told.py`.
    problem_told = models.JSONField(default=dict)
    # The same as the worker said it: shown only where the sentence is not known any more.
    problem_words = models.CharField(max_length=500, blank=True)
    # What the next run would take away, as it was when it was stopped: `vanished`, `known`, `examples`, `at`.
    quarantine = models.JSONField(default=dict)
    # So much may vanish in the next run: somebody has seen the preview and agreed.
    accepted = models.PositiveIntegerField(default=0)
    alarm = models.CharField(max_length=12, choices=Alarm.choices, blank=True)
    alarms = models.PositiveIntegerField(default=0)
    # Whoever holds the lease runs it; an abandoned one ends by itself.
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    live_due_at = models.DateTimeField(null=True)
    live_fetched_at = models.DateTimeField(null=True)
    live_failures = models.PositiveIntegerField(default=0)
    live_problem = models.CharField(max_length=500, blank=True)
    live_told = models.JSONField(default=dict)
    live_leased_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["connector", "location"],
                condition=Q(listing=None) & ~Q(state="retired"),
                name="feed_once",
            ),
            models.UniqueConstraint(
                fields=["connector", "location", "listing"],
                condition=Q(listing__isnull=False) & ~Q(state="retired"),
                name="feed_once_for_a_listing",
            ),
            models.UniqueConstraint(
                fields=["scope"], condition=~Q(scope="") & ~Q(state="retired"), name="feed_scope_once"
            ),
            models.CheckConstraint(
                condition=Q(every_minutes__gte=1) & Q(stale_periods__gte=1), name="feed_comes_again"
            ),
            models.CheckConstraint(
                condition=(Q(lease="") & Q(leased_until=None)) | (~Q(lease="") & Q(leased_until__isnull=False)),
                name="feed_lease_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["next_due_at"], name="feed_due", condition=Q(state__in=["active", "quarantined"]))
        ]

    def __str__(self) -> str:
        return self.code
