"""Tables of the directory."""

from sharingcity.directory.models.category import Category
from sharingcity.directory.models.confirmation import AskedAddress, Confirmation
from sharingcity.directory.models.district import District
from sharingcity.directory.models.entry_claim import EntryClaim, Invitation
from sharingcity.directory.models.error_report import ErrorReport
from sharingcity.directory.models.likeness import Likeness
from sharingcity.directory.models.organisation import EntryState, Membership, Organisation, Recognition
from sharingcity.directory.models.retirement import Retirement
from sharingcity.directory.models.service import Service
from sharingcity.directory.models.suggestion import Suggestion
from sharingcity.directory.models.version import EntryVersion

__all__ = [
    "AskedAddress",
    "Category",
    "Confirmation",
    "District",
    "EntryClaim",
    "EntryState",
    "EntryVersion",
    "ErrorReport",
    "Invitation",
    "Likeness",
    "Membership",
    "Organisation",
    "Recognition",
    "Retirement",
    "Service",
    "Suggestion",
]
