"""Django's settings, derived from `environment`. What a city decides stands in the environment, not here."""

from pathlib import Path

from csp.constants import NONE, SELF

from sharingcity.site.environment import read_environment

ENVIRONMENT = read_environment()
SOURCE = Path(__file__).resolve().parents[1]

CONTEXTS = [
    "kernel",
    "ui",
    "people",
    "directory",
    "listings",
    "booking",
    "spaces",
    "finding",
    "partners",
    "portal",
]

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = ENVIRONMENT.hosts or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.origin] if ENVIRONMENT.origin else []
DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "django_tasks",
    "django_tasks_db",
    "leaflet",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.kakao",
    "allauth.socialaccount.providers.naver",
    "allauth.socialaccount.providers.openid_connect",
    *(f"sharingcity.{name}" for name in CONTEXTS),
]

MIDDLEWARE = [
    "sharingcity.site.gate.Gate",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Static files come compressed from above. Random padding keeps the length from telling secrets.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "sharingcity.ui.languages.AskedLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "sharingcity.site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            SOURCE / "ui" / "templates",
            *(SOURCE / name / "web" / "templates" for name in CONTEXTS),
        ],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "sharingcity.ui.context.page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
COTTON_DIR = "cotton"

# Shared by all processes: the sign-in library counts attempts in it. Ordinary pages do not touch it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_sharedcache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
SEARCHES_A_MINUTE = ENVIRONMENT.searches_a_minute
WEB_PROCESSES = ENVIRONMENT.web_processes
WEB_THREADS = ENVIRONMENT.web_threads
FEED_NETWORKS = ENVIRONMENT.feed_networks
METRICS_TOKEN = ENVIRONMENT.metrics_token
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # of a form, photos not counted; the whole request: kernel.bodies

STATIC_URL = "static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
BUILT_STATIC = ENVIRONMENT.data / "built"
STATICFILES_DIRS = [BUILT_STATIC]
MEDIA_ROOT = ENVIRONMENT.data / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English"), ("ar", "العربية")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENVIRONMENT.zone

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "ENQUEUE_ON_COMMIT": False,
        "QUEUES": ["default"],
    }
}

SESSION_COOKIE_SAMESITE = "Lax"
SECURE_COOKIES = ENVIRONMENT.origin.startswith("https://")
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_SECURE = SECURE_COOKIES
LANGUAGE_COOKIE_SECURE = SECURE_COOKIES
SECURE_HSTS_SECONDS = ENVIRONMENT.hsts_seconds if SECURE_COOKIES else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_COOKIES else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *([ENVIRONMENT.tile_url.split("{")[0]] if ENVIRONMENT.tile_url else [])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# ── the city ──
CITY_ZONE = ENVIRONMENT.zone
CITY_COUNTRY = ENVIRONMENT.country
CITY_CURRENCY = ENVIRONMENT.currency
CITY_NAMES = {"ko": "서울", "en": "Seoul", "ar": "سيول"}
CITY_PHONE = "120"
# Fields of entries whose changes by their own people hold at once; all others wait for staff.
DIRECTORY_SELF_APPROVED = ("phone", "opening")
TILE_URL = ENVIRONMENT.tile_url
MAP_APPS = ENVIRONMENT.map_apps
OPEN_DATA_LICENCE = ENVIRONMENT.open_data_licence

# ── people ──
AUTH_USER_MODEL = "people.Person"
from sharingcity.site.sign_in import *  # noqa: E402, F403 - allauth reads a dozen flat names; they have a room of their own
