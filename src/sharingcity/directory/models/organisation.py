"""Who shares."""

from django.db import models
from django.db.models import F, Q

from sharingcity.kernel.ids import new_id


class Organisation(models.Model):
    """A company, non-profit, public body or residents' group."""

    class LegalForm(models.TextChoices):
        PUBLIC_BODY = "public_body"
        COMPANY = "company"
        NON_PROFIT = "non_profit"
        RESIDENTS_GROUP = "residents_group"

    code = models.CharField(max_length=10, unique=True, default=new_id)
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    names = models.JSONField(default=dict)
    descriptions = models.JSONField(default=dict)
    legal_form = models.CharField(max_length=20, choices=LegalForm.choices)
    district = models.ForeignKey(
        "directory.District", on_delete=models.PROTECT, null=True, related_name="organisations"
    )
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    url = models.URLField(max_length=500, blank=True)
    # The provider's code in the data it came from; empty for those entered here.
    external_key = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["external_key"], condition=~Q(external_key=""), name="organisation_external_key_once"
            )
        ]

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
