"""Every setting of Indicia, in one file; what differs between installations comes from the environment.

A value that cannot be right stops the start with a sentence that names its variable, and so does a variable whose name
begins with INDICIA_ but is not read here: a mistyped name would otherwise be a setting silently left at its default.
"""

import difflib
import os
import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, ValidationError, validate

from config import late, provider

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()


def _zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        raise ValidationError(f"{name!r} is not a time zone; write it as in America/New_York.") from exc


def _roles(names: list[str]) -> None:
    known = ["analyst", "reviewer", "coordinator", "framework_editor", "exporter", "reader", "account_admin"]
    if unknown := sorted(set(names) - set(known)):
        raise ValidationError(f"{', '.join(unknown)}: no such role; there are {', '.join(known)}.")


def _origins(origins: list[str]) -> None:
    for origin in origins:
        if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?", origin):
            raise ValidationError(f"{origin!r} is not an origin; write it as in https://login.example.org.")


def _not_negative(number: int) -> None:
    if number < 0:
        raise ValidationError(f"{number} is below 0.")


def _folder(path: Path) -> None:
    if not path.is_dir():
        raise ValidationError(f"{str(path)!r} is not a folder.")


# --- What kind of installation this is ---------------------------------------------------------------------------

DEBUG: bool = env.bool("INDICIA_DEBUG", default=False)
# A demo may load made-up people with published passwords, and is served on this machine only.
DEMO: bool = env.bool("INDICIA_DEMO", default=False)
LOCAL = DEBUG or DEMO

_NO_KEY = (
    "INDICIA_SECRET_KEY must hold at least 50 characters, at least 10 of them different; one way to make one: "
    'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
)
SECRET_KEY: str = env.str("INDICIA_SECRET_KEY", default="")
if not SECRET_KEY and LOCAL:
    SECRET_KEY = "demo-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2
elif len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10:
    raise ImproperlyConfigured(_NO_KEY)
# Keys of before, while one is changed for another: what they signed or encrypted still holds.
SECRET_KEY_FALLBACKS: list[str] = env.list("INDICIA_OLD_SECRET_KEYS", default=[])

VAR: Path = env.path("INDICIA_VAR", default=BASE_DIR / "var", validate=_folder)
# Bytes that people's uploads may take in all; 0 where nothing but the disk limits them.
STORAGE_LIMIT: int = env.int("INDICIA_STORAGE_MB", default=0, validate=_not_negative) * 1024 * 1024

# --- Where it is reached, and how safely -------------------------------------------------------------------------

ALLOWED_HOSTS: list[str] = env.list("INDICIA_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if LOCAL else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("INDICIA_ORIGINS", default=[])
HTTPS: bool = env.bool("INDICIA_HTTPS", default=not LOCAL)
BEHIND_PROXY: bool = env.bool("INDICIA_BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies stand before the app, each adding the address it was asked from; limits count by that address.
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int("INDICIA_PROXY_COUNT", default=int(BEHIND_PROXY))

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^ready/$"]  # asked from within, without a certificate
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
# Whether other names of the domain, or the browsers' preload lists, are to be bound as well is the office's to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True  # htmx sends the token by hx-headers, so no script reads the cookie
X_FRAME_OPTIONS = "DENY"

# No request leaves the server's own origin, and nothing inline runs; `data:` is for Bootstrap's icons.
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- What it is made of ------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "accounts",
    "frameworks",
    "assessments",
]
# Django's admin is left out on purpose: nothing may bypass assessments/actions.py.

MIDDLEWARE = [
    # First whatever puts a header on an answer, so that no answer leaves without: refusals and static files as well.
    "config.requests.RequestIdMiddleware",
    "config.headers.PermissionsPolicyMiddleware",
    "config.headers.NotStoredMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.uploads.UploadLimitMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.nul.NoNulMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # a view is closed unless it says login_not_required
    "allauth.account.middleware.AccountMiddleware",
    "accounts.second_factor.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "assessments.views.head.head",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "django.forms.renderers.Jinja2"  # Django's own widgets, twice as fast
CRISPY_FAIL_SILENTLY = False

# --- Data --------------------------------------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {
    "default": dict(env.dj_db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'db.sqlite3'}"))
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Without a log beside the file, the lock at the start and the patience, parallel writers are answered "database is
    # locked". FULL: what a page calls saved is on the disk, and stays there when the power fails.
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
    }
    # A file, not memory: in memory the threads of a live server would share one connection and its transaction.
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
else:
    # A server that is gone, or a network that swallows everything, is noticed within seconds: threads that wait for it
    # for minutes answer nobody, not even whoever asks whether the process lives.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 30_000,
        **DATABASES["default"].get("OPTIONS", {}),
    }
# Opening a connection costs more than most requests; each thread keeps its own for a while, and asks whether it still
# stands before it uses it again (for a file: config/sqlite.py).
DATABASES["default"]["CONN_MAX_AGE"] = DATABASES["default"].get("CONN_MAX_AGE") or 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Limits are counted here, so all workers must share it.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
# Work in the background waits in the database too: `manage.py work` takes it, and no other server is needed.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
FILE_DAYS: int = env.int("INDICIA_FILE_DAYS", default=30, validate=validate.Range(min=1, max=3650))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
AUTHENTICATION_BACKENDS = ["accounts.backends.Backend"]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # seconds; an invitation is a link to set one's first password

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the office invites people at an address it knows
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE; not asked
ACCOUNT_SESSION_COOKIE_AGE = SESSION_COOKIE_AGE
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Indicia: "
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second factor is told to its owner
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody is written to whom the office does not know
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True  # whoever was invited goes straight to work, by way of their second factor
# A browser in which somebody signed in before counts by itself: strangers can't keep them out (accounts/known.py).
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key", "login_failed_known": "5/300s/key"}

MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {"login_webauthn": "accounts.forms.PasskeyForm", "add_webauthn": "accounts.forms.NewPasskeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Indicia"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL  # http://localhost
# Whoever holds one of these roles must have a second factor.
_GUARDED = [] if LOCAL else ["coordinator", "account_admin", "framework_editor"]
SECOND_FACTOR_ROLES: list[str] = env.list("INDICIA_SECOND_FACTOR_ROLES", default=_GUARDED, validate=_roles)

# An organization's own identity provider, by OpenID Connect with PKCE; off without an address.
OIDC_URL: str = env.str("INDICIA_OIDC_URL", default="")
SOCIALACCOUNT_ADAPTER = "accounts.adapters.ProviderAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_URL:
    INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")  # brings what asks a provider along
    SOCIALACCOUNT_PROVIDERS = provider.apps(
        url=OIDC_URL,
        client=env.str("INDICIA_OIDC_CLIENT"),
        secret=env.str("INDICIA_OIDC_SECRET"),
        name=env.str("INDICIA_OIDC_NAME", default="your organization"),
    )
    # A browser refuses a form that jumps to any other origin, also by the jumps that follow at the provider's.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += [
        provider.origin(OIDC_URL),
        *env.list("INDICIA_OIDC_ORIGINS", default=[], validate=_origins),
    ]
late.put_off("allauth.mfa.webauthn.internal.auth")  # passkeys, and with them the libraries of encryption
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.published.NotPublished"},
]

# --- E-mail ------------------------------------------------------------------------------------------------------

# Without a host no e-mail leaves: development prints it, any other installation keeps notices in the app.
EMAIL_HOST: str = env.str("INDICIA_MAIL_HOST", default="")
EMAIL_PORT: int = env.int("INDICIA_MAIL_PORT", default=587)
EMAIL_HOST_USER: str = env.str("INDICIA_MAIL_USER", default="")
EMAIL_HOST_PASSWORD: str = env.str("INDICIA_MAIL_PASSWORD", default="")
EMAIL_USE_TLS: bool = env.bool("INDICIA_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 10  # seconds; a mail server that hangs holds nobody up for long
DEFAULT_FROM_EMAIL: str = env.str("INDICIA_MAIL_FROM", default="indicia@localhost")
_UNSENT = "console" if DEBUG else "dummy"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else _UNSENT}.EmailBackend"

# --- Language, time and files ------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
USE_I18N = False  # U.S. English only
USE_TZ = True  # moments are stored in UTC, whatever the zone they are shown in
OFFICE_ZONE: str = env.str("INDICIA_OFFICE_ZONE", default="America/New_York", validate=_zone)
TIME_ZONE = OFFICE_ZONE  # so pages show it and timezone.localdate() is the office's day

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Off where no collectstatic has run: a demo, tests, development. The files then come from where they were written.
COLLECTED_STATIC: bool = env.bool("INDICIA_COLLECTED_STATIC", default=not LOCAL)
STATIC_ROOT = Path(env.str("INDICIA_STATIC", default=str(VAR / "static"))) if COLLECTED_STATIC else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not COLLECTED_STATIC
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no page of another origin has a use for them
# Off: maps are for the office's own people; readers and exporters see tables alone.
PUBLIC_MAPS: bool = env.bool("INDICIA_PUBLIC_MAPS", default=True)

# One JSON object a line for whoever collects them; plain lines where a person reads them.
LOG_JSON: bool = env.bool("INDICIA_LOG_JSON", default=not LOCAL)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "config.requests.RequestIdFilter"}},
    "formatters": {
        "json": {"()": "config.requests.JsonLine"},
        "line": {
            "()": "config.requests.WithoutValues",
            "format": "{asctime} {levelname} {name} [{request_id}]: {message}",
            "style": "{",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        },
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["request"],
            "formatter": "json" if LOG_JSON else "line",
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # These tell every step of their work.
    "loggers": {name: {"level": "WARNING"} for name in ("weasyprint", "fontTools", "fido2")},
}


def _refuse_unknown_names() -> None:
    known = set(env.dump())
    for name in sorted(os.environ):
        if name.startswith("INDICIA_") and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            raise ImproperlyConfigured(
                f"{name} is not a setting of Indicia" + (f"; did you mean {near[0]}?" if near else ".")
            )


_refuse_unknown_names()
