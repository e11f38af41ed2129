"""What the directory tells owners, claimants, those who are invited and those who reported an error."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words
from sharingcity.people.notice_kinds import NoticeKind

_NAMES = {
    "ko": "사단법인 우리동네 함께쓰는 공구도서관 사회적협동조합 연합회",
    "en": "Federation of neighbourhood tool libraries and repair workshops that lend and mend together",
    "ar": "اتحاد مكتبات الأدوات وورش الإصلاح في الأحياء",
}
_SAMPLE = {"names": _NAMES, "slug": "tool-libraries", "fades_at": "2026-12-31T15:00:00+00:00"}


def _named(context: Mapping[str, Any]) -> Mapping[str, Any]:
    found = {**context, "entry": localised(context["names"])}
    if "fades_at" in context:
        found["day"] = day_words(datetime.fromisoformat(context["fades_at"]), with_year=True)
    return found


def _with_token(context: Mapping[str, Any]) -> Mapping[str, Any]:
    from sharingcity.directory.models import Confirmation  # the link is made when it is shown, and lies nowhere
    from sharingcity.directory.secrets import still_true_token

    question = Confirmation(pk=context["confirmation"])
    return {**_named(context), "token": still_true_token(question, context["person"])}


def _with_stop(context: Mapping[str, Any]) -> Mapping[str, Any]:
    found = _with_token(context)
    return {**found, "stop": f"{settings.SITE_ORIGIN}{reverse('directory-still-true-stop', args=[found['token']])}"}


def _answered(context: Mapping[str, Any]) -> Mapping[str, Any]:
    if context["state"] == "drafted":
        answer = gettext("We have taken it up. As soon as it is checked, everybody finds it in the directory.")
    else:
        answer = gettext("We have not taken it up. Reason: {reason}").format(reason=context["answer"])
    return {**context, "answer": answer}


def _kind(event: str, subject: Any, body: Any, short: Any, **more: Any) -> NoticeKind:
    given: dict[str, Any] = {"present": _named, "sample": _SAMPLE, "link": "/host/entry/{slug}"} | more
    return NoticeKind(code=f"directory.{event}", subject=subject, body=body, short=short, **given)


_ASKED = {"present": _with_token, "link": "/still-true/{token}", "sample": _SAMPLE | {"confirmation": 1, "person": 1}}

KINDS = (
    _kind(
        "still_true",
        _("Is this still true? {entry}"),
        _(
            "Twice a year we ask whether what the directory says of {entry} still holds. Please follow the link and say"
            " yes with one button, or mend what has changed. Without an answer by {day}, the entry says that nobody"
            " has confirmed it."
        ),
        _("Is the entry of {entry} still true? Please answer by {day}."),
        **_ASKED,
    ),
    _kind(
        "still_true_again",
        _("A reminder: is this still true? {entry}"),
        _(
            "We have not heard from you yet. Is what the directory says of {entry} still true? One button is enough."
            " After {day} the entry says that nobody has confirmed it, and it is found further down."
        ),
        _("A reminder: is the entry of {entry} still true? By {day}."),
        **_ASKED,
    ),
    _kind(
        "faded",
        _("Shown as not confirmed: {entry}"),
        _(
            "Nobody has told us whether the entry of {entry} is still true. It now says so, and is found further down."
            " One button sets it right again."
        ),
        _("Your entry {entry} is now shown as not confirmed."),
        **_ASKED,
    ),
    _kind(
        "version_approved",
        _("Your change is shown: {entry}"),
        _("The city has approved your change of {entry}. Everybody sees it from now on."),
        _("Approved: your change of {entry}."),
    ),
    _kind(
        "version_returned",
        _("Please look at your change again: {entry}"),
        _("The city has returned your change of {entry}. Reason: {reason} The last approved version is still shown."),
        _("Returned: your change of {entry}. See why on its page."),
        sample=_SAMPLE | {"reason": "Please name the opening hours. " * 8},
    ),
    _kind(
        "claim_granted",
        _("You keep this entry now: {entry}"),
        _("The entry of {entry} is yours to keep. You can change it, add services and invite colleagues."),
        _("The entry of {entry} is yours to keep now."),
    ),
    _kind(
        "claim_refused",
        _("About your claim: {entry}"),
        _("The city could not confirm that you speak for {entry}. Reason: {reason}"),
        _("Your claim of {entry} was refused. See why in your notices."),
        link="/organisations/{slug}",
        sample=_SAMPLE | {"reason": "The address does not belong to the organisation. " * 6},
    ),
    _kind(
        "retired",
        _("No longer shown: {entry}"),
        _("The city has taken {entry} out of the directory. Reason: {reason} If this is wrong, tell the city."),
        _("{entry} is no longer in the directory. See why in your notices."),
        sample=_SAMPLE | {"reason": "It has not answered at its address for a year. " * 6},
    ),
    _kind(
        "restored",
        _("Shown again: {entry}"),
        _("The city shows {entry} in the directory again, with what belonged to it."),
        _("{entry} is in the directory again."),
    ),
    # Letters to addresses without an account: made by `operations.letters`, never stored as notices.
    _kind(
        "claim_code",
        _("Your code for the entry of {entry}: {code}"),
        _(
            "Somebody who signed in to the sharing directory says that they speak for {entry}. If that is so, give them"
            " this code: {code} It is good for 30 minutes. If you do not know of it, you need do nothing."
        ),
        _("Code {code} for the entry of {entry}."),
        link="",
        sample=_SAMPLE | {"code": "482915"},
    ),
    _kind(
        "invitation",
        _("Will you keep this entry with us? {entry}"),
        _(
            "{who} invites you to keep the entry of {entry} in the city's sharing directory. Please follow the link and"
            " sign in. The invitation is good for 14 days."
        ),
        _("{who} invites you to keep the entry of {entry}."),
        link="/invitations/{token}",
        sample=_SAMPLE | {"who": "Kim Minji", "token": "sample"},
    ),
    _kind(
        "still_true_contact",
        _("Is this still true? {entry}"),
        _(
            "The city's sharing directory lists {entry}, with this address. At most twice a year we ask whether what it"
            " says still holds. Please follow the link and answer with one button; you need no account. Without an"
            " answer by {day}, the entry says that nobody has confirmed it.\n\nTo get no more letters like this: {stop}"
        ),
        _("Is the entry of {entry} still true? Please answer by {day}."),
        **_ASKED | {"present": _with_stop, "stop": "{stop}", "sample": _SAMPLE | {"confirmation": 1, "person": 0}},
    ),
    _kind(
        "suggestion_answered",
        _("About your suggestion: {name}"),
        _("Thank you for suggesting {name}. {answer} We have deleted your address; this was the only letter."),
        _("We answered your suggestion of {name}."),
        present=_answered,
        link="",
        sample={"name": _NAMES["en"], "state": "declined", "answer": "It is in the next city. " * 8},
    ),
    _kind(
        "report_answered",
        _("About the error you reported: {entry}"),
        _("Thank you for telling us about {entry}. Our answer: {answer}"),
        _("We answered your report about {entry}."),
        link="{path}",
        sample=_SAMPLE
        | {"answer": "The telephone number is right again. " * 8, "path": "/organisations/tool-libraries"},
    ),
)
