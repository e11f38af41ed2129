"""A table that somebody drops on a page: first judged, then brought in by the run that imports it from anywhere."""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Conflict, NotAllowed, Refusal
from sharingcity.kernel.states import SystemActor
from sharingcity.partners.connectors.office_csv.connector import OfficeCsv
from sharingcity.partners.frame.report import ImportReport
from sharingcity.partners.frame.source import Source
from sharingcity.partners.models import Feed
from sharingcity.partners.operations.agreeing import Agreed, keep_to
from sharingcity.partners.operations.bringing import Brought, write_brought
from sharingcity.partners.operations.feed_records import record_run
from sharingcity.partners.operations.judging import feed_by_hand, read_table_of, standing_feed
from sharingcity.partners.operations.run import counted, run_import
from sharingcity.partners.states import BY_HAND, FEED, can_hand_in
from sharingcity.people.permissions import CITY, has_ability

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.people.models import Person

NAME: Final = "upload"
MOST_BYTES: Final = 5 * 1024 * 1024
_PACKED: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
_OTHERS: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")


def refuse_what_is_no_table(data: bytes) -> None:
    """By its first bytes; nothing that is packed is opened.

    Raises: Refusal `upload.spreadsheet`, `upload.not_text`, `upload.too_large`.
    """
    if len(data) > MOST_BYTES:
        raise Refusal(
            "upload.too_large",
            _("The file is larger than %d MB. Split it, one file for each organisation.") % (MOST_BYTES >> 20),
            field="table",
        )
    if data.startswith(_PACKED):
        raise Refusal(
            "upload.spreadsheet",
            _(
                "This is a spreadsheet (.xlsx, .xls, .ods) or a packed file, not CSV. Open it in your spreadsheet,"
                " choose “Save as” and the format “CSV”, and bring that file."
            ),
            field="table",
        )
    if data.startswith(_OTHERS) or (not data.startswith(_WIDE) and data.count(0) * 100 > len(data)):
        raise Refusal(
            "upload.not_text", _("This file is no table of text. Save your table as CSV and bring that."), field="table"
        )


def bring_table(
    *, organisation: "Organisation | None", table: bytes, agreed: Agreed, by: "Person", now: datetime, today: date
) -> ImportReport:
    """Does what the preview showed. `organisation` None: a table of the city's, by `run_import` as on the command
    line. Only staff who run imports may let more than a fifth vanish (`agreed.vanished`).

    Raises: NotAllowed `people.not_allowed`; Conflict `upload.fetched`, `upload.preview_changed`; Refusal `import.…`.
    """
    source = Source(name=NAME, data=table)
    if organisation is None:
        return run_import(
            connector_name=OfficeCsv.name, location=NAME, source=source, agreed=agreed, by=by, now=now, today=today
        )
    if not has_ability(by, "run_imports", [CITY], now):
        agreed = replace(agreed, vanished=0)
    refuse_fetched(organisation)
    brought = read_table_of(organisation, source, now, today)
    return _bring_own(organisation, brought, agreed=agreed, by=by, now=now, digest=source.digest)


def refuse_fetched(organisation: "Organisation") -> None:
    """Raises: Conflict `upload.fetched` while such a table of theirs is fetched by itself."""
    feed = standing_feed(organisation.pk)
    if feed is not None and feed.state in ("active", "quarantined"):
        raise Conflict(
            "upload.fetched",
            _(
                "This organisation's table is fetched from an address by itself: change it there. To bring it by hand,"
                " ask the city to pause that feed first."
            ),
        )


@retried
def _bring_own(
    organisation: "Organisation", brought: Brought, *, agreed: Agreed, by: "Person", now: datetime, digest: str
) -> ImportReport:
    with write():
        feed = _held(organisation, by, now)
        lock([f"import:{brought.origin.connector}"])
        allowance = keep_to(agreed, brought)
        applied = write_brought(brought, allowance, SystemActor(by.pseudonym), now)
        record_run(feed, brought, applied, digest=digest, began_at=now, now=now, by=by.pseudonym)
        feed.last_run_at = feed.last_good_at = now
        feed.digest, feed.validators = digest, {}
        feed.save(update_fields=["last_run_at", "last_good_at", "digest", "validators"])
    return counted(brought, applied, None)


def _held(organisation: "Organisation", by: "Person", now: datetime) -> Feed:
    """The one that stands, or a new one. Locks both, so that two first tables make one."""
    lock([f"tables-of:{organisation.pk}"])
    feed = standing_feed(organisation.pk)
    if feed is None:
        feed = feed_by_hand(organisation, now)
        feed.state = ""
        FEED.transition(feed, "hand_in", by=by, now=now)
    elif not can_hand_in(by, feed, now):
        raise NotAllowed("people.not_allowed", _("You may not do this."))
    lock([f"feed:{feed.pk}"])
    feed.refresh_from_db(fields=["state"])
    if feed.state not in ("paused", BY_HAND):
        refuse_fetched(organisation)
    return feed
