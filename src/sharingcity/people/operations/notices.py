"""Telling people things, once each, and knowing whether it arrived."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel import journal
from sharingcity.kernel.db import insert, join, lock, write
from sharingcity.kernel.errors import NotAllowed, NotFound
from sharingcity.kernel.states import Actor, SystemActor
from sharingcity.people.channels import CHANNELS, NO_ADDRESS, Channel, DeliveryFailed, Letter
from sharingcity.people.effects import enqueue_delivery
from sharingcity.people.models import Notice, Person
from sharingcity.people.notice_kinds import NOTICES, NoticeKind, words_for
from sharingcity.people.permissions import scopes_with
from sharingcity.people.queries import overdue_notices
from sharingcity.people.queries.within import notices_within

ATTEMPTS = 5
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
# How long a worker may take to hand a letter over; after that another one tries, under the same Message-ID.
LEASE = timedelta(seconds=90)


def _kind(code: str) -> NoticeKind:
    if (kind := NOTICES.get(code)) is None:
        raise LookupError(f"No notice is registered as “{code}”")
    return kind


def _address(person: Person, channel: str) -> str:
    if channel == "page":
        return ""
    return person.email if channel == "email" else person.phone


def _channel_for(person: Person, address: str) -> str:
    if address:
        return "email"
    for channel in (person.notify_by, "email", "sms", "kakao"):
        if CHANNELS.get(channel) and _address(person, channel):
            return channel
    return "page"


def notify(
    *, person: Person, code: str, context: Mapping[str, Any], key: str, now: datetime, address: str = ""
) -> Notice | None:
    """Tells a person something, once for each `key`, in the caller's transaction; None when it was told before.

    `context` is plain JSON, kept with the row until the person leaves. `address` sends it to somebody else by e-mail (a
    guardian). Somebody without any address lands in the "could not be reached" queue at once, and on their own page.
    Raises: LookupError for a code nobody registered, KeyError for a value missing in `context`.
    """
    words_for(_kind(code), context, person.language)
    channel = _channel_for(person, address)
    with join():
        notice = Notice(
            person=person,
            code=code,
            key=key,
            language=person.language,
            context=dict(context),
            channel=channel,
            address=address,
            state="unreachable" if channel == "page" else "queued",
            problem=NO_ADDRESS if channel == "page" else "",
            due_at=now,
            created_at=now,
        )
        if not insert(notice, once="key"):
            return None
        if channel != "page":
            enqueue_delivery(notice.pk)
    return notice


@dataclass(frozen=True, slots=True)
class _Taken:
    channel: Channel
    letter: Letter


def _letter(notice: Notice) -> Letter:
    words = words_for(_kind(notice.code), notice.context, notice.language)
    return Letter(
        key=notice.key,
        to=notice.address or _address(notice.person, notice.channel),
        language=notice.language,
        subject=words.subject,
        body=words.body,
        short=words.short,
        url=f"{settings.SITE_ORIGIN}{words.link}" if words.link else "",
        stop_url=words.stop,
    )


def _is_due(notice: Notice, now: datetime) -> bool:
    return notice.state in ("queued", "failed", "sending") and notice.due_at <= now


def _take(notice_id: int, now: datetime) -> _Taken | None:
    """Marks the notice `sending` with a lease, so that one worker has it at a time."""
    with write():
        lock([f"notice:{notice_id}"])
        notice = Notice.objects.select_related("person").filter(pk=notice_id).first()
        if notice is None or notice.state not in ("queued", "failed", "sending"):
            return None
        if not _is_due(notice, now):
            # Its time has not come (a lease is running, or a retry is planned): come back then.
            enqueue_delivery(notice_id, not_before=notice.due_at)
            return None
        channel = CHANNELS.get(notice.channel)
        letter = _letter(notice)
        if notice.attempts >= ATTEMPTS or channel is None or not letter.to:
            notice.state, notice.problem = "unreachable", notice.problem or NO_ADDRESS
            notice.save(update_fields=["state", "problem"])
            return None
        notice.state, notice.due_at, notice.attempts = "sending", now + LEASE, notice.attempts + 1
        notice.save(update_fields=["state", "due_at", "attempts"])
        return _Taken(channel, letter)


def deliver_notice(*, notice_id: int, now: datetime) -> None:
    """Sends one notice; called by the worker, outside any transaction.

    The row says `sending` before the letter goes and `sent` after. A worker that dies in between leaves a lease; the
    next attempt bears the same Message-ID, and a folder of mails keeps one file for it.
    """
    if (taken := _take(notice_id, now)) is None:
        return
    try:
        taken.channel.send(taken.letter)
    except DeliveryFailed as failure:
        _mark_failed(notice_id, failure, now)
        return
    Notice.objects.filter(pk=notice_id, state="sending").update(state="sent", sent_at=now, problem="")


def _mark_failed(notice_id: int, failure: DeliveryFailed, now: datetime) -> None:
    with write():
        lock([f"notice:{notice_id}"])
        notice = Notice.objects.filter(pk=notice_id, state="sending").first()
        if notice is None:
            return
        is_over = failure.is_final or notice.attempts >= ATTEMPTS
        notice.state, notice.problem = ("unreachable" if is_over else "failed"), failure.problem
        if not is_over:
            notice.due_at = now + BACK_OFF[min(notice.attempts, len(BACK_OFF)) - 1]
            enqueue_delivery(notice_id, not_before=notice.due_at)
        notice.save(update_fields=["state", "problem", "due_at"])


def sweep_notices(*, now: datetime) -> int:
    """Enqueues what is ten minutes overdue (its task was lost); the periodic job calls it. Returns how many."""
    overdue = overdue_notices(now)
    for notice_id in overdue:
        enqueue_delivery(notice_id)
    return len(overdue)


def read_notices(*, person: Person, now: datetime) -> int:
    """The person has seen their notices. A notice that never arrived elsewhere is thereby read, not unreachable."""
    rows = Notice.objects.filter(person=person, address="", read_at=None)
    with write():
        rows.filter(state__in=["sent", "unreachable"]).update(state="read")
        return rows.update(read_at=now)


def _check_may_settle(by: Actor, notice: Notice, now: datetime) -> None:
    """In the city all notices; in a district those of its bookings."""
    if isinstance(by, SystemActor):
        return
    if not isinstance(by, Person) or not notices_within([notice], scopes_with(by, "see_notices", now)):
        raise NotAllowed("notice.not_allowed", _("You may not see other people's notices."))


def settle_notice(*, notice_id: int, event: str, by: Actor, now: datetime) -> None:
    """Staff deal with a notice that did not arrive: `retry` it, or say that the person was `told` another way.

    Raises: NotAllowed `notice.not_allowed`; NotFound `notice.not_found`.
    """
    with write():
        lock([f"notice:{notice_id}"])
        notice = Notice.objects.select_related("person").filter(pk=notice_id, state="unreachable").first()
        if notice is None:
            raise NotFound("notice.not_found", _("This notice is not waiting any more."))
        _check_may_settle(by, notice, now)
        if event == "told":
            notice.state, notice.sent_at = "sent", now
        else:
            notice.channel = _channel_for(notice.person, notice.address)
            if notice.channel != "page":
                notice.state, notice.attempts, notice.due_at = "queued", 0, now
                enqueue_delivery(notice.pk)
        notice.save(update_fields=["state", "sent_at", "channel", "attempts", "due_at"])
        journal.append(
            journal.Change(
                stream="city",
                event=f"notice.{'told' if event == 'told' else 'retry'}",
                from_state="unreachable",
                to_state=notice.state,
                actor=by.pseudonym,
                at=now,
                object_type="people.notice",
                object_id=str(notice.pk),
            )
        )
