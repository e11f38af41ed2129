"""Letters to addresses without an account: made from the row when they go, so that no copy of the address is kept."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings

from sharingcity.directory.models import EntryClaim, ErrorReport, Invitation, Suggestion
from sharingcity.directory.operations.contacts import contact_to_ask, give_to_desk
from sharingcity.directory.operations.reports import reportable
from sharingcity.directory.secrets import code_of, invitation_token
from sharingcity.kernel.errors import NotFound
from sharingcity.kernel.i18n import localised
from sharingcity.people.channels import CHANNELS, DeliveryFailed, Letter
from sharingcity.people.notice_kinds import NOTICES, words_for


def _claim_code(row_id: int) -> tuple[str, str, Mapping[str, Any]] | None:
    claim = EntryClaim.objects.select_related("organisation").filter(pk=row_id, state="sent").first()
    if claim is None or not claim.organisation.email:
        return None
    context = {"names": claim.organisation.names, "slug": claim.organisation.slug, "code": code_of(claim)}
    return claim.organisation.email, settings.LANGUAGE_CODE, context


def _invitation(row_id: int) -> tuple[str, str, Mapping[str, Any]] | None:
    rows = Invitation.objects.select_related("organisation", "invited_by")
    invitation = rows.filter(pk=row_id, state="invited").exclude(email="").first()
    if invitation is None:
        return None
    who = invitation.invited_by.name if invitation.invited_by else localised(settings.CITY_NAMES)
    context = {"names": invitation.organisation.names, "who": who, "token": invitation_token(invitation)}
    return invitation.email, invitation.language, context


def _report_answered(row_id: int) -> tuple[str, str, Mapping[str, Any]] | None:
    report = ErrorReport.objects.filter(pk=row_id).exclude(state="open").exclude(reply_to="").first()
    if report is None:
        return None
    try:
        subject = reportable(report.subject_kind, report.subject_code)
    except NotFound:
        return None
    context = {"names": subject.names, "answer": report.answer, "path": subject.path}
    return report.reply_to, report.language, context


def _still_true(row_id: int) -> tuple[str, str, Mapping[str, Any]] | None:
    if (found := contact_to_ask(row_id)) is None:
        return None
    organisation, question = found
    context = {
        "names": organisation.names,
        "fades_at": question.fades_at.isoformat(),
        "confirmation": question.pk,
        "person": 0,
    }
    return organisation.email, settings.LANGUAGE_CODE, context


def _suggestion_answered(row_id: int) -> tuple[str, str, Mapping[str, Any]] | None:
    suggestion = Suggestion.objects.filter(pk=row_id).exclude(state="open").exclude(reply_to="").first()
    if suggestion is None:
        return None
    context = {"name": suggestion.name, "state": suggestion.state, "answer": suggestion.answer}
    return suggestion.reply_to, suggestion.language, context


_LETTERS: dict[str, Callable[[int], tuple[str, str, Mapping[str, Any]] | None]] = {
    "claim_code": _claim_code,
    "invitation": _invitation,
    "report_answered": _report_answered,
    "still_true_contact": _still_true,
    "suggestion_answered": _suggestion_answered,
}


def send_letter(*, event: str, row_id: int) -> None:
    """Sends the letter of a row as it is now; what was answered or withdrawn meanwhile is not sent.

    Raises: DeliveryFailed when the mail gateway may take it later; an address that does not exist ends it.
    """
    kind, channel = NOTICES.get(f"directory.{event}"), CHANNELS.get("email")
    if kind is None or channel is None or (made := _LETTERS[event](row_id)) is None:
        return
    address, language, context = made
    words = words_for(kind, context, language or settings.LANGUAGE_CODE)
    letter = Letter(
        key=f"{kind.code}:{row_id}",
        to=address,
        language=language,
        subject=words.subject,
        body=words.body,
        short=words.short,
        url=f"{settings.SITE_ORIGIN}{words.link}" if words.link else "",
        stop_url=words.stop,
    )
    try:
        channel.send(letter)
    except DeliveryFailed as failure:
        if not failure.is_final:
            raise
        if event == "still_true_contact":
            give_to_desk(row_id)
    if event == "suggestion_answered":
        # The address was left for this letter alone.
        Suggestion.objects.filter(pk=row_id).update(reply_to="")
