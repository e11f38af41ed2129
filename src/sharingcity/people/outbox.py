"""Mail into a folder: one file for each Message-ID, so that a second attempt does not make a second mail."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_UNSAFE = re.compile(r"[^A-Za-z0-9@._-]")


class EmailBackend(BaseEmailBackend):
    """Writes `<Message-ID>.eml` into `EMAIL_FILE_PATH`: whole or not at all, even when the process is killed."""

    def __init__(self, *args: Any, file_path: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(file_path or str(getattr(settings, "EMAIL_FILE_PATH", "")) or "outbox")

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            made = message.message()
            name = _UNSAFE.sub("_", str(made["Message-ID"]).strip("<>"))[:150]
            unfinished = self.folder / f".{name}.{os.getpid()}"
            unfinished.write_bytes(made.as_bytes())
            unfinished.replace(self.folder / f"{name}.eml")
        return len(email_messages)
