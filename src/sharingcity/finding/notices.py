"""What people are told about their saved searches."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sharingcity.finding.operations.searches import stop_token
from sharingcity.kernel.i18n import localised
from sharingcity.people.notice_kinds import NoticeKind

_ONE = {
    "code": "8FZK2M9QWT",
    "name": "회의실, 마포구, 주말 오전, 스무 명 " * 3,
    "address": "q=%ED%9A%8C%EC%9D%98%EC%8B%A4&district=mapo",
    "count": 12,
    "names": [{"ko": "양평동주민복지관 다목적 대회의실", "en": "Multi-purpose meeting room of the residents’ hall"}]
    * 3,
}


def _line(one: Mapping[str, Any]) -> str:
    """`Meeting rooms: 2 new – Room 1, Room 2`; the rest of many is only counted."""
    names = [localised(words) for words in one["names"]]
    if one["count"] > len(names):
        more = one["count"] - len(names)
        names.append(ngettext("%(count)s more", "%(count)s more", more) % {"count": more})
    return _now("“%(search)s”: %(names)s") % {"search": one["name"], "names": ", ".join(names)}


def _stop_url(person_id: int, code: str = "") -> str:
    return f"{settings.SITE_ORIGIN}{reverse('searches-stop', args=[stop_token(person_id, code)])}"


def _present_digest(context: Mapping[str, Any]) -> Mapping[str, Any]:
    count = sum(one["count"] for one in context["searches"])
    return {
        "count": count,
        "lines": "\n".join(f"– {_line(one)}" for one in context["searches"]),
        "stop": _stop_url(context["person"]),
    }


def _present_fits(context: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "name": context["name"],
        "count": context["count"],
        "line": _line(context),
        "address": context["address"],
        "stop": _stop_url(context["person"], context["code"]),
    }


OWN_NOTICES = (
    NoticeKind(
        code="finding.digest",
        subject=_("New in your searches: {count}"),
        body=_(
            "This fits what you are looking for and is new:\n\n{lines}\n\nYou get one such letter a day at most."
            " To stop them with one tap: {stop}"
        ),
        short=_("New in your searches: {count}. See them on your page."),
        link="/me/searches",
        stop="{stop}",
        present=_present_digest,
        sample={"person": 1, "searches": [_ONE] * 3},
    ),
    NoticeKind(
        code="finding.fits",
        subject=_("New in “{name}”: {count}"),
        body=_("This fits your search and is new:\n\n{line}\n\nTo stop letters about this search with one tap: {stop}"),
        short=_("New in “{name}”: {count}."),
        link="/find?{address}",
        stop="{stop}",
        present=_present_fits,
        sample={"person": 1, **_ONE},
    ),
)
