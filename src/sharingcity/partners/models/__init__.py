"""Tables of imports."""

from sharingcity.partners.models.import_run import ImportRun

__all__ = ["ImportRun"]
