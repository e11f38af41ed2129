"""How mail leaves, from one address: `SHARINGCITY_EMAIL_URL`.

`file:///folder` (as it comes: `outbox` in the data folder) · `console:` · `smtp://user:password@host:587` (STARTTLS),
`smtps://…:465` (TLS), `smtp+plain://host:25` (a relay on the same machine) · `anymail+mailgun://KEY@sender.example` and
every other provider of django-anymail, options as a query (`?MAILGUN_API_URL=…`).
"""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit


class EmailUrlWrong(SystemExit):
    """Raised with one line: what is wrong with the variable, and the mend. Exit status 1."""


def _folder(parts: SplitResult, data: Path) -> dict[str, Any]:
    return {
        "EMAIL_BACKEND": "sharingcity.people.outbox.EmailBackend",
        "EMAIL_FILE_PATH": str(Path(unquote(parts.path)) if parts.path else data / "outbox"),
    }


def _smtp(parts: SplitResult) -> dict[str, Any]:
    if not parts.hostname:
        raise EmailUrlWrong("SHARINGCITY_EMAIL_URL: no host. Write smtp://user:password@host:587.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtps": 465, "smtp": 587}.get(parts.scheme, 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


def _anymail(parts: SplitResult) -> dict[str, Any]:
    provider = parts.scheme.removeprefix("anymail+")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    if parts.username:
        options[f"{provider.upper()}_API_KEY"] = unquote(parts.username)
    return {"EMAIL_BACKEND": f"anymail.backends.{provider}.EmailBackend", "ANYMAIL": options}


def mail_settings(url: str, data: Path) -> dict[str, Any]:
    """Django's settings for mail. Raises: EmailUrlWrong."""
    parts = urlsplit(url or "file:")
    if parts.scheme == "file":
        return _folder(parts, data)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme in ("smtp", "smtps", "smtp+plain"):
        return _smtp(parts)
    if parts.scheme.startswith("anymail+"):
        return _anymail(parts)
    raise EmailUrlWrong(
        f"SHARINGCITY_EMAIL_URL: “{parts.scheme}” is no way we send mail."
        " Use file:, console:, smtp:, smtps: or anymail+…:"
    )
