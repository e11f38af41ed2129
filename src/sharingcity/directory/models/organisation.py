"""Who shares."""

from django.db import models
from django.db.models import F, Q

from sharingcity.kernel.db.codes import CodesField
from sharingcity.kernel.ids import new_id


class EntryState(models.TextChoices):
    """Drafted, shown to everybody, no longer shown."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Organisation(models.Model):
    """A company, non-profit, public body or residents' group: an entry of the directory."""

    class LegalForm(models.TextChoices):
        PUBLIC_BODY = "public_body"
        COMPANY = "company"
        SOCIAL_ENTERPRISE = "social_enterprise"
        COOPERATIVE = "cooperative"
        NON_PROFIT = "non_profit"
        RESIDENTS_GROUP = "residents_group"

    code = models.CharField(max_length=10, unique=True, default=new_id)
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    state = models.CharField(max_length=10, choices=EntryState.choices, default=EntryState.PUBLISHED)
    names = models.JSONField(default=dict)
    descriptions = models.JSONField(default=dict)
    legal_form = models.CharField(max_length=20, choices=LegalForm.choices)
    registration_number = models.CharField(max_length=40, blank=True, db_index=True)
    # Codes of `directory.vocabulary`: FIELDS, PROBLEMS, LANGUAGES.
    fields = CodesField()
    problems = CodesField()
    languages = CodesField()
    district = models.ForeignKey(
        "directory.District", on_delete=models.PROTECT, null=True, related_name="organisations"
    )
    # Its office. Which contacts everybody may see stands in `shown_contacts` (CONTACTS).
    address = models.CharField(max_length=300, blank=True)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    shown_contacts = CodesField(default=("phone", "address"))
    url = models.URLField(max_length=500, blank=True)
    # The provider's code in the data it came from; empty for those entered here.
    external_key = models.CharField(max_length=120, blank=True)
    # The entry it went into when staff found both to be the same.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    quality = models.PositiveSmallIntegerField(default=50)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # When its own people last said that the entry is true, and since when nobody has any more.
    confirmed_at = models.DateTimeField(null=True)
    faded_at = models.DateTimeField(null=True)
    # For finding duplicates: names without legal forms and spaces, one a line, and the host of `url`.
    name_keys = models.TextField(blank=True)
    host = models.CharField(max_length=120, blank=True, db_index=True)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["external_key"], condition=~Q(external_key=""), name="organisation_external_key_once"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | (Q(state="retired") & ~Q(merged_into=F("id"))),
                name="organisation_merged_is_retired",
            ),
            models.CheckConstraint(
                condition=(Q(lat=None) & Q(lng=None)) | (Q(lat__range=(-90, 90)) & Q(lng__range=(-180, 180))),
                name="organisation_on_earth",
            ),
        ]
        indexes = [models.Index(fields=["changed_at", "id"], name="organisation_changes")]

    def __str__(self) -> str:
        return self.slug


class Membership(models.Model):
    """A person acts for an organisation from a day on, until one."""

    class Role(models.TextChoices):
        OWNER = "owner"
        EDITOR = "editor"
        MEMBER = "member"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"], condition=Q(valid_until=None), name="membership_open_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lte=F("valid_until")), name="membership_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.organisation_id}"


class Recognition(models.Model):
    """An organisation's mark: written by designation, whether it holds is computed from `now`."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="recognitions")
    source = models.CharField(max_length=40)
    status = models.CharField(max_length=20)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.source} of {self.organisation_id}"
