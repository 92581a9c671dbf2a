"""One file, every knob from the environment, safe by default.

SANWEI_ENV is `embedded` (default: one machine, SQLite, no services), `production` or `test`.
"""

from pathlib import Path

import dj_database_url
from celery.schedules import schedule as every
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from sanwei.broker import transport_options
from sanwei.schedule import BEAT

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent

ENVIRONMENT = env.str("SANWEI_ENV", "embedded")
if ENVIRONMENT not in ("embedded", "production", "test"):
    raise ImproperlyConfigured("SANWEI_ENV must be embedded, production or test")
PRODUCTION = ENVIRONMENT == "production"
DEBUG = False
DATA_DIR = Path(env.str("SANWEI_DATA_DIR", str(BASE_DIR / "var")))


def secret(name: str) -> str:
    """A secret from the environment. Production refuses to start without it, or with a default or short one."""
    value = env.str(name, "")
    if PRODUCTION and (len(value) < 32 or "change-me" in value or value.startswith("embedded-")):
        raise ImproperlyConfigured(f"{name} must be set to a secret of at least 32 characters")
    return value or f"embedded-{name.lower()}-not-for-production"


SECRET_KEY = secret("SANWEI_SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SANWEI_SECRET_KEY_FALLBACKS", [])
SANWEI_AUDIT_KEY = secret("SANWEI_AUDIT_KEY")

ALLOWED_HOSTS = env.list("SANWEI_HOSTS", [] if PRODUCTION else ["127.0.0.1", "localhost", "testserver"])
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("SANWEI_HOSTS must name the hosts this site answers to")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "sanwei.core",
    "units",
    "assessments",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sanwei.core.audit.middleware.origin_middleware",
    "sanwei.core.ui.middleware.content_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sanwei.core.accounts.middleware.session_limits",
    "sanwei.core.accounts.middleware.DoorMiddleware",
    "sanwei.core.ui.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "sanwei.urls"
WSGI_APPLICATION = "sanwei.wsgi.application"
TEMPLATES = [
    {  # the keepers' site and the controls of forms, as Django and crispy-forms bring them
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" / "keepers"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {  # our pages
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "sanwei.core.page.engine.environment",
            "context_processors": ["sanwei.core.page.context.site"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {
    "default": dj_database_url.parse(
        env.str("DATABASE_URL", f"sqlite:///{DATA_DIR / 'sanwei.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["ENGINE"] = "sanwei.core.postgresql"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    if PRODUCTION:
        raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database in production")
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-20000;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "options": "-c statement_timeout=15000 -c lock_timeout=5000"
        " -c idle_in_transaction_session_timeout=30000",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["sanwei.core.accounts.backends.AccountBackend"]
PASSWORD_HASHERS = ["sanwei.core.accounts.hashers.OfficeArgon2PasswordHasher"]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "portal:desk"
SANWEI_ROLES_OF = "units.organisation.access.roles_of"
SANWEI_POSTS_LABEL = "units.organisation.access.posts_label"
SANWEI_POSTS_KEY = "units.organisation.access.posts_key"
SANWEI_HOLDERS = "units.organisation.people.holders"
SANWEI_NAVIGATION = "sanwei.portal.navigation.navigation"
SANWEI_COLUMNS = "sanwei.portal.navigation.columns"
# What the record asks to export itself, since it lies below that room.
SANWEI_EXPORT = "sanwei.core.exports.answering.answer"
# The lists that may be exported: name → what builds one for a person and a filter.
SANWEI_EXPORTS = {
    "plans": "units.plans.exports.plans",
    "measures": "units.plans.exports.measures",
    "tasks": "units.rectification.exports.tasks",
    "task_board": "units.rectification.exports.task_board",
    "units": "units.organisation.exports.units",
    "policies": "units.policies.exports.policies",
    "campaigns": "units.campaigns.exports.campaigns",
    "exposures": "assessments.publicity.exposures.exports.exposures",
    "cases": "assessments.publicity.cases.exports.cases",
    "bulletins": "assessments.bulletins.exports.bulletins",
    "inspections": "assessments.inspections.exports.inspections",
    "findings": "assessments.inspections.exports.findings",
    "accountability": "assessments.accountability.exports.accountability",
    "receipts": "assessments.bulletins.exports.receipts",
    "ledger": "assessments.ledger.exports.entries",
    "entries": "sanwei.core.audit.exports.entries",
}
# What a reference like “finding:12” names: kind → (in words, the model). Lower rooms keep references to rows of upper ones.
SANWEI_REFERENCES = {
    "task": ("整改任务", "units.rectification.models.Task"),
    "plan": ("实施方案", "units.plans.models.Plan"),
    "finding": ("督查发现问题", "assessments.inspections.models.Finding"),
    "exposure": ("媒体曝光件", "assessments.publicity.models.Exposure"),
}
# What rooms draw on pages of rooms below them, which do not know them: name in the templates → the part.
SANWEI_DRAWN = {
    "weakness_tasks": "units.rectification.parts.weakness_tasks",
    "accountability_of": "assessments.accountability.parts.accountability_of",
}
# Rows up to which an export is answered at once; longer ones want a reason and are written in the background.
SANWEI_EXPORT_AT_ONCE_ROWS = env.int("SANWEI_EXPORT_AT_ONCE_ROWS", 500)
# Exports that one person may have waiting, written ones of a person that are kept at most, and for how many days.
SANWEI_EXPORTS_WAITING = env.int("SANWEI_EXPORTS_WAITING", 2)
SANWEI_EXPORTS_KEPT = env.int("SANWEI_EXPORTS_KEPT", 20)
SANWEI_EXPORT_DAYS = env.int("SANWEI_EXPORT_DAYS", 7)
# Marks at the foot of every page (dossier 9.5); empty ones are not shown.
SANWEI_FOOTER = {
    "organiser": env.str("SANWEI_ORGANISER", ""),
    "undertaker": env.str("SANWEI_UNDERTAKER", ""),
    "phone": env.str("SANWEI_PHONE", ""),
    "site_code": env.str("SANWEI_SITE_CODE", ""),
    "icp": env.str("SANWEI_ICP", ""),
    "police": env.str("SANWEI_POLICE_RECORD", ""),
}
# Roles that must sign in with a second factor; the demo city runs without.
SANWEI_SECOND_FACTOR_ROLES = frozenset(
    env.list(
        "SANWEI_SECOND_FACTOR_ROLES",
        ["office_head", "office", "discipline", "system_admin", "security_admin", "audit_admin"]
        if PRODUCTION
        else [],
    )
)
SANWEI_LOCK_FAILURES = env.int("SANWEI_LOCK_FAILURES", 5)
SANWEI_LOCK_MINUTES = env.int("SANWEI_LOCK_MINUTES", 15)
SANWEI_IDLE_MINUTES = env.int("SANWEI_IDLE_MINUTES", 30)
SANWEI_KEEPER_IDLE_MINUTES = env.int("SANWEI_KEEPER_IDLE_MINUTES", 15)
SANWEI_SESSION_HOURS = env.int("SANWEI_SESSION_HOURS", 8)
SANWEI_PASSWORD_LENGTH = env.int("SANWEI_PASSWORD_LENGTH", 10)
SANWEI_PASSWORD_DAYS = env.int("SANWEI_PASSWORD_DAYS", 90)
SANWEI_PASSWORD_HISTORY = env.int("SANWEI_PASSWORD_HISTORY", 5)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "sanwei.core.accounts.passwords.OfficePasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_ENGINE = "sanwei.core.accounts.sessions"
SESSION_COOKIE_NAME = "__Host-sanwei" if PRODUCTION else "sanwei"
SESSION_COOKIE_AGE = SANWEI_SESSION_HOURS * 3600
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrftoken"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "sanwei.core.ui.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = PRODUCTION and env.bool("SANWEI_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
# The neighbours on the city's domain are not ours to bind to HTTPS, nor to put on a browser's list.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The proxy overwrites X-Forwarded-For and X-Request-Start; they are believed only behind it.
SANWEI_BEHIND_PROXY = env.bool("SANWEI_BEHIND_PROXY", PRODUCTION)
# What a browser may load and run of ours: nothing inline, nothing from elsewhere (security.md rule 31).
SANWEI_CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

# Seconds by which the clock may differ from the database's before clocks stand still and /readyz alarms (F14).
# Tests move our clock and not the database's.
SANWEI_CLOCK_TOLERANCE = 0 if ENVIRONMENT == "test" else env.int("SANWEI_CLOCK_TOLERANCE", 120)
# Nothing is sent between these hours (product.md, Reminders).
SANWEI_QUIET_FROM = env.int("SANWEI_QUIET_FROM", 21)
SANWEI_QUIET_UNTIL = env.int("SANWEI_QUIET_UNTIL", 8)
SANWEI_CITY_NAME = env.str("SANWEI_CITY_NAME", "六安")

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if ENVIRONMENT != "test"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = ENVIRONMENT == "test"
MEDIA_ROOT = Path(env.str("SANWEI_MEDIA_DIR", str(DATA_DIR / "media")))
MEDIA_URL = "/media-is-not-served/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o640
SANWEI_ATTACHMENT_MAX_MB = env.int("SANWEI_ATTACHMENT_MAX_MB", 20)
SANWEI_ATTACHMENT_MAX_COUNT = env.int("SANWEI_ATTACHMENT_MAX_COUNT", 20)
# What the examination of one uploaded file may cost: processor seconds (twice that by the clock) and memory.
SANWEI_ATTACHMENT_CHECK_SECONDS = env.int("SANWEI_ATTACHMENT_CHECK_SECONDS", 20)
SANWEI_ATTACHMENT_CHECK_MB = env.int("SANWEI_ATTACHMENT_CHECK_MB", 1024)
# Below this much free disk no file is taken in, so that what is already acknowledged stays safe.
SANWEI_DISK_FLOOR_MB = env.int("SANWEI_DISK_FLOOR_MB", 512)
# The proxy's internal location for MEDIA_ROOT, e.g. /internal-media/ (with `max_ranges 0`); empty: Django hands out.
SANWEI_ACCEL = env.str("SANWEI_ACCEL", "")

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

EMAIL_BACKEND = env.str("SANWEI_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_FILE_PATH = env.str(
    "SANWEI_EMAIL_FILE_PATH", str(DATA_DIR / "mail")
)  # for the backend that writes files
EMAIL_HOST = env.str("SANWEI_EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("SANWEI_EMAIL_PORT", 25)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("SANWEI_EMAIL_FROM", "sanwei@localhost")
SANWEI_TEXT_MESSAGE_CHANNEL = env.str(
    "SANWEI_TEXT_MESSAGE_CHANNEL", "sanwei.core.notifications.channels.ConsoleTextMessages"
)
SANWEI_SITE_URL = env.str("SANWEI_SITE_URL", "http://127.0.0.1:8000")
SANWEI_FONT_DIR = env.str("SANWEI_FONT_DIR", "")

# The embedded broker is a folder; messages are wake-up calls only, so it may lose one.
BROKER = env.str("SANWEI_BROKER_URL", "" if PRODUCTION else "folder://")
if not BROKER:
    raise ImproperlyConfigured("SANWEI_BROKER_URL must name the Redis broker in production")
CELERY_BROKER_URL = BROKER
CELERY_BROKER_TRANSPORT_OPTIONS = transport_options(BROKER, DATA_DIR)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    name: {"task": task, "schedule": when if not isinstance(when, int) else every(when)}
    for name, (task, when) in BEAT.items()
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "sanwei.core.audit.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("SANWEI_LOG_LEVEL", "WARNING")},
}
