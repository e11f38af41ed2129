"""Who signs in."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


def new_pseudonym() -> str:
    """What stands in the journal instead of a name."""
    return str(uuid.uuid4())


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        if not username:
            raise Person.DoesNotExist("Nobody signs in without an address.")
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """A resident, neighbour, steward or member of staff. The least we need: an address, a name, a language."""

    # Empty for somebody who is served at a counter or on the phone, and after the account was deleted.
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=5, default="ko")
    # Stands in the journal instead of the person; forgetting the person keeps the chain whole.
    pseudonym = models.CharField(max_length=40, unique=True, default=new_pseudonym, editable=False)
    # The channel for notices; another one is taken when there is no address for it.
    notify_by = models.CharField(max_length=10, default="email")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="person_email_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """Django's admin is not part of the product."""
        return False
