"""The grown-up who says yes for somebody under 14."""

from django.db import models


class Guardianship(models.Model):
    """A child's account waits for this yes. The link in the guardian's mail is signed, nothing secret is kept here."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="guardianship")
    guardian_name = models.CharField(max_length=80, blank=True)
    guardian_email = models.EmailField(blank=True)
    # Consents that the child ticked; they count when the guardian says yes.
    purposes = models.JSONField(default=list)
    requested_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"guardian of {self.person_id}"
