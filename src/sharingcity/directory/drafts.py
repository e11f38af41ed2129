"""Entries to be: what is said of an organisation or a service when it is made."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sharingcity.directory.access import Access
from sharingcity.kernel.i18n import Words

_NO_NEED = Access(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDraft:
    """An organisation to be. Without a `slug` one is made of its English, else its Korean name.

    `fields`, `problems`, `languages` and `shown_contacts` hold codes of `directory.vocabulary`.
    """

    names: Words
    legal_form: str = "public_body"
    slug: str = ""
    state: str = "published"
    descriptions: Words = field(default_factory=dict)
    registration_number: str = ""
    fields: Sequence[str] = ()
    problems: Sequence[str] = ()
    languages: Sequence[str] = ()
    district_id: int | None = None
    address: str = ""
    lat: float | None = None
    lng: float | None = None
    phone: str = ""
    email: str = ""
    shown_contacts: Sequence[str] = ("phone", "address")
    url: str = ""
    external_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDraft:
    """A service to be. All words by language; `kinds` and `languages` hold codes of `directory.vocabulary`.

    `district_ids`: where it is offered when not in the whole city. `app_links`: "ios" and "android" → address.
    """

    organisation_id: int
    names: Words
    slug: str = ""
    state: str = "published"
    summaries: Words = field(default_factory=dict)
    descriptions: Words = field(default_factory=dict)
    kinds: Sequence[str] = ()
    languages: Sequence[str] = ()
    audience: Words = field(default_factory=dict)
    price_level: str = "free"
    price_words: Words = field(default_factory=dict)
    is_citywide: bool = True
    district_ids: Sequence[int] = ()
    steps: Sequence[Words] = ()
    url: str = ""
    app_links: Words = field(default_factory=dict)
    opening: Words = field(default_factory=dict)
    access: Access = _NO_NEED
