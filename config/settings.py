"""Every setting, and every environment variable, read once.

What is required has no default: SECRET_KEY and DATABASE_URL.
"""

import base64
import hashlib
import json
import os
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import unquote

import environ

from inspections.clocks import Hours

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

SECRET_KEY = env.str("SECRET_KEY")
# Earlier ones: what was sealed with them is still known as the office's own.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATA_DIR = Path(env.str("XUNTU_DATA", default=str(BASE_DIR / ".data"))).resolve()
BACKUP_DIR = Path(env.str("XUNTU_BACKUPS", default=str(DATA_DIR / "backups")))
# Behind Caddy the connection is plain; only a header says that the page was asked for by TLS.
BEHIND_TLS = env.bool("BEHIND_TLS", default=False)


def _wheel_library(package: str, pattern: str) -> str | None:
    """Path of a C library that a wheel carries beside its package, e.g. pyogrio.libs/libgdal-…"""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    beside = Path(spec.origin).parent.with_name(f"{package}.libs")
    found = sorted(beside.glob(pattern))
    return str(found[0]) if found else None


# GeoDjango runs on the GDAL and GEOS of the wheels; without wheels, on the system's.
GDAL_LIBRARY_PATH = _wheel_library("pyogrio", "libgdal-*")
GEOS_LIBRARY_PATH = _wheel_library("shapely", "libgeos_c-*")
if GDAL_LIBRARY_PATH:
    _pyogrio = Path(GDAL_LIBRARY_PATH).parent.with_name("pyogrio")
    os.environ.setdefault("GDAL_DATA", str(_pyogrio / "gdal_data"))
    os.environ.setdefault("PROJ_DATA", str(_pyogrio / "proj_data"))

INSTALLED_APPS = [
    "config.apps.House",
    "config.apps.OfficeAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "django.contrib.postgres",
    "rest_framework",
    "rest_framework_gis",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "pgtrigger",
    "pghistory",
    "axes",
    "procrastinate.contrib.django",
    "geo",
    "people",
    "inspections",
    "planning",
    "campaign",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "people.middleware.LocaleOfPerson",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.middleware.DeviceAtTheDoor",
    "people.middleware.FirstSteps",
    "people.middleware.WhoChanged",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
STATIC_DIR = BASE_DIR / "static"
IMPORT_MAP = (STATIC_DIR / "importmap.json").read_text(encoding="utf-8").strip()
IMPORTS = json.loads(IMPORT_MAP)["imports"]
# What a tablet keeps begins with this page.
SHELL_PAGE = "inspections/field.html"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.office",
            ],
        },
    }
]

# A kept pool: opening a connection per request makes every reply several times slower.
_database = env.db("DATABASE_URL", engine="django.contrib.gis.db.backends.postgis")
# A socket's folder is written as libpq does: postgis://xuntu@%2Frun%2Fxuntu/xuntu
_database["HOST"] = unquote(_database["HOST"])
_database["CONN_HEALTH_CHECKS"] = True
_database["OPTIONS"] = {
    **_database.get("OPTIONS", {}),
    "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=8), "timeout": 10},
    # Eight readers gain nothing from each starting helpers of its own. Triggers look up whether
    # they are to be ignored; where that was never said, each failed look-up costs half a
    # millisecond a row.
    "options": "-c max_parallel_workers_per_gather=0 -c jit=off -c pgtrigger.ignore={}",
}
DATABASES = {"default": _database}
# A write is seen on every map, and a right taken away is gone from it, after so long at most.
FRESH_SECONDS = env.float("FRESH_SECONDS", default=0.5)
# Tiles and figures kept by each web process, so that nobody asks the database twice.
KEPT_BYTES = env.int("KEPT_BYTES", default=64_000_000)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

# Counted by person and address together, so that one wrong password cannot lock an office
# that shares one address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "people.web.views.locked_out"
# What was told at the fifth wrong password stays true: asking again does not add to the wait.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "people.web.address.client_address"
# Caddy is the only proxy, and says from where it was asked; with no Caddy in front anyone could
# write that header themselves.
CLIENT_ADDRESS = "HTTP_X_FORWARDED_FOR" if BEHIND_TLS else "REMOTE_ADDR"

# How long a link for a first password is good: 72 hours, in seconds.
PASSWORD_RESET_TIMEOUT = 60 * 60 * 72
# The privacy notice says so; a daily job keeps it.
SIGN_INS_KEPT_DAYS = env.int("SIGN_INS_KEPT_DAYS", default=180)

# Who asks is told to the database only where something may change.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
# What deadlines are counted in.
WORKING_HOURS = Hours.read(env.str("WORKING_HOURS", default="08:00-12:00,14:30-17:30"))

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "staticfiles"
STATICFILES_DIRS = [STATIC_DIR]
# Plain names, asked for anew each time: the tablet's worker keeps files by their content.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 0
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = DATA_DIR / "photos"

_import_map_hash = base64.b64encode(hashlib.sha256(IMPORT_MAP.encode()).digest()).decode()
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'", f"'sha256-{_import_map_hash}'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "media-src": ["'self'", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_FAILURE_VIEW = "people.web.views.csrf_stale"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # The token first: it has a challenge, so that "not signed in" is 401 and never 403.
        "people.api.authentication.TokenAuthentication",
        "people.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "inspections.api.negotiation.AsItIs",
    "DEFAULT_SCHEMA_CLASS": "inspections.api.schema.Schema",
    "EXCEPTION_HANDLER": "inspections.api.errors.answer",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Xuntu 巡图",
    "DESCRIPTION": "Inspections, findings and the register of places of a subdistrict office.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "token": {
                "type": "apiKey",
                "in": "header",
                "name": "Authorization",
                "description": "`Token …`, by `manage.py create_token`",
            },
            "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
        }
    },
    "POSTPROCESSING_HOOKS": [],
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
# Bytes of refused or unreadable entries kept for one person.
REFUSED_MAX_BYTES = env.int("REFUSED_MAX_BYTES", default=50_000_000)

# Where photos and videos wait until they are whole; then MEDIA_ROOT has them.
UPLOADS_DIR = DATA_DIR / "uploads"
PHOTO_MAX_BYTES = env.int("PHOTO_MAX_BYTES", default=30_000_000)
PHOTO_MAX_PIXELS = env.int("PHOTO_MAX_PIXELS", default=100_000_000)
# Papers and photos about a proposed site, and what proves something in the campaign.
DOCUMENT_MAX_BYTES = env.int("DOCUMENT_MAX_BYTES", default=20_000_000)
DOCUMENT_MAX_PIXELS = env.int("DOCUMENT_MAX_PIXELS", default=50_000_000)
DOCUMENTS_MAX = env.int("DOCUMENTS_MAX", default=100)
# Files of the campaign that one person brought and that hang on nothing yet.
ATTACHMENTS_MAX_LOOSE = env.int("ATTACHMENTS_MAX_LOOSE", default=200)
# So many days after a month's end its reports of the campaign have to be in.
REPORT_DUE_DAYS = env.int("REPORT_DUE_DAYS", default=5)
VIDEO_MAX_BYTES = env.int("VIDEO_MAX_BYTES", default=20_000_000)
VIDEO_MAX_SECONDS = env.int("VIDEO_MAX_SECONDS", default=60)
# An upload that nobody goes on with is forgotten after so many hours.
UPLOAD_EXPIRES_HOURS = env.int("UPLOAD_EXPIRES_HOURS", default=24 * 7)
# Another request may take an upload over once nothing came to it for so long: a tablet whose
# network went away does not say good-bye.
UPLOAD_SILENT_SECONDS = env.float("UPLOAD_SILENT_SECONDS", default=15)
# What one person may have begun and not finished.
UPLOADS_MAX_OPEN = env.int("UPLOADS_MAX_OPEN", default=200)
UPLOADS_MAX_OPEN_BYTES = env.int("UPLOADS_MAX_OPEN_BYTES", default=2_000_000_000)
# Never taken by photos: the database needs it to stop in good order.
DISK_KEPT_FREE_BYTES = env.int("DISK_KEPT_FREE_BYTES", default=200_000_000)
# The file of a font that has Chinese, for watermarks; without it, Noto Sans CJK as installed.
WATERMARK_FONT = env.str("WATERMARK_FONT", default="")
# Where an office puts the fonts it has a licence for (仿宋_GB2312, 方正小标宋…): papers are set in
# them; without, in free ones.
PAPER_FONTS_DIR = Path(env.str("PAPER_FONTS", default=str(DATA_DIR / "fonts")))
# Networks inside which webhooks may go beside the open internet, as 10.20.0.0/16: an office's own
# intranet. Nothing else that is not public is ever reached.
WEBHOOK_NETWORKS: list[IPv4Network | IPv6Network] = [
    ip_network(each) for each in env.list("WEBHOOK_NETWORKS", default=[])
]

# Where mail is handed over, as smtp+tls://name:password@mail.example.cn:587; without, none is sent.
_mail = env.email("EMAIL_URL", default="") if env.str("EMAIL_URL", default="") else {}
EMAIL_BACKEND = _mail.get("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = _mail.get("EMAIL_HOST") or ""
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 15
# Whom it is from; a mail server takes it from its own people only.
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="") or EMAIL_HOST_USER or "xuntu@localhost"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},
}
