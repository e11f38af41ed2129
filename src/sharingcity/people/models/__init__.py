"""Tables of the people room."""

from sharingcity.people.models.grant import Grant
from sharingcity.people.models.person import Person

__all__ = ["Grant", "Person"]
