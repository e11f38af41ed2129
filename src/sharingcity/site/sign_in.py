"""Sign-up, sign-in and mail: what django-allauth and Django's mail read. Outside providers come by environment."""

import os
from typing import Any

from sharingcity.site.environment import data_folder, read_count
from sharingcity.site.mail import mail_settings

# The address people reach us under, for links in mails.
SITE_ORIGIN = (os.environ.get("SHARINGCITY_ORIGIN") or "http://127.0.0.1:8000").rstrip("/")

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# The address is unique wherever there is one (people.Person, constraint person_email_once); accounts without one exist
# and never sign in. Django's check knows only columns that are unique as a whole.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

ACCOUNT_ADAPTER = "sharingcity.people.web.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "sharingcity.people.web.sign_up.SignUpQuestions"
ACCOUNT_FORMS = {
    name: f"sharingcity.people.web.sign_in_forms.{form}"
    for name, form in (
        ("signup", "SignUpForm"),
        ("login", "LoginForm"),
        ("add_email", "AddEmailForm"),
        ("change_password", "ChangePasswordForm"),
        ("set_password", "SetPasswordForm"),
        ("reset_password", "ForgottenPasswordForm"),
        ("reset_password_from_key", "NewPasswordForm"),
        ("reauthenticate", "ReauthenticateForm"),
        ("request_login_code", "RequestLoginCodeForm"),
        ("confirm_login_code", "ConfirmLoginCodeForm"),
        ("confirm_email_verification_code", "ConfirmEmailForm"),
        ("confirm_password_reset_code", "ConfirmResetForm"),
    )
}
SOCIALACCOUNT_FORMS = {"signup": "sharingcity.people.web.sign_in_forms.OutsideSignUpForm"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# How many proxies of ours stand before the server and each add to X-Forwarded-For. Without it everybody behind a proxy
# has the proxy's address, and one person's failed sign-ins keep out all others.
ALLAUTH_TRUSTED_PROXY_COUNT = read_count("SHARINGCITY_PROXIES")
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_ORIGIN.split(":", maxsplit=1)[0]

SOCIALACCOUNT_ADAPTER = "sharingcity.people.web.adapters.OutsideAccountAdapter"
# Nobody gets an account without having been asked for consent.
SOCIALACCOUNT_AUTO_SIGNUP = False

MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Sharing City"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SITE_ORIGIN.startswith("https://")


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

# ── notices and mail ──
NOTICE_CHANNELS = {
    name: path for name in ("sms", "kakao") if (path := os.environ.get(f"SHARINGCITY_{name.upper()}_CHANNEL"))
}
DEFAULT_FROM_EMAIL = os.environ.get("SHARINGCITY_EMAIL_FROM", "Sharing City <no-reply@localhost>")
globals().update(mail_settings(os.environ.get("SHARINGCITY_EMAIL_URL", ""), data_folder()))
