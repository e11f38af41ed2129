"""What the tests need beyond Python: found, else installed, else refused with the command that mends it."""

import shutil
import subprocess
from pathlib import Path

from sharingcity.site.bootstrap import CannotStart, install_packages

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRESQL = ("initdb", "postgres", "pg_isready", "pg_dump", "pg_restore")
FONTS = {"ko": "fonts-noto-cjk", "ar": "fonts-noto-core"}


def _find_postgresql() -> Path | None:
    """The folder with the server's programs: on the PATH, or where Debian keeps the versions aside."""
    on_path = shutil.which("postgres")
    aside = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[-2]), reverse=True)
    folders = [*([Path(on_path).resolve().parent] if on_path else []), *aside]
    return next((folder for folder in folders if all((folder / name).exists() for name in POSTGRESQL)), None)


def postgresql() -> Path:
    if (found := _find_postgresql()) is None:
        install_packages(["postgresql"], "The tests need PostgreSQL.")
        found = _find_postgresql()
    if found is None:
        raise CannotStart("PostgreSQL was installed, but initdb is not to be found. Put its bin folder on the PATH.")
    return found


def _find_browser() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def _has_font(language: str) -> bool:
    listed = subprocess.run(["fc-list", f":lang={language}"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def chromium() -> str:
    """The browser's path; the fonts of our languages are there too."""
    if _find_browser() is None:
        install_packages(["chromium", "fontconfig", *FONTS.values()], "The tests need Chromium.")
    elif shutil.which("fc-list") is None:
        install_packages(["fontconfig", *FONTS.values()], "The browser tests need fonts.")
    if missing := [package for language, package in FONTS.items() if not _has_font(language)]:
        install_packages(missing, "The browser tests need fonts of our languages.")
    if (found := _find_browser()) is None:
        raise CannotStart("Chromium was installed, but is not to be found. Put it on the PATH as “chromium”.")
    return found
