"""A promise of one or more items for a time, all or nothing."""

from django.db import models
from django.db.models import F, Q

from sharingcity.kernel.ids import new_id


class Series(models.Model):
    """Reservations made in one go for several dates."""

    code = models.CharField(max_length=10, unique=True, default=new_id)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="series")
    recurrence = models.CharField(max_length=300, blank=True)
    skipped_dates = models.JSONField(default=list)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class Reservation(models.Model):
    """Who promised to come, when, under which rules and at what price. `state` is the journal's projection."""

    code = models.CharField(max_length=10, unique=True, default=new_id)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="reservations")
    group = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, null=True, related_name="bookings")
    # Whom the quota counts: the verified identity's salted hash where there is one, else the account.
    subject = models.CharField(max_length=80)
    listing = models.ForeignKey("listings.Listing", on_delete=models.PROTECT, related_name="reservations")
    host = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="hosted_reservations")
    state = models.CharField(max_length=12)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    party_size = models.PositiveIntegerField(default=1)
    purpose = models.CharField(max_length=20)
    purpose_words = models.CharField(max_length=300, blank=True)
    policy_version = models.ForeignKey("booking.PolicyVersion", on_delete=models.PROTECT, related_name="reservations")
    # The price as promised: lines of {code, words, amount_minor}; the total is their sum.
    fee_lines = models.JSONField(default=list)
    total_minor = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    paid_minor = models.PositiveBigIntegerField(default=0)
    refunded_minor = models.PositiveBigIntegerField(default=0)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="reservations")
    booked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    # Whoever called or came by without an account: erased with the reservation's personal data.
    contact_name = models.CharField(max_length=80, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    hold_expires_at = models.DateTimeField(null=True)
    approval_due_at = models.DateTimeField(null=True)
    payment_due_at = models.DateTimeField(null=True)
    checked_in_at = models.DateTimeField(null=True)
    checked_out_at = models.DateTimeField(null=True)
    # The booker says that the absence is wrong; staff decide.
    appealed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="reservation_starts_before_end"),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(hold_expires_at__isnull=False), name="reservation_hold_expires"
            ),
            models.CheckConstraint(
                condition=~Q(state="requested") | Q(approval_due_at__isnull=False), name="reservation_request_due"
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "starts_at"], name="reservation_of_subject"),
            models.Index(fields=["person", "-starts_at"], name="reservation_of_person"),
            models.Index(fields=["host", "state", "starts_at"], name="reservation_at_host"),
            models.Index(fields=["hold_expires_at"], name="reservation_holds_ending", condition=Q(state="held")),
            models.Index(
                fields=["payment_due_at"], name="reservation_payment_due", condition=Q(payment_due_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Item(models.Model):
    """A listing in a quantity within a reservation; it owns the claims."""

    reservation = models.ForeignKey(Reservation, on_delete=models.PROTECT, related_name="items")
    listing = models.ForeignKey("listings.Listing", on_delete=models.PROTECT, related_name="items")
    quantity = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reservation", "listing"], name="item_listing_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="item_quantity_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} × {self.quantity}"
