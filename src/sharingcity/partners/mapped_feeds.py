"""What feeds deliver besides listings: times that are taken, and news."""

from dataclasses import dataclass
from datetime import datetime

from sharingcity.kernel.intervals import Interval
from sharingcity.partners.mapped import MappedItem


@dataclass(frozen=True, kw_only=True)
class MappedBusy(MappedItem):
    """A time at which the room is taken elsewhere, or no longer is."""

    window: Interval
    is_cancelled: bool = False

    @property
    def label(self) -> str:
        """When it is."""
        return self.window.starts_at.isoformat()


@dataclass(frozen=True, kw_only=True)
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
