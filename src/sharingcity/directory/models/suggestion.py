"""What somebody misses in the directory."""

from django.db import models

from sharingcity.kernel.ids import new_id


class Suggestion(models.Model):
    """Anybody names an organisation or a service that is missing. Where to answer goes with the answer."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation"
        SERVICE = "service"

    class State(models.TextChoices):
        OPEN = "open"
        DRAFTED = "drafted"
        DECLINED = "declined"

    code = models.CharField(max_length=10, unique=True, default=new_id)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=120)
    url = models.URLField(max_length=500, blank=True)
    # What is shared, and where, in the suggester's words and language.
    shared = models.TextField()
    place = models.CharField(max_length=200, blank=True)
    district = models.ForeignKey("directory.District", on_delete=models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=5)
    reply_to = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    # Why it was declined; whoever suggested it reads it.
    answer = models.TextField(blank=True)
    # The draft that was made of it, or who runs the drafted service.
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"], name="suggestions_open")]

    def __str__(self) -> str:
        return f"suggestion {self.code}: {self.state}"
