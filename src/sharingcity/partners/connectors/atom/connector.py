"""Atom and RSS: headline, link, a few plain sentences and the day; of the partner's HTML nothing is kept."""

import io
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar, Final

import feedparser
from django.utils.translation import gettext_lazy as _

from sharingcity.partners.frame.city import SEOUL, City
from sharingcity.partners.frame.plain_text import plain_text
from sharingcity.partners.frame.problems import RowProblem, Severity, problem, warning
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected, Skipped
from sharingcity.partners.frame.setting import PLAIN, Setting
from sharingcity.partners.frame.source import Source, SourceRefused
from sharingcity.partners.frame.values import clean, read_url
from sharingcity.partners.mapped_feeds import MappedNews

KEPT: Final = timedelta(days=90)
MOST: Final = 500
_TITLE: Final = 300
_SUMMARY: Final = 600
_LAYERS: Final = 3
_LONGEST_MARKUP: Final = 200_000


@dataclass(frozen=True)
class Atom:
    """The latest entries of a partner's news."""

    city: City = SEOUL
    setting: Setting = PLAIN
    name: ClassVar[str] = "atom"
    title: ClassVar[str] = "Atom / RSS"
    attribution: ClassVar[str] = ""

    def read(self, source: Source) -> Iterator[RawRow]:
        """Every entry, numbered from 1.

        Raises: `import.not_a_feed`.
        """
        # Read as a stream: a text that looks like a path or an address would be opened.
        feed = feedparser.parse(io.BytesIO(source.data), sanitize_html=False, resolve_relative_uris=False)
        if not feed.get("version") or (feed.bozo and not feed.entries):
            raise SourceRefused("not_a_feed", _("“%(name)s” is neither Atom nor RSS."), name=source.name)
        language = clean(feed.feed.get("language"))
        for number, entry in enumerate(feed.entries[:MOST], start=1):
            broken = (warning("xml_broken", number, "", clean(feed.bozo_exception)[:200]),) if feed.bozo else ()
            yield RawRow(number, {"entry": entry, "language": language}, broken if number == 1 else ())

    def map(self, raw: RawRow) -> Mapped[MappedNews] | Rejected | Skipped:
        """A headline; one that is old is passed over."""
        entry: Any = raw.values["entry"]
        title = clean(_plain(entry.get("title")))[:_TITLE]
        if not title:
            return Rejected((problem(Severity.REJECTED, "name_missing", raw.number, "title"),))
        now = self.setting.now or datetime.now(UTC)
        found: list[RowProblem] = []
        published = min(_published(entry, now, raw.number, found), now)
        if published < now - KEPT:
            return Skipped((problem(Severity.SKIPPED, "news_old", raw.number, "published", published.date()),))
        link = read_url(clean(entry.get("link")))[:800]
        return Mapped(
            MappedNews(
                key=sha256((clean(entry.get("id")) or link or title).encode()).hexdigest(),
                row=raw.number,
                title=title,
                link=link,
                summary=_shortened(clean(_plain(entry.get("summary")))),
                language=(self.setting.language or raw.values["language"]).split("-")[0].lower()[:10],
                published_at=published,
            ),
            tuple(found),
        )


def _plain(markup: object) -> str:
    """Without tags, however many times the publisher has escaped them."""
    text = str(markup or "")[:_LONGEST_MARKUP]
    for _layer in range(_LAYERS):
        text = plain_text(text)
    return text


def _shortened(text: str) -> str:
    return text if len(text) <= _SUMMARY else f"{text[: _SUMMARY - 1].rstrip()}…"


def _published(entry: Any, now: datetime, row: int, found: list[RowProblem]) -> datetime:
    parts = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return datetime.fromtimestamp(timegm(parts), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        found.append(warning("date_missing", row, "published", entry.get("published", "")))
        return now
