"""All settings, read from the environment where an installation may differ.

NEWSDB_SECRET_KEY, NEWSDB_ALLOWED_HOSTS (comma-separated), NEWSDB_DEBUG (1),
NEWSDB_HTTPS (1: cookies and redirects for a site behind TLS), DATABASE_URL,
NEWSDB_POOLER (1: a pooler in front of the database lends connections for one
transaction), NEWSDB_WORKER_DEAD_AFTER (seconds without a sign of life, for workers).
Of the API: NEWSDB_ANONYMOUS_READ (0: only those with a token or a login read),
NEWSDB_TOKEN_RATE (requests a minute), NEWSDB_ADDRESS_RATE (the same of each address
without a token, for each process; 0: no limit), NEWSDB_PROXIES (how many proxies of
ours stand in front), NEWSDB_CORS_ORIGINS (comma-separated, or *).
Without any of them the project serves this machine only.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from csp.constants import NONCE, SELF, UNSAFE_EVAL
from django.templatetags.static import static

from newsdb.admin_menu import SIDEBAR
from newsdb.database import database_config

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"  # ignored by git: database, key, static files


def _secret_key() -> str:
    """The key from the environment, or one made once for this machine."""
    if key := os.environ.get("NEWSDB_SECRET_KEY"):
        return key
    path = LOCAL_DIR / "secret_key"
    if not path.exists():
        # Written whole, then named: two first starts must not see half a key.
        LOCAL_DIR.mkdir(exist_ok=True)
        draft = LOCAL_DIR / f"secret_key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()


def _flag(name: str, default: str = "0") -> bool:
    value = os.environ.get(name, default)
    if value not in {"0", "1"}:
        raise SystemExit(f"{name} is {value!r}; set it to 0 or 1.")
    return value == "1"


def _count(name: str, default: int, *, least: int) -> int:
    value = os.environ.get(name, str(default))
    if not (value.isascii() and value.isdigit() and int(value) >= least):
        raise SystemExit(f"{name} is {value!r}; set it to a whole number from {least}.")
    return int(value)


SECRET_KEY = _secret_key()
DEBUG = _flag("NEWSDB_DEBUG")
HTTPS = _flag("NEWSDB_HTTPS")
ALLOWED_HOSTS = os.environ.get(
    "NEWSDB_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]"
).split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{h}" for h in ALLOWED_HOSTS] if HTTPS else []

INSTALLED_APPS = [
    "newsdb",
    "publishing",
    "curation",
    "events",
    "actors",
    "sources",
    "unfold.apps.BasicAppConfig",
    "newsdb.site.SiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "csp",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "newsdb.connections.trust_quiet_connections",
    "newsdb.middleware.head_without_body",
    "newsdb.page_middleware.CrossOrigin",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "newsdb.page_middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "newsdb.page_middleware.ForgedRequests",
    "newsdb.page_middleware.Users",
    "newsdb.page_middleware.Messages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "newsdb.page_middleware.ContentPolicy",
    "newsdb.middleware.admin_csp",
    "publishing.api.gate.api_gate",
    "newsdb.middleware.refresh_documents",
]

ROOT_URLCONF = "newsdb.urls"
LOGIN_REDIRECT_URL = "admin:index"  # also from /admin/login/ itself
WSGI_APPLICATION = "newsdb.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    }
]

DATABASES = {"default": database_config(BASE_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A worker shows a sign of life three times in this time; one that does not is dead, and
# others take its job. The same for all workers.
WORKER_DEAD_AFTER_SECONDS = float(os.environ.get("NEWSDB_WORKER_DEAD_AFTER", "30"))
PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": WORKER_DEAD_AFTER_SECONDS / 3,
    "stalled_worker_timeout": WORKER_DEAD_AFTER_SECONDS,
}

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = "newsdb.formats"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = LOCAL_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "newsdb.static_files.StaticFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "admin:login"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0

# Public pages: nothing inline, nothing from elsewhere. The admin is looser, see
# newsdb.middleware.admin_csp and docs/decisions.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": [SELF],
    }
}
ADMIN_CSP = {
    # unfold's Alpine.js evaluates expressions and sets style attributes.
    "script-src": [SELF, NONCE, UNSAFE_EVAL],
    "style-src": [SELF, "'unsafe-inline'"],
}

# Errors go to where the server's own messages go, with their traceback.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {
            "handlers": ["stderr"],
            "level": "ERROR",
            "propagate": False,
        }
    },
}

# The API: who may read it without a token, how often one may ask, and which pages from
# elsewhere may ask in their reader's browser (never with cookies).
ANONYMOUS_READ = _flag("NEWSDB_ANONYMOUS_READ", "1")
TOKEN_RATE = _count("NEWSDB_TOKEN_RATE", 1_200, least=1)
ADDRESS_RATE = _count("NEWSDB_ADDRESS_RATE", 1_200, least=0)
PROXIES = _count("NEWSDB_PROXIES", 0, least=0)
CORS_URLS_REGEX = r"^/api/"
CORS_ORIGINS = [o for o in os.environ.get("NEWSDB_CORS_ORIGINS", "").split(",") if o]
CORS_ALLOW_ALL_ORIGINS = CORS_ORIGINS == ["*"]
CORS_ALLOWED_ORIGINS = [] if CORS_ALLOW_ALL_ORIGINS else CORS_ORIGINS
CORS_ALLOW_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PATCH")
CORS_ALLOW_HEADERS = (
    *("accept", "authorization", "content-type"),
    *("idempotency-key", "if-match", "if-none-match"),
)
CORS_EXPOSE_HEADERS = (
    *("Allow", "Content-Disposition", "Content-Location", "ETag", "Location"),
    *("Idempotency-Replayed", "RateLimit", "RateLimit-Policy", "Retry-After"),
    "WWW-Authenticate",
)
# The longest article, a million characters, escaped as JSON has them.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8_000_000

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["publishing.api.auth.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["publishing.api.auth.ThroughDoors"],
    "DEFAULT_RENDERER_CLASSES": ["publishing.api.renderers.DocumentRenderer"],
    "DEFAULT_PARSER_CLASSES": ["publishing.api.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "publishing.api.auth_schema.ApiSchema",
    "EXCEPTION_HANDLER": "publishing.api.problems.problem_handler",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "newsdb",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "DESCRIPTION": (
        "Who said what about which event, word for word. Every figure, date, role "
        "and name leads to the exact sentence in an article that says so."
    ),
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {"StateOfRow": "publishing.api.writes.described.STATES"},
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "publishing.api.openapi.with_code_lists",
        "publishing.api.writes.row_schemas.with_rows",
        "publishing.api.answers.with_headers",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # Else each line is a link inside a button, which no screen reader can make out.
    "SWAGGER_UI_SETTINGS": {"deepLinking": False},
}

# The admin's colour: that of the public pages, from light to dark.
TEAL = {
    "50": "oklch(98% .012 213)",
    "100": "oklch(95% .025 213)",
    "200": "oklch(90% .045 213)",
    "300": "oklch(82% .07 213)",
    "400": "oklch(72% .09 213)",
    "500": "oklch(58% .085 215)",
    "600": "oklch(45% .07 218)",
    "700": "oklch(40% .062 219)",
    "800": "oklch(35% .054 220)",
    "900": "oklch(30% .046 220)",
    "950": "oklch(24% .036 220)",
}
UNFOLD = {
    "SITE_TITLE": "newsdb",
    "SITE_HEADER": "newsdb",
    "SITE_SUBHEADER": "who said what, word for word",
    "SITE_URL": "/",
    "SITE_FAVICONS": [
        {
            "rel": "icon",
            "type": "image/svg+xml",
            "href": lambda request: static("publishing/icon.svg"),
        }
    ],
    "SIDEBAR": SIDEBAR,
    "COLORS": {"primary": TEAL},
    "LOGIN": {"form": "newsdb.login.LoginForm"},
    "DASHBOARD_CALLBACK": "newsdb.first_page.first_page",
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": True,
}
