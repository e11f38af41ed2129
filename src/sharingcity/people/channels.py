"""Ways to reach a person: e-mail as it comes, SMS and Kakao when the city configures a gateway."""

import hashlib
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from sharingcity.kernel.registry import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A notice ready to go: to whom, and the words in the person's language. `key` is the same in every attempt.

    One POST to `stop_url` ends letters of this kind, where there is one.
    """

    key: str
    to: str
    language: str
    subject: str
    body: str
    short: str
    url: str
    stop_url: str = ""

    @property
    def message_id(self) -> str:
        """The same for every attempt, so that a mailbox or a gateway can drop the second copy."""
        host = urlsplit(settings.SITE_ORIGIN).hostname or "localhost"
        return f"{hashlib.sha256(self.key.encode()).hexdigest()[:32]}@{host}"


# The problem of a notice that no channel can carry.
NO_ADDRESS = "no address"


class DeliveryFailed(Exception):
    """It did not arrive. `is_final`: trying again is of no use (no such address)."""

    def __init__(self, problem: str, *, is_final: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem[:200]
        self.is_final = is_final


class Channel(Protocol):
    """A gateway. `send` returns when the gateway has taken the letter.

    Raises: DeliveryFailed.
    """

    def send(self, letter: Letter) -> None: ...


class EmailChannel:
    """Plain text through Django's mail: folder, console, SMTP or a provider, as the settings say."""

    def send(self, letter: Letter) -> None:
        message = EmailMessage(
            subject=letter.subject,
            body="\n\n".join(filter(None, (letter.body, letter.url))) + "\n",
            to=[letter.to],
            headers={
                "Message-ID": f"<{letter.message_id}>",
                "Auto-Submitted": "auto-generated",
                "Content-Language": letter.language,
                **_ending(letter.stop_url),
            },
        )
        try:
            message.send()
        except (AnymailRecipientsRefused, UnicodeError) as problem:
            raise DeliveryFailed(str(problem), is_final=True) from problem
        except (OSError, AnymailError) as problem:
            raise DeliveryFailed(f"{type(problem).__name__}: {problem}") from problem


def _ending(stop_url: str) -> dict[str, str]:
    """RFC 8058: the button of the mail program that ends such letters."""
    if not stop_url:
        return {}
    return {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


CHANNELS: Slot[Channel] = Slot("channels")
"""By name: `email`, `sms`, `kakao`."""


def register_channels() -> None:
    """E-mail, and what `NOTICE_CHANNELS` names: channel → dotted path of a class without arguments."""
    CHANNELS.register("email", EmailChannel())
    for name, path in settings.NOTICE_CHANNELS.items():
        CHANNELS.register(name, import_string(path)())
