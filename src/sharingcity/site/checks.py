"""What stands between this installation and production, each with its mend."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.apps import apps
from django.conf import settings
from django.db import connection

from sharingcity.kernel.city import is_demo
from sharingcity.kernel.db import NoOverlap
from sharingcity.kernel.models import WorkerHeartbeat
from sharingcity.site.setup import waiting_migrations

WORKER_SILENT = timedelta(seconds=60)
Level = Literal["good", "note", "blocks"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check: `blocks` keeps the city out of production, `note` is worth knowing."""

    subject: str
    level: Level
    says: str
    mend: str = ""


def _secret_key() -> Finding:
    if len(settings.SECRET_KEY) < 40:
        return Finding(
            "secret key", "blocks", "It is too short.", "Set SHARINGCITY_SECRET_KEY to 50 random characters."
        )
    return Finding("secret key", "good", "Long enough. Keep it with the backups: identities are hashed with it.")


def _debug() -> Finding:
    if settings.DEBUG:
        return Finding("debug", "blocks", "Errors show the code to everybody.", "Unset SHARINGCITY_DEBUG.")
    return Finding("debug", "good", "Off.")


def _hosts() -> Finding:
    hosts = settings.ENVIRONMENT.hosts
    if not hosts or "*" in hosts:
        mend = "Set SHARINGCITY_HOSTS to the city's names, such as share.example.org."
        return Finding("hosts", "blocks", "The names the city answers to are not set.", mend)
    return Finding("hosts", "good", ", ".join(hosts))


def _origin() -> Finding:
    origin = settings.ENVIRONMENT.origin
    if not origin.startswith("https://"):
        mend = "Set SHARINGCITY_ORIGIN to https://… and end TLS in front of the server."
        return Finding("https", "blocks", f"The public address is “{origin or 'not set'}”.", mend)
    return Finding("https", "good", origin)


def _proxies() -> Finding:
    """Under https a proxy of ours ends TLS, and every request comes from its address."""
    count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if count:
        return Finding("proxies", "good", f"{count} before the server: who asks is read from X-Forwarded-For.")
    if not settings.SECURE_COOKIES:
        return Finding("proxies", "good", "None: people reach this server themselves.")
    mend = "Set SHARINGCITY_PROXIES to how many proxies add to X-Forwarded-For (1 for one nginx)."
    return Finding("proxies", "blocks", "Everybody has the proxy's address: one guesser locks all out.", mend)


def _transport() -> Finding:
    seconds = settings.SECURE_HSTS_SECONDS
    if not settings.SECURE_COOKIES:
        return Finding("cookies", "note", "They travel unencrypted until the public address is https.", "See https.")
    if not seconds:
        mend = "Unset SHARINGCITY_HSTS_SECONDS once https stays."
        return Finding("cookies", "note", "Sent over https only; browsers are not told to stay there (HSTS).", mend)
    return Finding("cookies", "good", f"Sent over https only; browsers stay there for {seconds // 86400} days (HSTS).")


def _figures() -> Finding:
    if settings.METRICS_TOKEN:
        return Finding("figures", "good", "/metrics answers this machine and whoever sends the token.")
    return Finding("figures", "good", "/metrics answers this machine only (SHARINGCITY_METRICS_TOKEN is not set).")


def _limits() -> Finding:
    if not settings.SEARCHES_A_MINUTE:
        mend = "Unset SHARINGCITY_SEARCHES_A_MINUTE."
        return Finding("searches", "note", "Anybody may ask as often as they like.", mend)
    return Finding("searches", "good", f"{settings.SEARCHES_A_MINUTE} a minute for each address without an account.")


def _database() -> Finding:
    if connection.vendor == "postgresql":
        return Finding("database", "good", f"PostgreSQL, database {connection.settings_dict['NAME']}.")
    says = f"SQLite, {connection.settings_dict['NAME']}: right for one machine."
    return Finding("database", "note", says, "Set SHARINGCITY_DATABASE_URL=postgresql://… when one is not enough.")


def _migrations() -> Finding:
    if waiting := waiting_migrations():
        return Finding("migrations", "blocks", f"Not applied: {', '.join(waiting)}.", "Start the server once.")
    return Finding("migrations", "good", "All applied.")


def unlaid_constraints() -> list[str]:
    """Names of the overlap constraints that the database does not hold."""
    return [
        constraint.name
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, NoOverlap) and not constraint.is_laid(model._meta.db_table)
    ]


def _overlap() -> Finding:
    if missing := unlaid_constraints():
        mend = "Restore a backup or migrate anew; do not take bookings before."
        return Finding("never twice", "blocks", f"The database lacks {', '.join(missing)}.", mend)
    return Finding("never twice", "good", "The database itself refuses double bookings.")


def _email() -> Finding:
    if not settings.ENVIRONMENT.email_url:
        mend = "Set SHARINGCITY_EMAIL_URL, such as smtp://user:password@mail.example.org:587."
        return Finding("e-mail", "blocks", "Mail is written to a folder and reaches nobody.", mend)
    return Finding("e-mail", "good", "Set.")


def _demo() -> Finding:
    if is_demo():
        mend = "Begin with an empty database: ./run --empty --data NEW_FOLDER."
        return Finding("demo city", "blocks", "Its sign-ins have a password that everybody knows.", mend)
    return Finding("demo city", "good", "None.")


def worker_seen_at() -> datetime | None:
    """When the youngest sign of life of any worker was."""
    newest = WorkerHeartbeat.objects.order_by("-seen_at").first()
    return newest.seen_at if newest else None


def is_worker_alive(now: datetime) -> bool:
    seen = worker_seen_at()
    return seen is not None and now - seen < WORKER_SILENT


def _worker(now: datetime) -> Finding:
    if is_worker_alive(now):
        return Finding("worker", "good", "At work.")
    return Finding(
        "worker", "note", "None is at work just now.", "sharingcity serve starts one, or sharingcity worker."
    )


def examine(now: datetime) -> Iterator[Finding]:
    """Every finding, in the order in which one sets a city up."""
    yield from (_secret_key(), _debug(), _hosts(), _origin(), _proxies(), _transport(), _figures(), _limits())
    yield from (_database(), _migrations(), _overlap(), _email(), _demo(), _worker(now))
