"""What a connector is."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected, Skipped
from sharingcity.partners.frame.source import Source
from sharingcity.partners.mapped import MappedItem

T_co = TypeVar("T_co", bound=MappedItem, covariant=True)


class Connector(Protocol[T_co]):
    """Reads one published format. It knows the format and the city, and nothing of the database."""

    @property
    def name(self) -> str:
        """As typed on the command line, such as `kr-open-facilities`."""

    @property
    def title(self) -> str:
        """As people call the data set."""

    @property
    def attribution(self) -> str:
        """Whom to name beside what comes from it."""

    def read(self, source: Source) -> Iterable[RawRow]:
        """Every row of the source, in its order.

        Raises: `HeaderRefused` or `SourceRefused` (as `import.…`) when the source as a whole cannot be trusted.
        """

    def map(self, raw: RawRow) -> Mapped[T_co] | Rejected | Skipped:
        """One row as this city's words; knows no other row."""
