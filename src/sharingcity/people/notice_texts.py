"""The people room's own notices."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.i18n import language
from sharingcity.people.notice_kinds import NoticeKind
from sharingcity.people.roles import ROLES
from sharingcity.people.verifications import kind_words


def _with_role(context: Mapping[str, Any]) -> Mapping[str, Any]:
    role = ROLES.get(context["role"])
    return {"title": str(role.title), "sentence": str(role.sentence)} if role else {"title": "", "sentence": ""}


def _with_date(context: Mapping[str, Any]) -> Mapping[str, Any]:
    day = datetime.fromisoformat(context["until"]).astimezone(ZoneInfo(settings.CITY_ZONE)).date()
    return {**context, "until": format_date(day, "long", locale=language())}


def _with_claim(context: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"what": str(kind_words(context["kind"])), "until": _with_date(context)["until"]}


def _with_link(context: Mapping[str, Any]) -> Mapping[str, Any]:
    from sharingcity.people.operations import guardian_token  # operations send notices and so know this module's slot

    return {**context, "token": guardian_token(context["person"])}


_RESTRICTED = {"until": "2026-12-31T15:00:00+00:00", "reason": "노쇼 세 번 " * 12}

OWN_NOTICES = (
    NoticeKind(
        code="people.guardian_asked",
        subject=_("{child} would like an account, and needs your yes"),
        body=_(
            "{child} says they are under 14 and named you as parent or guardian. With your yes the account opens;"
            " without it, nothing is kept after 14 days. Please follow the link to answer. If you do not know this"
            " child, you need do nothing."
        ),
        short=_("{child} asks for your yes to an account. See the e-mail."),
        link="/guardian/{token}",
        present=_with_link,
        sample={"child": "압둘라흐만 빈 무함마드 " * 4, "person": 1},
    ),
    NoticeKind(
        code="people.role_given",
        subject=_("You have a role: {title}"),
        body=_("You now have the role “{title}”. {sentence}"),
        short=_("New role for you: {title}"),
        link="/me/account",
        present=_with_role,
        sample={"role": "officer"},
    ),
    NoticeKind(
        code="people.claim_recorded",
        subject=_("Confirmed about you: {what}"),
        body=_(
            "We have noted about you: {what}. It holds until {until}. Only the result is kept, no copy of a document."
            " If this is a mistake, tell the counter."
        ),
        short=_("Confirmed: {what}, until {until}."),
        link="/me/account",
        present=_with_claim,
        sample={"kind": "verified_resident", "until": "2026-12-31T15:00:00+00:00"},
    ),
    NoticeKind(
        code="people.restriction_imposed",
        subject=_("A restriction on your account until {until}"),
        body=_(
            "Until {until} part of the service is closed to you. Reason: {reason} You can read it on your page and"
            " appeal there; somebody else than who decided it will look at it."
        ),
        short=_("Your account is restricted until {until}. Reason and appeal on your page."),
        link="/me/restrictions",
        present=_with_date,
        sample=_RESTRICTED,
    ),
    NoticeKind(
        code="people.restriction_upheld",
        subject=_("Your appeal was decided: the restriction stays"),
        body=_("We have looked at your appeal. The restriction stays until {until}. Reason: {reason}"),
        short=_("Appeal decided: the restriction stays until {until}."),
        link="/me/restrictions",
        present=_with_date,
        sample=_RESTRICTED,
    ),
    NoticeKind(
        code="people.restriction_lifted",
        subject=_("The restriction on your account is lifted"),
        body=_("From now on the whole service is open to you again. Reason: {reason}"),
        short=_("Your restriction is lifted."),
        link="/me/restrictions",
        present=_with_date,
        sample=_RESTRICTED,
    ),
)
