"""The bytes to import, and the refusals that concern them as a whole."""

from dataclasses import dataclass
from hashlib import sha256

from django.utils.functional import Promise

from sharingcity.kernel.errors import Refusal


class SourceRefused(Refusal):
    """The source as a whole is not imported; nothing was changed."""

    def __init__(self, code: str, sentence: str | Promise, name: str = "") -> None:
        super().__init__(f"import.{code}", sentence, name=name)


@dataclass(frozen=True, slots=True)
class Source:
    """What was fetched: the bytes and where they came from."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, for the provenance of what comes out of them."""
        return sha256(self.data).hexdigest()
