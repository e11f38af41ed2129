"""Tables of the directory."""

from sharingcity.directory.models.category import Category
from sharingcity.directory.models.district import District
from sharingcity.directory.models.organisation import Membership, Organisation, Recognition

__all__ = ["Category", "District", "Membership", "Organisation", "Recognition"]
