"""The one settings file. Everything that differs between machines comes from the environment (tpm/env.py)."""

import os
import sys
from pathlib import Path
from typing import Any

import structlog
from csp.constants import NONE, SELF

from tpm import env
from tpm.lib.redaction import hide_secrets

BASE_DIR = Path(__file__).resolve().parent.parent
PROFILE = env.choice("TPM_PROFILE", "production", {"production", "development", "test"})
PRODUCTION = PROFILE == "production"
DATA_DIR = Path(env.text("TPM_DATA_DIR", str(BASE_DIR / ".data"))).resolve()


if PROFILE == "development" and "DATABASE_URL" not in os.environ:
    # manage.py in a second terminal uses the servers of the running product.
    from tpm.embedded import running

    for _name, _value in running(DATA_DIR).items():
        if _name in {"DATABASE_URL", "REDIS_URL", "SECRET_KEY"}:
            os.environ.setdefault(_name, _value)

SECRET_KEY = env.text("SECRET_KEY", "" if PRODUCTION else "insecure-key-of-a-development-checkout")
DEBUG = env.boolean("DEBUG", default=False)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,testserver")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
SITE_NAME = env.text("SITE_NAME", "TPM")
# What links in mails begin with; the first host that people use, if not said.
SITE_URL = (
    env.text("SITE_URL", "")
    or f"http{'s' if PRODUCTION else ''}://{next(iter(ALLOWED_HOSTS), 'localhost').lstrip('.*')}"
).rstrip("/")

_mail = env.email("EMAIL_URL")
SENDS_MAIL = bool(_mail)  # without it people ask an administrator for a link
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if SENDS_MAIL else 'dummy'}.EmailBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", None if SENDS_MAIL else "tpm@localhost")
globals().update(_mail)

DATABASES = {
    "default": {
        **env.database("DATABASE_URL"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", 5)  # type: ignore[attr-defined]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "axes",
    "csp",
    "django_htmx",
    "django_filters",
    "django_structlog",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "tpm.apps.TpmConfig",
    "tpm.lib",
    "tpm.accounts",
    "tpm.activity",
    "tpm.live",
    "tpm.notify",
    "tpm.downloads",
    "programs",
    "projects",
    "budgets",
    "risks",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tpm.accounts.middleware.PreferencesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "tpm.lib.metrics.RequestMetricsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tpm.accounts.middleware.SignedInMiddleware",
    "tpm.web.errors.DomainErrorsMiddleware",
    "tpm.downloads.web.LongFilesMiddleware",
    "tpm.web.saved_views.DefaultViewMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "tpm.urls"
ASGI_APPLICATION = "tpm.asgi.application"
WSGI_APPLICATION = "tpm.wsgi.application"
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
                "tpm.web.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# People ------------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # e-mail addresses are unique whatever their case: user_email_unique
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
if PROFILE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests sign in by the thousand
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "signin"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "signin"
AXES_FAILURE_LIMIT = env.integer("SIGNIN_FAILURE_LIMIT", 10, minimum=3)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = (
    "tpm.accounts.throttling.account_name"  # the sign-in form calls the e-mail address so
)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_IPWARE_PROXY_COUNT = env.integer("TRUSTED_PROXIES", 0, minimum=0) or None
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SERVED_OVER_TLS = env.boolean("SERVED_OVER_TLS", default=PRODUCTION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVED_OVER_TLS
if SERVED_OVER_TLS:
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Language and time -------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]  # each by its own name
LOCALE_PATHS = [BASE_DIR / "tpm" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = True

# Files -------------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "tpm.lib.staticfiles.ModuleManifestStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = PROFILE == "development"
MEDIA_ROOT = DATA_DIR / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
UPLOAD_LIMIT_BYTES = env.integer("UPLOAD_LIMIT_MB", 200, minimum=1) * 1024 * 1024

# Broker, workers: the broker is a wake-up call, PostgreSQL holds the truth ------------------------------------------
REDIS_URL = env.text("REDIS_URL")
BROKER_TIMEOUT_SECONDS = 0.3
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 20,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "health_check_interval": 10,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_TIME_LIMIT = 55
CELERY_TASK_SOFT_TIME_LIMIT = 50
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "tpm.jobs.sweep", "schedule": 2.0, "options": {"expires": 2, "queue": "default"}},
    "heartbeat": {
        "task": "tpm.jobs.heartbeat",
        "schedule": 10.0,
        "options": {"expires": 10, "queue": "default"},
    },
    "notifications": {
        "task": "tpm.collaboration.jobs.sweep",
        "schedule": 10.0,
        "options": {"expires": 10, "queue": "default"},
    },
    "downloads": {
        "task": "tpm.downloads.jobs.forget",
        "schedule": 600.0,
        "options": {"expires": 600, "queue": "default"},
    },
    "digests": {
        "task": "tpm.collaboration.jobs.digests",
        "schedule": 600.0,
        "options": {"expires": 600, "queue": "default"},
    },
}

# Recomputing (docs/architecture.md, "How a plan change flows") ------------------------------------------------------
RECOMPUTE_QUIET_SECONDS = 0.15  # a burst of edits is computed once it pauses this long …
RECOMPUTE_PATIENCE_SECONDS = 2.0  # … or when its oldest edit has waited this long
RECOMPUTE_LEASE_SECONDS = env.integer("RECOMPUTE_LEASE_SECONDS", 60, minimum=1)  # longer than a job may run
RECOMPUTE_MAX_ATTEMPTS = 8

# REST API ----------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "tpm.accounts.authentication.TokenAuthentication",
        "tpm.accounts.authentication.SignedInAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "tpm.lib.api.pagination.KeysetPagination",
    "EXCEPTION_HANDLER": "tpm.lib.api.problems.handle",
    "COERCE_DECIMAL_TO_STRING": True,
    "DEFAULT_THROTTLE_CLASSES": ["tpm.lib.api.throttling.PrincipalThrottle"],
    "DEFAULT_THROTTLE_RATES": {"principal": env.text("API_RATE", "600/min" if PRODUCTION else "60000/min")},
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "TPM – program portfolio tracking",
    "DESCRIPTION": "Everything the screens can do. Errors are RFC 9457 problems; changes need If-Match.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {},
    "ENABLE_DJANGO_DEPLOY_CHECK": False,  # it would build the whole schema with every command; a test does
}

# Audit -------------------------------------------------------------------------------------------------------------
PGHISTORY_APPEND_ONLY = True

# Logs --------------------------------------------------------------------------------------------------------------
_shared: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    hide_secrets,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_shared,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer()
            if PRODUCTION
            else structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
            "foreign_pre_chain": [*_shared, structlog.processors.format_exc_info],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO" if PRODUCTION else "WARNING")},
    "loggers": {
        "axes": {"level": "ERROR"},
        "celery.app.trace": {"level": "WARNING"},
    },
}
