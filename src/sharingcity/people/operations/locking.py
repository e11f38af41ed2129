"""Whoever changes an account holds it first, and finds it still there."""

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.db import lock
from sharingcity.kernel.errors import NotFound
from sharingcity.people.models import Person
from sharingcity.people.queries import has_left


def lock_person(person: Person) -> None:
    """Waits for the person's lock and holds it until the transaction ends.

    Raises: NotFound `person.gone` when the account was deleted meanwhile: nothing may be written about it any more.
    """
    lock([f"person:{person.pk}"])
    if has_left(person):
        raise NotFound("person.gone", _("This account has been deleted."))
