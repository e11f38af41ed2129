"""The product's settings, plus the app that takes the locks away."""

from sharingcity.site.settings import *  # noqa: F403
from sharingcity.site.settings import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.engines.unlocked.apps.UnlockedConfig"]
DATABASES["default"].get("OPTIONS", {}).pop("transaction_mode", None)
