"""Tables of the people room."""

from sharingcity.people.models.api_token import ApiToken
from sharingcity.people.models.consent import Consent
from sharingcity.people.models.grant import Grant
from sharingcity.people.models.guardianship import Guardianship
from sharingcity.people.models.identity_claim import IdentityClaim
from sharingcity.people.models.notice import Notice
from sharingcity.people.models.person import Person
from sharingcity.people.models.restriction import Restriction

__all__ = [
    "ApiToken",
    "Consent",
    "Grant",
    "Guardianship",
    "IdentityClaim",
    "Notice",
    "Person",
    "Restriction",
]
