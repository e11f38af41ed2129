"""Shapes of the directory in the API."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from sharingcity.kernel.paging import Page

WITHOUT_NUL = r"^[^\x00]*$"
Text = Annotated[str, Field(max_length=200, pattern=WITHOUT_NUL)]
District = Annotated[str, Field(max_length=200, pattern=WITHOUT_NUL, description="Code or slug")]
FieldOfSharing = Literal["", "space", "thing", "vehicle", "home", "event", "skill", "knowledge"]
LegalForm = Literal["", "public_body", "company", "social_enterprise", "cooperative", "non_profit", "residents_group"]


class OrganisationsIn(Page):
    """What is empty does not narrow. `field`: what the organisation or one of its services shares."""

    q: Text = ""
    field: FieldOfSharing = ""
    district: District = ""
    legal_form: LegalForm = ""
    designated: bool = False


class ServicesIn(Page):
    """What is empty does not narrow. `kind`: what is shared; `district`: offered there, or in the whole city."""

    kind: FieldOfSharing = ""
    district: District = ""
    organisation: Annotated[str, Field(max_length=200, pattern=WITHOUT_NUL, description="Slug or id")] = ""


class EntryCountOut(Schema):
    value: int
    is_exact: bool


class KeeperOut(Schema):
    """Who runs a service."""

    id: str
    slug: str
    name: str
    url: str


class OrganisationEntryOut(Schema):
    """An organisation in a list. `confirmed_at`: when its own people last said that the entry is true; `faded_at`:
    since when nobody has, though they were asked.
    """

    id: str
    slug: str
    name: str
    description: str
    legal_form: str
    fields: list[str]
    problems: list[str]
    languages: list[str]
    district: str | None
    is_designated: bool
    website: str
    changed_at: datetime
    confirmed_at: datetime | None
    faded_at: datetime | None
    url: str


class ServiceEntryOut(Schema):
    """A service in a list. `districts`: their slugs; empty when it is offered in the whole city."""

    id: str
    slug: str
    name: str
    summary: str
    organisation: KeeperOut
    kinds: list[str]
    languages: list[str]
    price_level: str
    districts: list[str]
    website: str
    changed_at: datetime
    confirmed_at: datetime | None
    faded_at: datetime | None
    url: str


class OrganisationDetailOut(OrganisationEntryOut):
    """Everything public about one: only the contacts that it shows. `state` says when it is no longer shown."""

    names: dict[str, str]
    descriptions: dict[str, str]
    registration_number: str
    address: str
    phone: str
    email: str
    lat: float | None
    lng: float | None
    services: list[ServiceEntryOut]
    state: str


class ServiceDetailOut(ServiceEntryOut):
    """Everything public about one. `steps`: how to start, in order; `access`: what visitors may rely on."""

    names: dict[str, str]
    summaries: dict[str, str]
    descriptions: dict[str, str]
    audience: dict[str, str]
    price_words: dict[str, str]
    opening: dict[str, str]
    steps: list[dict[str, str]]
    app_links: dict[str, str]
    access: list[str]
    state: str


class OrganisationsOut(Schema):
    results: list[OrganisationEntryOut]
    count: EntryCountOut
    next: str | None


class ServicesOut(Schema):
    results: list[ServiceEntryOut]
    count: EntryCountOut
    next: str | None


class EntryProblem(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[dict[str, str]] = []
