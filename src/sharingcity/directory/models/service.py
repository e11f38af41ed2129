"""What an organisation runs for sharing, here or on its own platform."""

from django.db import models

from sharingcity.directory.models.organisation import EntryState
from sharingcity.kernel.db.codes import CodesField
from sharingcity.kernel.ids import new_id


class Service(models.Model):
    """A tool library, a car-sharing app, a book exchange: an entry. All texts are words by language."""

    class PriceLevel(models.TextChoices):
        FREE = "free"
        DONATION = "donation"
        DEPOSIT = "deposit"
        PAID = "paid"
        MIXED = "mixed"

    code = models.CharField(max_length=10, unique=True, default=new_id)
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="services")
    state = models.CharField(max_length=10, choices=EntryState.choices, default=EntryState.PUBLISHED)
    names = models.JSONField(default=dict)
    summaries = models.JSONField(default=dict)
    descriptions = models.JSONField(default=dict)
    # Codes of `directory.vocabulary`: FIELDS, LANGUAGES.
    kinds = CodesField()
    languages = CodesField()
    # Who may use it.
    audience = models.JSONField(default=dict)
    price_level = models.CharField(max_length=10, choices=PriceLevel.choices, default=PriceLevel.FREE)
    price_words = models.JSONField(default=dict)
    # The whole city, or the districts named.
    is_citywide = models.BooleanField(default=True)
    districts = models.ManyToManyField("directory.District", related_name="services", blank=True)
    # How to start: a list of words, in order.
    steps = models.JSONField(default=list)
    url = models.URLField(max_length=800, blank=True)
    # {"ios": address, "android": address}
    app_links = models.JSONField(default=dict)
    opening = models.JSONField(default=dict)
    # One bit per need of `directory.access`.
    access = models.PositiveIntegerField(default=0)
    quality = models.PositiveSmallIntegerField(default=50)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    faded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["slug"]
        indexes = [models.Index(fields=["changed_at", "id"], name="service_changes")]

    def __str__(self) -> str:
        return self.slug
