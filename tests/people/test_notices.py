from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from sharingcity.kernel.tasks import run_due_tasks
from sharingcity.people import operations, queries
from sharingcity.people.channels import EmailChannel, Letter
from sharingcity.people.models import Notice, Person
from sharingcity.people.notice_kinds import NOTICES, NoticeKind, fit, words_for
from sharingcity.people.outbox import EmailBackend

from .conftest import Gateway

pytestmark = pytest.mark.django_db

LANGUAGES = ("ko", "en", "ar")


@pytest.fixture(autouse=True)
def kind() -> Iterator[NoticeKind]:
    kind = NoticeKind(
        code="test.moved",
        subject="Moved: {room}",
        body="{room} is now at {hour}.",
        short="{room} moved to {hour}.",
        link="/rooms/{room}",
    )
    NOTICES.register(kind.code, kind)
    yield kind
    NOTICES._entries.pop(kind.code)


def _notify(person: Person, now: datetime, key: str = "moved:1", **more: str) -> Notice | None:
    return operations.notify(
        person=person, code="test.moved", context={"room": "Hall", "hour": "19:00"}, key=key, now=now, **more
    )


def _only() -> Notice:
    return Notice.objects.get(code="test.moved")


def _tasks() -> int:
    return DBTaskResult.objects.filter(task_path__endswith="deliver_notice", status="READY").count()


def test_notice_is_sent_once_in_the_persons_language(make_person: Callable[..., Person], now: datetime) -> None:
    person = make_person(language="ko")

    _notify(person, now)
    run_due_tasks(now + timedelta(days=400))
    run_due_tasks(now + timedelta(days=400))

    assert [letter.to for letter in mail.outbox] == [[person.email]]
    assert mail.outbox[0].extra_headers["Content-Language"] == "ko"
    assert "Hall is now at 19:00." in mail.outbox[0].body
    assert "/rooms/Hall" in mail.outbox[0].body
    assert _only().state == "sent"


def test_notice_with_known_key_is_not_written_again(person: Person, now: datetime) -> None:
    assert _notify(person, now) is not None
    assert _notify(person, now) is None
    assert _tasks() == 1


def test_notice_is_rolled_back_with_what_caused_it(person: Person, now: datetime) -> None:
    def book() -> None:
        with transaction.atomic():
            _notify(person, now)
            raise LookupError

    with pytest.raises(LookupError):
        book()
    assert not Notice.objects.filter(code="test.moved").exists()
    assert _tasks() == 0


def test_notice_with_missing_value_is_refused_before_it_is_written(person: Person, now: datetime) -> None:
    with pytest.raises(KeyError):
        operations.notify(person=person, code="test.moved", context={"room": "Hall"}, key="k", now=now)
    with pytest.raises(LookupError):
        operations.notify(person=person, code="test.unheard_of", context={}, key="k", now=now)
    assert not Notice.objects.filter(key="k").exists()


def test_notice_goes_by_text_message_where_wanted(
    make_person: Callable[..., Person], gateway: Gateway, now: datetime
) -> None:
    person = make_person(phone="010-1234-5678")
    person.notify_by = "sms"
    person.save()
    notice = _notify(person, now)
    assert notice is not None

    operations.deliver_notice(notice_id=notice.pk, now=now)

    assert [(letter.to, letter.short) for letter in gateway.sent] == [("010-1234-5678", "Hall moved to 19:00.")]
    assert mail.outbox == []


def test_notice_falls_back_to_email_without_a_phone(person: Person, gateway: Gateway, now: datetime) -> None:
    person.notify_by = "sms"
    person.save()
    notice = _notify(person, now)
    assert notice is not None
    assert notice.channel == "email"


def test_notice_to_somebody_without_address_waits_for_staff(make_person: Callable[..., Person], now: datetime) -> None:
    person = make_person(email="", password=None)
    notice = _notify(person, now)
    assert notice is not None
    assert (notice.channel, notice.state) == ("page", "unreachable")
    assert queries.unreachable_count() == 1
    assert _tasks() == 0


def _failing(make_person: Callable[..., Person], gateway: Gateway, now: datetime) -> Notice:
    person = make_person(phone="010-1234-5678")
    person.notify_by = "sms"
    person.save()
    notice = _notify(person, now)
    assert notice is not None
    return notice


def test_failed_delivery_backs_off_and_succeeds(
    make_person: Callable[..., Person], gateway: Gateway, now: datetime
) -> None:
    notice = _failing(make_person, gateway, now)
    gateway.failures = 2

    operations.deliver_notice(notice_id=notice.pk, now=now)
    first = _only()
    assert (first.state, first.attempts, first.due_at) == ("failed", 1, now + timedelta(minutes=1))
    operations.deliver_notice(notice_id=notice.pk, now=first.due_at)
    second = _only()
    assert (second.attempts, second.due_at) == (2, now + timedelta(minutes=6))
    operations.deliver_notice(notice_id=notice.pk, now=second.due_at - timedelta(seconds=1))
    assert gateway.sent == []
    operations.deliver_notice(notice_id=notice.pk, now=second.due_at)

    assert len(gateway.sent) == 1
    assert (_only().state, _only().problem) == ("sent", "")


def test_delivery_failing_five_times_lands_in_the_queue(
    make_person: Callable[..., Person], gateway: Gateway, now: datetime
) -> None:
    notice = _failing(make_person, gateway, now)
    gateway.failures = 100
    for _attempt in range(5):
        operations.deliver_notice(notice_id=notice.pk, now=_only().due_at)
    assert (_only().state, _only().attempts, _only().problem) == ("unreachable", 5, "line busy")
    assert [row.pk for row in queries.notices_not_arrived()] == [notice.pk]


def test_address_that_does_not_exist_is_not_tried_again(
    make_person: Callable[..., Person], gateway: Gateway, now: datetime
) -> None:
    notice = _failing(make_person, gateway, now)
    gateway.failures, gateway.is_final = 1, True
    operations.deliver_notice(notice_id=notice.pk, now=now)
    assert _only().state == "unreachable"


def test_notice_held_by_another_worker_is_left_alone_until_its_lease_ends(
    make_person: Callable[..., Person], gateway: Gateway, now: datetime
) -> None:
    notice = _failing(make_person, gateway, now)
    # A worker took it and died before it could say "sent".
    Notice.objects.filter(pk=notice.pk).update(state="sending", attempts=1, due_at=now + timedelta(seconds=90))

    operations.deliver_notice(notice_id=notice.pk, now=now + timedelta(seconds=89))
    assert gateway.sent == []
    operations.deliver_notice(notice_id=notice.pk, now=now + timedelta(seconds=90))
    assert [letter.key for letter in gateway.sent] == ["moved:1"]


def test_sweep_plans_again_what_lost_its_task(person: Person, now: datetime) -> None:
    _notify(person, now)
    DBTaskResult.objects.all().delete()
    assert operations.sweep_notices(now=now + timedelta(minutes=9)) == 0
    assert operations.sweep_notices(now=now + timedelta(minutes=10)) == 1
    assert _tasks() == 1


def test_second_attempt_leaves_one_mail_in_the_folder(settings: object, outbox: Path) -> None:
    settings.EMAIL_BACKEND = "sharingcity.people.outbox.EmailBackend"  # type: ignore[attr-defined]
    letter = Letter(key="k", to="a@b.example", language="en", subject="S", body="B", short="s", url="")
    EmailChannel().send(letter)
    EmailChannel().send(letter)
    assert [path.name for path in outbox.iterdir()] == [f"{letter.message_id}.eml"]
    assert f"Message-ID: <{letter.message_id}>" in next(outbox.iterdir()).read_text()


def test_folder_refusing_the_mail_is_a_failure_to_try_again(settings: object, outbox: Path) -> None:
    settings.EMAIL_BACKEND = "sharingcity.people.outbox.EmailBackend"  # type: ignore[attr-defined]
    (outbox / "taken").write_text("")
    settings.EMAIL_FILE_PATH = str(outbox / "taken")  # type: ignore[attr-defined]
    letter = Letter(key="k", to="a@b.example", language="en", subject="S", body="B", short="s", url="")
    from sharingcity.people.channels import DeliveryFailed

    with pytest.raises(DeliveryFailed) as failure:
        EmailChannel().send(letter)
    assert failure.value.is_final is False


def test_outbox_keeps_mails_of_different_ids_apart(outbox: Path) -> None:
    messages = [mail.EmailMessage(subject=str(n), to=["a@b.example"]) for n in range(3)]
    assert EmailBackend().send_messages(messages) == 3
    assert len(list(outbox.glob("*.eml"))) == 3


def test_reading_the_page_counts_as_reached(make_person: Callable[..., Person], now: datetime) -> None:
    person = make_person(email="", password=None)
    _notify(person, now)
    assert queries.unread_count(person) == 1
    operations.read_notices(person=person, now=now)
    assert queries.unread_count(person) == 0
    assert queries.unreachable_count() == 0


def test_notice_to_a_guardian_is_hidden_from_the_child(person: Person, now: datetime) -> None:
    _notify(person, now, address="parent@people.example")
    assert [row.code for row in queries.notices_of(person)] == []


def test_staff_say_that_they_told_the_person(
    make_person: Callable[..., Person], with_role: Callable[..., Person], now: datetime
) -> None:
    notice = _notify(make_person(email="", password=None), now)
    assert notice is not None
    operations.settle_notice(notice_id=notice.pk, event="told", by=with_role("officer"), now=now)
    assert _only().state == "sent"


def test_staff_retry_uses_the_address_found_since(
    make_person: Callable[..., Person], with_role: Callable[..., Person], now: datetime
) -> None:
    person = make_person(email="", password=None)
    notice = _notify(person, now)
    assert notice is not None
    Person.objects.filter(pk=person.pk).update(email="found@people.example")
    operations.settle_notice(notice_id=notice.pk, event="retry", by=with_role("officer"), now=now)
    assert (_only().state, _only().channel) == ("queued", "email")


def test_notice_key_is_unique_in_the_database(person: Person, now: datetime) -> None:
    notice = _notify(person, now)
    assert notice is not None
    notice.pk = None
    with pytest.raises(IntegrityError):
        notice.save(force_insert=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_registered_notice_has_a_short_text_of_90_characters(language: str) -> None:
    for kind in NOTICES:
        with override(language):
            words = words_for(kind, kind.sample or {"room": "강당" * 60, "hour": "19:00"}, language)
        assert 0 < len(words.short) <= 90, (kind.code, words.short)
        assert "{" not in words.subject + words.body + words.short + words.link


@pytest.mark.parametrize(
    ("pattern", "values", "filled"),
    [
        ("{a} moved.", {"a": "Hall"}, "Hall moved."),
        ("{a} moved.", {"a": "H" * 100}, "H" * 82 + "… moved."),
        ("{a} to {b}.", {"a": "H" * 100, "b": "19:00"}, "H" * 79 + "… to 19:00."),
        ("x" * 100, {}, "x" * 89 + "…"),
    ],
)
def test_short_text_gives_way_in_its_longest_value(pattern: str, values: dict[str, str], filled: str) -> None:
    found = fit(pattern, values)
    assert len(found) <= 90
    assert found == filled
