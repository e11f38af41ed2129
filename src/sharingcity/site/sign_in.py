"""Sign-up and sign-in: what django-allauth reads. Outside providers come by environment variables."""

import os
from typing import Any

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not os.environ.get("SHARINGCITY_ORIGIN", "").startswith("https://")


def _providers() -> dict[str, Any]:
    """Kakao, Naver and one OpenID Connect provider, each only when its client id is set."""
    found: dict[str, Any] = {}
    for name in ("kakao", "naver"):
        if client := os.environ.get(f"SHARINGCITY_{name.upper()}_CLIENT_ID"):
            secret = os.environ.get(f"SHARINGCITY_{name.upper()}_CLIENT_SECRET", "")
            found[name] = {"APPS": [{"client_id": client, "secret": secret}]}
    if client := os.environ.get("SHARINGCITY_OIDC_CLIENT_ID"):
        found["openid_connect"] = {
            "APPS": [
                {
                    "provider_id": os.environ.get("SHARINGCITY_OIDC_ID", "city"),
                    "name": os.environ.get("SHARINGCITY_OIDC_NAME", "City account"),
                    "client_id": client,
                    "secret": os.environ.get("SHARINGCITY_OIDC_CLIENT_SECRET", ""),
                    "settings": {"server_url": os.environ.get("SHARINGCITY_OIDC_SERVER_URL", "")},
                }
            ]
        }
    return found


SOCIALACCOUNT_PROVIDERS = _providers()
