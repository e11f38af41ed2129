"""Tables between preview and confirmation: files that only this program reads, in a folder that no address leads to.

Their names are drawn by lot; whose they are is the folder. They go when they are brought in or put aside, and by
themselves after some hours.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import NotFound

KEPT: Final = timedelta(hours=6)
CITY: Final = 0
"""Stands for the city's own tables where others have the number of an organisation."""
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{32}", re.ASCII)
_TAKEN: Final = ".taken"


def keep_table(*, table: bytes, owner: int, now: datetime) -> str:
    """The name under which it is found again."""
    name = secrets.token_urlsafe(24)
    folder = _folder(owner)
    for part in (folder.parent, folder):
        part.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(table)
    os.utime(path, (now.timestamp(), now.timestamp()))
    return name


def kept_table(*, name: str, owner: int, now: datetime) -> bytes:
    """Raises: NotFound `upload.gone`."""
    path = _path(name, owner)
    try:
        if _is_old(path, now):
            raise _gone()
        return path.read_bytes()
    except OSError as problem:
        raise _gone() from problem


@contextmanager
def taking_table(*, name: str, owner: int, now: datetime) -> Iterator[bytes]:
    """Whoever takes it has it alone; it is gone afterwards, and back when that failed.

    Raises: NotFound `upload.gone`, for the second of two clicks too.
    """
    path = _path(name, owner)
    taken = path.with_suffix(_TAKEN)
    kept_table(name=name, owner=owner, now=now)
    try:
        path.rename(taken)
    except OSError as problem:
        raise _gone() from problem
    try:
        yield taken.read_bytes()
    except BaseException:
        taken.rename(path)
        raise
    taken.unlink()


def drop_table(*, name: str, owner: int) -> None:
    _path(name, owner).unlink(missing_ok=True)


def forget_old_tables(now: datetime) -> int:
    """Those that nobody confirmed, and those whose bringing was killed half-way."""
    root = _root()
    old = [path for path in root.glob("*/*") if _is_old(path, now)] if root.is_dir() else []
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _root() -> Path:
    return Path(settings.ENVIRONMENT.data) / "tables"


def _folder(owner: int) -> Path:
    return _root() / str(owner)


def _path(name: str, owner: int) -> Path:
    if not _NAME.fullmatch(name):
        raise _gone()
    return _folder(owner) / name


def _is_old(path: Path, now: datetime) -> bool:
    try:
        return path.stat().st_mtime < (now - KEPT).timestamp()
    except FileNotFoundError:
        return False


def _gone() -> NotFound:
    return NotFound(
        "upload.gone",
        _("This table is not kept here any more: it was brought in or put aside, or it waited too long."),
    )
