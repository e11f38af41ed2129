"""Where django-allauth asks us: how a person is made, and in which language their mail is written."""

import logging
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context as allauth_context
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from anymail.exceptions import AnymailError
from django.conf import settings
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, override

from sharingcity.kernel import clock
from sharingcity.kernel.i18n import language, localised
from sharingcity.people import queries
from sharingcity.people.models import Person
from sharingcity.people.web.pages import keep_language

LOG = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """Our person, our words, the person's language."""

    def new_user(self, request: HttpRequest) -> Person:
        return Person(created_at=clock.now(), language=language())

    def save_user(self, request: HttpRequest, user: Person, form: BaseForm, commit: bool = True) -> Person:
        user.name = form.cleaned_data["name"]
        user.language = form.cleaned_data["language"]
        saved: Person = super().save_user(request, user, form, commit=commit)
        return saved

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the person, or of the page where nobody is known."""
        person = context.get("user") or queries.person_by_email(email)
        host = urlsplit(settings.SITE_ORIGIN).netloc
        with override(person.language if person else language()):
            site = SimpleNamespace(name=f"{gettext('Sharing City')} {localised(settings.CITY_NAMES)}", domain=host)
            full = {"request": allauth_context.request, "email": email, **context, "current_site": site}
            mail = self.render_mail(template_prefix, email, full)
        try:
            mail.send()
        except (OSError, AnymailError):
            self._say_it_did_not_leave()

    def add_message(self, request: HttpRequest, level: int, *words: Any, **more: Any) -> None:
        """“We have sent …” is not said of what did not leave."""
        template = str(words[0] if words else more.get("message_template", ""))
        if not (getattr(request, "_mail_stayed", False) and "sent" in template):
            super().add_message(request, level, *words, **more)

    def _say_it_did_not_leave(self) -> None:
        """The mail server is away: the page goes on, says so, and offers another try. Whether there is an account with
        the address makes no difference to the answer."""
        LOG.exception("A mail for signing in could not be sent")
        allauth_context.request._mail_stayed = True
        messages.error(
            allauth_context.request,
            gettext("Our e-mail did not get out just now. If you wait for a code, ask for another in a few minutes."),
        )

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of somebody who has just signed in: asking twice in a minute teaches people to type passwords blindly."""
        request = allauth_context.request
        records = get_authentication_records(request, request.user) if request.user.is_authenticated else []
        latest = max((record.get("at", 0.0) for record in records), default=0.0)
        if clock.now().timestamp() - latest < account_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        keep_language(response, user)
        return response


class OutsideAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """People who come with a Kakao, Naver or city account: they, too, are asked for consent first."""

    def new_user(self, request: HttpRequest, sociallogin: Any) -> Person:
        return Person(created_at=clock.now(), language=language())

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Person:
        person: Person = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        person.name = (data.get("name") or " ".join(part for part in parts if part))[:80]
        return person
