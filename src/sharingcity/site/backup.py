"""One file that holds a whole city: database, uploaded files, secret key. Taken and put back.

The secret key travels along because identities are hashed with it: keep backups as safe as the city itself.
"""

import json
import os
import tarfile
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection

from sharingcity.kernel.db import read_copy, write_copy
from sharingcity.kernel.models import JournalEntry

MANIFEST, DATABASE, FILES, SECRET = "manifest.json", "database", "files", "secret-key"


class CannotRestore(RuntimeError):
    """Why the file cannot be put back, and the mend, in one line."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in the file."""

    version: str
    engine: str
    taken_at: str
    files: int


def _uploaded_files() -> list[Path]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(path for path in root.rglob("*") if path.is_file()) if root.exists() else []


def take_backup(target: Path, *, now: datetime) -> Manifest:
    """Writes the file whole or not at all, readable by its owner only. Raises: CannotCopy, OSError."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        copy, archive = Path(folder) / DATABASE, Path(folder) / "archive"
        write_copy(copy)
        uploads = _uploaded_files()
        manifest = Manifest(version("sharingcity"), connection.vendor, now.isoformat(), len(uploads))
        described = Path(folder) / MANIFEST
        described.write_text(json.dumps(asdict(manifest)), encoding="utf-8")
        with tarfile.open(archive, "w:gz", compresslevel=3) as tar:
            tar.add(described, MANIFEST)
            tar.add(copy, DATABASE)
            secret = settings.ENVIRONMENT.data / SECRET
            if secret.exists():
                tar.add(secret, SECRET)
            for upload in uploads:
                tar.add(upload, f"{FILES}/{upload.relative_to(settings.MEDIA_ROOT)}")
        archive.chmod(0o600)
        archive.replace(target)
    return manifest


def is_city_empty() -> bool:
    """Nobody signed up and nothing was recorded."""
    return not JournalEntry.objects.exists() and not get_user_model()._default_manager.exists()


def _unpack(source: Path, folder: Path) -> Manifest:
    try:
        with tarfile.open(source) as tar:
            tar.extractall(folder, filter="data")
        return Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (tarfile.TarError, OSError, ValueError, TypeError) as problem:
        raise CannotRestore(f"{source} is no backup of a city, or a broken one ({problem}).") from problem


def _put_back_files(folder: Path) -> None:
    kept = folder / FILES
    for upload in sorted(kept.rglob("*")) if kept.exists() else []:
        if upload.is_file():
            place = Path(settings.MEDIA_ROOT) / upload.relative_to(kept)
            place.parent.mkdir(parents=True, exist_ok=True)
            upload.replace(place)


def _put_back_secret(folder: Path) -> None:
    kept = folder / SECRET
    if kept.exists() and "SHARINGCITY_SECRET_KEY" not in os.environ:
        kept.chmod(0o600)
        kept.replace(settings.ENVIRONMENT.data / SECRET)


def restore_backup(source: Path, *, force: bool) -> Manifest:
    """Puts a backup in the place of this city. Stop the server first; with `force` whatever is here is lost.

    Raises: CannotRestore, CannotCopy.
    """
    if not force and not is_city_empty():
        raise CannotRestore(
            "This city is not empty. Restore into a new folder (--data), or lose what is here (--force)."
        )
    with tempfile.TemporaryDirectory(dir=settings.ENVIRONMENT.data, prefix=".restore-") as folder:
        manifest = _unpack(source, Path(folder))
        if manifest.engine != connection.vendor:
            raise CannotRestore(
                f"The backup is of {manifest.engine}, this city runs on {connection.vendor}."
                " Set SHARINGCITY_DATABASE_URL to the same engine."
            )
        read_copy(Path(folder) / DATABASE)
        _put_back_files(Path(folder))
        _put_back_secret(Path(folder))
    return manifest
