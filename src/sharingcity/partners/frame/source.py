"""The bytes to import, and the refusals that concern them as a whole."""

from dataclasses import dataclass
from hashlib import sha256

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import Refusal
from sharingcity.partners.frame.told import Told


class SourceRefused(Refusal):
    """The source as a whole is not imported; nothing was changed."""

    def __init__(self, code: str, sentence: str | Promise, name: str = "", **facts: object) -> None:
        """`name` and `facts` fill the sentence where it has places for them."""
        self.told = Told(sentence, {"name": name, **facts} if isinstance(sentence, Promise) else {})
        super().__init__(f"import.{code}", str(self.told), name=name)


def not_json(name: str, problem: Exception) -> SourceRefused:
    return SourceRefused("json_invalid", _("This is not JSON: %(why)s."), name=name, why=str(problem))


@dataclass(frozen=True, slots=True)
class Source:
    """What was fetched: the bytes and where they came from."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, for the provenance of what comes out of them."""
        return sha256(self.data).hexdigest()
