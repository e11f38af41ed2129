"""What feeds deliver besides listings: times that are taken, and news."""

from datetime import datetime

from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.records import record
from sharingcity.partners.mapped import MappedItem


@record
class MappedBusy(MappedItem):
    """A time at which the room is taken elsewhere, or no longer is."""

    window: Interval
    is_cancelled: bool = False

    @property
    def label(self) -> str:
        """When it is."""
        return self.window.starts_at.isoformat()


@record
class MappedNews(MappedItem):
    """One entry of a partner's news: plain text and an address, nothing else."""

    title: str
    link: str
    summary: str
    language: str
    published_at: datetime

    @property
    def label(self) -> str:
        """The headline."""
        return self.title
