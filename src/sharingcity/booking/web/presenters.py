"""Bookings as plain values in the reader's language, for the pages of residents."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sharingcity.booking.rules.fees import RefundStep as Rung
from sharingcity.booking.wording import (
    PURPOSE_WORDS,
    amount_words,
    days_before_words,
    each_words,
    line_words,
    people_words,
)
from sharingcity.kernel.city import local_date
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words, moment_words, span_words, time_words
from sharingcity.ui.components import Fact, Pair, Picture, RefundStep, Step, Sum, SumLine

if TYPE_CHECKING:
    from sharingcity.booking.operations import Quote, SeriesQuote
    from sharingcity.booking.web.drafts import Draft
    from sharingcity.listings.models import Listing


def listing_url(listing: "Listing") -> str:
    """The listing's page; the words in it are for people, the code decides."""
    words = slugify(localised(listing.titles), allow_unicode=True) or "-"
    return reverse("portal-listing", args=[listing.code, words])


def when_query(starts_at: datetime, ends_at: datetime, people: int | None = None) -> str:
    """A time as a listing's address takes it."""
    parts = [f"day={local_date(starts_at)}", f"from={time_words(starts_at)}", f"until={time_words(ends_at)}"]
    return "&".join([*parts, f"people={people}"] if people else parts)


def draft_query(draft: "Draft") -> str:
    """Step one's choice of a draft, as a listing's address takes it."""
    query = when_query(draft.starts, draft.ends, draft.people)
    return f"{query}&number={draft.quantity}" if draft.quantity > 1 else query


def picture_of(listing: "Listing") -> Picture:
    """The drawn plan, lit: what is on these pages can be had."""
    return Picture(kind=listing.kind, listing=listing.code)


def place_words(listing: "Listing") -> str:
    return localised(listing.place.names)


def sum_of(lines: Sequence[tuple[str, dict[str, Any], int]], total_minor: int, currency: str, people: int) -> Sum:
    """Price lines (code, values, amount) with their total, divided by the people who come."""
    shown = [
        SumLine(label=line_words(code, values), amount=amount_words(amount, currency))
        for code, values, amount in lines
        if code != "free"
    ]
    return Sum(
        lines=shown,
        total=amount_words(total_minor, currency) if total_minor else _("Free of charge"),
        people=people_words(people),
        each=each_words(total_minor, currency, people),
    )


def sum_of_quote(quote: "Quote", people: int) -> Sum:
    lines = [(line.code, dict(line.values), line.amount_minor) for line in quote.lines]
    return sum_of(lines, quote.total_minor, quote.currency, people)


def sum_of_series(series: "SeriesQuote") -> Sum:
    """One line a date that can be had, and what they cost together."""
    currency = series.currency
    total = series.total_minor
    return Sum(
        lines=[
            SumLine(label=day_words(one.day), amount=amount_words(one.quote.total_minor, currency))
            for one in series.bookable
        ],
        total=amount_words(total, currency) if total else _("Free of charge"),
    )


def conflicts_of(series: "SeriesQuote") -> list[tuple[str, str]]:
    """The dates that cannot be had, each with the first reason."""
    return [(day_words(one.day), str(one.quote.broken[0].sentence)) for one in series.dates if not one.can_be_had]


def refund_steps(rungs: Iterable[Rung]) -> list[RefundStep]:
    """The ladder with real dates: until the first, then day by day."""
    shown: list[RefundStep] = []
    before: date | None = None
    for rung in rungs:
        follows = before is not None and rung.until == before + timedelta(days=1)
        sentence = _("on %(day)s") if follows else _("until %(day)s")
        note = days_before_words(rung.days_before)
        if before is None and rung.days_before:
            note = _("%(days)s or earlier") % {"days": note}
        shown.append(RefundStep(when=sentence % {"day": day_words(rung.until)}, percent=rung.percent, note=note))
        before = rung.until
    return shown


def quote_notes(quote: "Quote", phone: str = "") -> list[Fact]:
    """What happens after booking: answer, payment, whom to call."""
    found = [Fact(icon="message-circle", value=_answer_words(quote))] if quote.answer_by else []
    if quote.total_minor:
        found.append(Fact(icon="wallet", value=_payment_words(quote)))
    elif not quote.answer_by:
        found.append(Fact(icon="circle-check", value=_("It is yours at once, and costs nothing.")))
    if phone:
        found.append(
            Fact(icon="phone", value=_("Rather talk? Call %(phone)s, they book it for you.") % {"phone": phone})
        )
    return found


def _answer_words(quote: "Quote") -> str:
    return _("The manager answers by %(when)s. The time is kept for you until then.") % {
        "when": moment_words(quote.answer_by) if quote.answer_by else ""
    }


def _payment_words(quote: "Quote") -> str:
    if quote.pay_by is None:
        return _("You pay nothing now, but on site on the day.")
    return _("You pay nothing now. Pay by %(when)s; after that the time is free again.") % {
        "when": moment_words(quote.pay_by)
    }


def steps_of(now_at: int, *, when_url: str = "", who_url: str = "") -> list[Step]:
    """The three steps; those done lead back."""
    titles = [_("When"), _("Who and what for"), _("Check and book")]
    urls = [when_url, who_url, ""]
    return [
        Step(
            title=title,
            state="done" if number < now_at else ("now" if number == now_at else "next"),
            url=urls[number - 1] if number < now_at else "",
        )
        for number, title in enumerate(titles, start=1)
    ]


def draft_pairs(draft: "Draft", group: str, extras: Sequence[tuple[str, int]], reduction: str) -> list[Pair]:
    """What was typed."""
    found = [Pair(term=_("People"), value=people_words(draft.people))]
    if draft.quantity > 1:
        found.append(Pair(term=_("How many"), value=str(draft.quantity)))
    if group:
        found.append(Pair(term=_("Booked for"), value=group))
    if draft.purpose:
        found.append(Pair(term=_("What for"), value=str(PURPOSE_WORDS[draft.purpose]), note=draft.words))
    if extras:
        words = [f"{title} × {quantity}" if quantity > 1 else title for title, quantity in extras]
        found.append(Pair(term=_("With"), value=", ".join(words)))
    if reduction:
        found.append(Pair(term=_("Reduction"), value=reduction, note=_("Bring the proof with you on the day.")))
    return found


def series_words(days: Sequence[date]) -> str:
    """How often, and from when to when."""
    count = ngettext("%(count)s date", "%(count)s dates", len(days)) % {"count": len(days)}
    return _("Every week: %(count)s, %(first)s to %(last)s") % {
        "count": count,
        "first": day_words(days[0]),
        "last": day_words(days[-1]),
    }


def time_pair(starts_at: datetime, ends_at: datetime) -> tuple[str, str]:
    """Day and hours, for the picked time."""
    return day_words(starts_at), span_words(starts_at, ends_at)
