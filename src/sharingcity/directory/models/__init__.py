"""Tables of the directory."""

from sharingcity.directory.models.category import Category
from sharingcity.directory.models.district import District
from sharingcity.directory.models.organisation import EntryState, Membership, Organisation, Recognition
from sharingcity.directory.models.service import Service

__all__ = ["Category", "District", "EntryState", "Membership", "Organisation", "Recognition", "Service"]
