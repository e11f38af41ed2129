"""The one typed reading of the environment: a missing or wrong variable stops the start with a hint."""

import os
import secrets
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import unquote, urlparse
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

CHECKOUT = Path(__file__).resolve().parents[3]


class SettingWrong(SystemExit):
    """Raised with one line: which variable, what is wrong, and the mend. Exit status 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What the outside says. Paths are absolute; `database` is Django's mapping for one alias."""

    data: Path
    database: dict[str, object]
    secret_key: str
    debug: bool
    hosts: list[str]
    origin: str
    zone: str
    country: str
    currency: str
    city_slug: str
    email_url: str
    tile_url: str
    map_apps: list[str]
    metrics_token: str
    searches_a_minute: int
    hsts_seconds: int
    web_processes: int
    web_threads: int
    feed_networks: list[str]
    open_data_licence: str


def _say(name: str, problem: str, mend: str) -> SettingWrong:
    return SettingWrong(f"{name}: {problem} {mend}")


def read_flag(name: str, default: bool = False) -> bool:
    """`1/0`, `true/false`, `yes/no`, `on/off`."""
    raw = os.environ.get(name, "").strip().lower()
    if raw in ("", "1", "0", "true", "false", "yes", "no", "on", "off"):
        return default if raw == "" else raw in ("1", "true", "yes", "on")
    raise _say(name, f"“{raw}” is neither yes nor no.", "Set it to 1 or 0.")


def read_count(name: str, default: int = 0, *, least: int = 0, most: int = 99) -> int:
    """How many: a number from `least` to `most`."""
    raw = os.environ.get(name, "").strip() or str(default)
    if not (raw.isascii() and raw.isdigit() and len(raw) < 12 and least <= int(raw) <= most):
        raise _say(name, f"“{raw}” is no number from {least} to {most}.", "Set it to a number such as 1.")
    return int(raw)


def data_folder() -> Path:
    """Everything that lives lies here: `SHARINGCITY_DATA`, else `var/` in the checkout."""
    folder = Path(os.environ.get("SHARINGCITY_DATA") or CHECKOUT / "var").expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise _say(
            "SHARINGCITY_DATA",
            f"{folder} cannot be made ({problem.strerror}).",
            "Name a folder you may write.",
        ) from problem
    return folder


SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;"
)

# Only what `kernel.db` prepares is prepared at all: lookups by key, for which one plan is right whatever the values.
# Beside that, pages of a city's size: a disc without arms, no compiling and no second process for a few milliseconds.
POSTGRESQL_PLANS = {
    "prepare_threshold": 0,
    "options": "-c plan_cache_mode=force_generic_plan -c random_page_cost=1.1 -c jit=off -c work_mem=16MB"
    " -c max_parallel_workers_per_gather=0",
}


def read_database(url: str, data: Path) -> dict[str, object]:
    """`sqlite:///path` or `postgresql://user:password@host:port/name`; SQLite in the data folder without it."""
    parts = urlparse(url or f"sqlite:///{data / 'sharingcity.sqlite3'}")
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "CONN_MAX_AGE": None,  # opening it again for every request would read the schema and the PRAGMAs anew
            "NAME": unquote(parts.path.removeprefix("/")) if parts.path.startswith("//") else unquote(parts.path),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
        }
    if parts.scheme in ("postgresql", "postgres"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 300,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"application_name": "sharingcity"} | POSTGRESQL_PLANS,
        }
    raise _say(
        "SHARINGCITY_DATABASE_URL",
        f"“{parts.scheme}” is no engine we run on.",
        "Use sqlite:///… or postgresql://….",
    )


def read_secret(data: Path) -> str:
    """`SHARINGCITY_SECRET_KEY`, else one made at the first start and kept in the data folder, mode 600."""
    if given := os.environ.get("SHARINGCITY_SECRET_KEY"):
        return given
    kept = data / "secret-key"
    try:
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return kept.read_text(encoding="ascii").strip()


def read_zone() -> str:
    name = os.environ.get("SHARINGCITY_ZONE", "Asia/Seoul")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as problem:
        raise _say("SHARINGCITY_ZONE", f"“{name}” is no time zone.", "Use a name such as Asia/Seoul.") from problem
    return name


def read_licence() -> str:
    """Terms of what the city gives away, as an address; imported rows keep their publisher's."""
    address = os.environ.get("SHARINGCITY_OPEN_DATA_LICENCE", "https://creativecommons.org/licenses/by/4.0/")
    if not address.startswith("https://") or any(sign in address for sign in '<>" '):
        raise _say(
            "SHARINGCITY_OPEN_DATA_LICENCE",
            f"“{address}” is no address of a licence.",
            "Name one such as https://creativecommons.org/publicdomain/zero/1.0/.",
        )
    return address


def read_networks() -> list[str]:
    """Networks within the city's walls that partners' feeds may be fetched from."""
    found = [part.strip() for part in os.environ.get("SHARINGCITY_FEED_NETWORKS", "").split(",") if part.strip()]
    for text in found:
        try:
            ip_network(text, strict=False)
        except ValueError as problem:
            raise _say(
                "SHARINGCITY_FEED_NETWORKS", f"“{text}” is no network.", "Use addresses such as 10.20.0.0/16."
            ) from problem
    return found


MAP_APPS = ("kakao", "naver", "google", "apple", "osm")
"""Maps that pages can link to, in the order in which they are shown."""


def read_map_apps(country: str) -> list[str]:
    """`SHARINGCITY_MAP_APPS`: names parted by commas, or `none`. In Korea all, elsewhere not Korea's own."""
    raw = os.environ.get("SHARINGCITY_MAP_APPS", "").strip().lower()
    if not raw:
        return [name for name in MAP_APPS if country == "KR" or name not in ("kakao", "naver")]
    names = [name.strip() for name in raw.split(",") if name.strip()] if raw != "none" else []
    if unknown := [name for name in names if name not in MAP_APPS]:
        raise _say("SHARINGCITY_MAP_APPS", f"“{unknown[0]}” is no map we know.", f"Choose of {', '.join(MAP_APPS)}.")
    return names


def read_environment() -> Environment:
    """Reads every `SHARINGCITY_…` variable once. Raises SettingWrong with a hint."""
    data = data_folder()
    return Environment(
        data=data,
        database=read_database(os.environ.get("SHARINGCITY_DATABASE_URL", ""), data),
        secret_key=read_secret(data),
        debug=read_flag("SHARINGCITY_DEBUG"),
        hosts=[h for h in os.environ.get("SHARINGCITY_HOSTS", "").split(",") if h],
        origin=os.environ.get("SHARINGCITY_ORIGIN", ""),
        zone=read_zone(),
        country=os.environ.get("SHARINGCITY_COUNTRY", "KR"),
        currency=os.environ.get("SHARINGCITY_CURRENCY", "KRW"),
        city_slug=os.environ.get("SHARINGCITY_CITY", "seoul"),
        email_url=os.environ.get("SHARINGCITY_EMAIL_URL", ""),
        tile_url=os.environ.get("SHARINGCITY_TILE_URL", ""),
        map_apps=read_map_apps(os.environ.get("SHARINGCITY_COUNTRY", "KR")),
        metrics_token=os.environ.get("SHARINGCITY_METRICS_TOKEN", ""),
        searches_a_minute=read_count("SHARINGCITY_SEARCHES_A_MINUTE", 600, most=1_000_000),
        hsts_seconds=read_count("SHARINGCITY_HSTS_SECONDS", 365 * 24 * 3600, most=2 * 366 * 24 * 3600),
        web_processes=read_count("SHARINGCITY_WEB_PROCESSES", max(2, os.cpu_count() or 2), least=1),
        web_threads=read_count("SHARINGCITY_WEB_THREADS", 3, least=1),
        feed_networks=read_networks(),
        open_data_licence=read_licence(),
    )
