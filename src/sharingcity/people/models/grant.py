"""Who may do what, where, and how long."""

from django.db import models
from django.db.models import F, Q


class Grant(models.Model):
    """A role given to a person for a scope and a time. `role` is a code of `people.roles`."""

    class Scope(models.TextChoices):
        CITY = "city"
        DISTRICT = "district"
        ORGANISATION = "organisation"
        BUILDING = "building"

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30)
    scope = models.CharField(max_length=15, choices=Scope.choices)
    # The row of the scope's own table (district, organisation, place); 0 for the city.
    scope_id = models.PositiveBigIntegerField(default=0)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True)
    deputy_for = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+", null=True)

    class Meta:
        indexes = [models.Index(fields=["role", "scope", "scope_id"], name="grant_by_role")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
                name="grant_ends_after_start",
            ),
            models.CheckConstraint(
                condition=(Q(scope="city") & Q(scope_id=0)) | (~Q(scope="city") & Q(scope_id__gt=0)),
                name="grant_scope_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.scope}:{self.scope_id}"
