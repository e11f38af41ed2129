"""What somebody found wrong."""

from django.db import models

from sharingcity.kernel.ids import new_id


class ErrorReport(models.Model):
    """Anybody says what is wrong with an entry or a listing. Who and where to answer go with them, or 90 days after."""

    class Topic(models.TextChoices):
        CLOSED = "closed"
        CONTACT = "contact"
        HOURS = "hours"
        PLACE = "place"
        PRICE = "price"
        OTHER = "other"

    class State(models.TextChoices):
        OPEN = "open"
        ANSWERED = "answered"
        DISMISSED = "dismissed"

    code = models.CharField(max_length=10, unique=True, default=new_id)
    # What it is about: "organisation", "service" or what a room above registered, and its public id.
    subject_kind = models.CharField(max_length=12)
    subject_code = models.CharField(max_length=10)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="error_reports")
    topic = models.CharField(max_length=10, choices=Topic.choices)
    words = models.TextField()
    reply_to = models.EmailField(blank=True)
    language = models.CharField(max_length=5)
    person = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    answer = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"], name="reports_open")]

    def __str__(self) -> str:
        return f"report {self.code}: {self.state}"
