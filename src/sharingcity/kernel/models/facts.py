"""Single facts about this installation."""

from django.db import models


class Fact(models.Model):
    """A named fact, such as `demo_city`: set once by an operation, read by many."""

    name = models.CharField(max_length=60, primary_key=True)
    value = models.JSONField()

    def __str__(self) -> str:
        return self.name
