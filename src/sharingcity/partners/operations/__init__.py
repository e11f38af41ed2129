"""What brings other systems' data in, and what people decide about it."""

from sharingcity.partners.operations.claims import claim_imported
from sharingcity.partners.operations.run import run_import

__all__ = ["claim_imported", "run_import"]
