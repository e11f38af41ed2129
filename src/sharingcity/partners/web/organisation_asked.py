"""Which organisation somebody means who types a part of its name: looked up when the form is sent."""

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sharingcity.directory.queries import organisations_by_id, published_organisations
from sharingcity.kernel.i18n import localised

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation

OFFERED: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One that may be meant; the slug tells two of one name apart."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The one that is meant, or some that may be, and how many there are besides."""

    meant: "Organisation | None"
    offers: list[Offer]
    more: int = 0


def organisation_asked(typed: str) -> Asked:
    """By its whole name in any language, the last part of its page's address, or its number; else what comes near."""
    wanted = _plain(typed.rstrip("/").rpartition("/")[2] if "/organisations/" in typed else typed)
    exact, near = [], []
    columns = ("pk", "slug", "code", "registration_number", "names")
    for pk, slug, code, number, names in published_organisations().order_by("slug").values_list(*columns):
        words = [_plain(str(word)) for word in (slug, code, number, *names.values()) if word]
        if wanted in words:
            exact.append((pk, slug, names))
        elif any(wanted in word for word in words):
            near.append((pk, slug, names))
    if len(exact) == 1:
        return Asked(meant=organisations_by_id([exact[0][0]])[exact[0][0]], offers=[])
    found = exact or near
    offers = [Offer(slug=slug, name=localised(names)) for _pk, slug, names in found[:OFFERED]]
    return Asked(meant=None, offers=offers, more=len(found) - len(offers))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
