"""`Authorization: Bearer TOKEN` for the JSON API."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from sharingcity.kernel import clock
from sharingcity.people import queries
from sharingcity.people.models import Person


class Bearer(HttpBearer):
    """Puts the token's person into `request.user`; an unknown, expired or withdrawn token is 401."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        person = queries.person_of_token(token, clock.now())
        if person is not None:
            request.user = person
        return person


class SandboxBearer(HttpBearer):
    """Lets a sandbox key in, and no other: it never acts as a person, so `request.user` stays as it is."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return queries.sandbox_key_of(token, clock.now())


def asker(request: HttpRequest) -> Person:
    """The person behind a call that `Bearer` has let in.

    Raises: TypeError on an endpoint without `auth=Bearer()`, which is a mistake in the program.
    """
    if not isinstance(request.user, Person):
        raise TypeError("asker() needs an endpoint with auth=Bearer()")
    return request.user
