"""Addresses of the search with something changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Address:
    """A search as an address; another filter starts from its first page."""

    values: Mapping[str, str]
    access: tuple[str, ...] = ()

    def with_(self, **changes: str) -> str:
        """The same with some parameters set, or left out where the text is empty."""
        return self._url({**self.values, "cursor": "", **changes}, self.access)

    def without(self, *names: str) -> str:
        access = () if "access" in names else self.access
        return self._url({name: text for name, text in self.values.items() if name not in (*names, "cursor")}, access)

    def hidden(self, *shown: str) -> list[tuple[str, str]]:
        """What a form that shows only some fields must carry along."""
        pairs = [(name, text) for name, text in self.values.items() if name not in (*shown, "cursor")]
        return pairs + ([] if "access" in shown else [("access", code) for code in self.access])

    @staticmethod
    def _url(values: Mapping[str, str], access: tuple[str, ...]) -> str:
        pairs = [(name, text) for name, text in values.items() if text] + [("access", code) for code in access]
        return reverse("finding-find") + (f"?{urlencode(pairs)}" if pairs else "")
