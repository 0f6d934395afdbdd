"""Every setting of the portal; each value that may differ between sites comes from the environment.

`.env.example` lists them all. A bad value stops the start with its name (see `conf.py`).
"""

import datetime
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from suzhou_portal import conf

BASE_DIR = Path(__file__).resolve().parent.parent
env = conf.Environment(BASE_DIR / ".env")

# --- what this site is ---------------------------------------------------------------------------

# The division whose portal this is: a code of 2, 4, 6, 9 or 12 digits, or CN.
PORTAL_AREA = env.area_code("PORTAL_AREA", "620902")
# The date all figures are as of (yyyy-mm-dd). Blank: the demonstration's own date, else today.
PORTAL_AS_OF = env.date("PORTAL_AS_OF")
# Which units report figures for which periods: level:kind, comma separated; levels district, street,
# community (and city, province, country), kinds month, quarter, year.
REPORTED_PERIODS = env.reported_periods(
    "REPORTED_PERIODS", "community:quarter,street:quarter,district:quarter,district:year"
)
# Where the portal keeps what must survive a restart: database, secret key, logs.
PORTAL_STATE = Path(env.text("PORTAL_STATE", str(BASE_DIR / "var"))).absolute()
# How many megabytes must be free there; below that the portal can only be read.
PORTAL_FREE_MB = env.whole("PORTAL_FREE_MB", "200", 0, 1_000_000)
# Where backups go, and how many are kept: the latest of so many days, weeks and months.
PORTAL_BACKUPS = Path(env.text("PORTAL_BACKUPS", str(PORTAL_STATE / "backups"))).absolute()
PORTAL_BACKUPS_KEPT = env.spans("PORTAL_BACKUPS_KEPT", "days:7,weeks:5,months:12")
# Reference data: divisions/*.csv and published/*.csv.
PORTAL_SEEDS = Path(env.text("PORTAL_SEEDS", str(BASE_DIR / "seeds"))).absolute()
# Address and port on which `manage.py serve` (and so `make run`) answers, its processes and their threads.
PORTAL_BIND = env.text("PORTAL_BIND", "127.0.0.1")
PORT = env.whole("PORT", "8000", 1, 65_535)
WORKERS = env.whole("WORKERS", "2", 1, 64)
PORTAL_THREADS = env.whole("PORTAL_THREADS", "4", 1, 64)
PUBLIC_URL = env.text("PORTAL_URL", "").rstrip("/")  # blank: as a request comes
PORTAL_URL = PUBLIC_URL or f"http://127.0.0.1:{PORT}"
# What mail leads to (above); the mail server (smtp+tls://user:password@host:587), who writes. Blank: no mail.
vars().update(env.mail_server("EMAIL_URL"))
SENDS_MAIL = bool(env.text("EMAIL_URL", ""))
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "portal@localhost")
# After how many days are removed: notices that were read, what was typed into a form and never saved.
NOTICE_DAYS = env.whole("NOTICE_DAYS", "90", 1, 3650)
DRAFT_DAYS = env.whole("DRAFT_DAYS", "7", 1, 90)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
MIGRATION_MODULES = {"django_tasks_database": "suzhou_portal.notices.migrations.queue"}  # ADR 23
# The password of the demonstration account. Blank: a random one, printed once.
DEMO_PASSWORD = env.text("DEMO_PASSWORD", "")

# What a government site must state in its footer; blank shows nothing, and the administrator is told.
SITE_IDENTITY = {
    "主办单位": env.text("SITE_SPONSOR", ""),
    "网站标识码": env.text("SITE_IDENTIFIER", ""),
    "ICP备案号": env.text("SITE_ICP", ""),
    "公安备案号": env.text("SITE_POLICE_RECORD", ""),
    "联系方式": env.text("SITE_CONTACT", ""),
}

# Under which terms the portal's open data may be used; blank shows 待核定.
DATA_LICENCE = env.text("DATA_LICENCE", "")
# The Word file that reports are filled into; an office may have its own.
REPORT_TEMPLATE = env.file("REPORT_TEMPLATE", BASE_DIR / "templates/reports/report.docx")
# A folder of Word files that documents are filled into instead of the portal's own of the same names.
PAPER_TEMPLATES = env.folder("PAPER_TEMPLATES")
# Of how many people or records a mean or a ratio must be to be ranked beside those of other divisions.
RANKING_MINIMUM = env.whole("RANKING_MINIMUM", "10", 1, 10_000)
# After how many days a service that nobody has verified is marked, and waits for its keeper.
SERVICE_VERIFIED_DAYS = env.whole("SERVICE_VERIFIED_DAYS", "180", 1, 3650)

# --- security ------------------------------------------------------------------------------------

DEBUG = env.flag("DEBUG", default=False)
# Comma separated host names under which the portal may be reached.
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
# Comma separated origins (https://…) that may send forms, needed behind a proxy that ends TLS.
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", "")
# True where people reach the portal by https: cookies and redirects then insist on it.
HTTPS = env.flag("HTTPS", default=False)
# Signs sessions. Required with DATABASE_URL; otherwise made once and kept under PORTAL_STATE.
SECRET_KEY = env.secret_key("SECRET_KEY", PORTAL_STATE, required=bool(env.text("DATABASE_URL", "")))

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REDIRECT_EXEMPT = ["^(livez|readyz|healthz)$"]  # asked for by address, inside
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# What no page of ours uses, and that none is drawn into another's.
HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CSRF_FAILURE_VIEW = "suzhou_portal.desks.drafts.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's own style sheet draws its icons as data images
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- the application -----------------------------------------------------------------------------

INSTALLED_APPS = [
    "suzhou_portal",
    "suzhou_portal.areas",
    "suzhou_portal.audit",
    "suzhou_portal.accounts",
    "suzhou_portal.calendars",
    "suzhou_portal.files",
    "suzhou_portal.service",
    "suzhou_portal.lifecycle",
    "suzhou_portal.records",
    "suzhou_portal.merging",
    "suzhou_portal.figures",
    "suzhou_portal.finding",
    "communities",
    "organizations",
    "volunteers",
    "charity",
    "suzhou_portal.linkage",
    "suzhou_portal.desks",
    "suzhou_portal.notices",
    "suzhou_portal.imports",
    "suzhou_portal.reporting",
    "suzhou_portal.reports",
    "suzhou_portal.dashboards",
    "suzhou_portal.analysis",
    "seeds.demo",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_tasks",
    "django_tasks_db",
    "suzhou_portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "suzhou_portal.headers.with_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "suzhou_portal.health.answers_probes",
    "suzhou_portal.headers.readable_cookies",
    "suzhou_portal.reading.refuses_writes",
    "suzhou_portal.areas.chosen.remembers",
    "suzhou_portal.caching.followed.follows_marks",
    "suzhou_portal.caching.visitors.kept_for_visitors",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "suzhou_portal.reading.unsaved_sessions",
    "suzhou_portal.accounts.sessions.goes_on",
    "suzhou_portal.headers.private_with_session",
    "django.middleware.common.CommonMiddleware",
    "suzhou_portal.methods.MethodsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "suzhou_portal.desks.drafts.DraftMiddleware",
    "suzhou_portal.accounts.gate.GateMiddleware",
    "suzhou_portal.audit.middleware.ActorMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
    "suzhou_portal.merging.addresses.leads_on",
    "suzhou_portal.accounts.once.OnceMiddleware",
]
# What each process keeps of pages that anybody gets alike, and of parts of pages, under keys that
# change with what they show: together so many megabytes.
KEPT_PAGES_MB = env.whole("KEPT_PAGES_MB", "64", 1, 4096)
CACHES = conf.caches(KEPT_PAGES_MB)
ROOT_URLCONF = "suzhou_portal.urls"
WSGI_APPLICATION = "suzhou_portal.wsgi.application"
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
                "suzhou_portal.dashboards.context.site",
                "volunteers.switch.emergencies",
                "suzhou_portal.reading.only_read",
                "suzhou_portal.notices.context.unread",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- database ------------------------------------------------------------------------------------

# `default` reads and writes rows; `owner` makes and changes tables (used by migrate alone).
# DATABASE_URL: postgres://user:password@host:5432/name. Blank: an embedded PostgreSQL.
# DATABASE_OWNER_URL: the same database as its owner. Blank: DATABASE_URL serves for both.
DATABASES = env.databases(PORTAL_STATE)

# --- people --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend",
]  # fmt: skip
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/desk/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("username", "name", "phone")}},
    {"NAME": "suzhou_portal.accounts.passwords.LengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "suzhou_portal.accounts.passwords.CommonPasswordValidator"},
    {"NAME": "suzhou_portal.accounts.passwords.CharacterKindsValidator"},
    {"NAME": "suzhou_portal.accounts.passwords.HistoryValidator"},
]  # fmt: skip
# After how many days a password must be changed; 0: never.
PASSWORD_DAYS = env.whole("PASSWORD_DAYS", "90", 0, 3650)
# True where a district requires a one-time code of everybody.
REQUIRE_SECOND_FACTOR = env.flag("REQUIRE_SECOND_FACTOR", default=False)
OTP_TOTP_ISSUER = "五社联动门户"

# A session ends after so many minutes without a request, and with the browser.
IDLE_MINUTES = env.whole("IDLE_MINUTES", "30", 1, 1440)
SESSION_COOKIE_AGE = IDLE_MINUTES * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# After so many failures an account is locked for so many minutes, whether or not it exists; an
# address after ADDRESS_FAILURES, which leaves room for an office behind one address.
LOCKOUT_FAILURES = env.whole("LOCKOUT_FAILURES", "5", 1, 100)
LOCKOUT_MINUTES = env.whole("LOCKOUT_MINUTES", "15", 1, 1440)
ADDRESS_FAILURES = LOCKOUT_FAILURES * 6
AXES_FAILURE_LIMIT = LOCKOUT_FAILURES
AXES_COOLOFF_TIME = datetime.timedelta(minutes=LOCKOUT_MINUTES)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # the audit trail keeps it
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# axes would lock an address as soon as an account; limits.py does it with ADDRESS_FAILURES.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_SENSITIVE_PARAMETERS = ["password"]
AXES_USERNAME_CALLABLE = "suzhou_portal.accounts.limits.typed_account"
AXES_CLIENT_IP_CALLABLE = "suzhou_portal.audit.middleware.client_address"
AXES_LOCKOUT_CALLABLE = "suzhou_portal.accounts.views.locked_out"

# Where short messages to residents are posted; blank writes them to sms.log below PORTAL_STATE.
SMS_GATEWAY = env.text("SMS_GATEWAY", "")
SMS_TOKEN = env.text("SMS_TOKEN", "")

# How many proxies of our own stand before the portal: whose word on the visitor's address counts.
PROXY_COUNT = env.whole("PROXY_COUNT", "0", 0, 9)
# How many months the audit trail is kept before prune_audit may remove it; the law asks for six.
AUDIT_MONTHS = env.whole("AUDIT_MONTHS", "12", 6, 600)
# How many months after its use personal data is kept before `anonymise` removes it.
PERSONAL_DATA_MONTHS = env.whole("PERSONAL_DATA_MONTHS", "24", 1, 600)

# --- language, time, files -----------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["suzhou_portal.locale_formats"]
STATIC_URL = "/static/"
STATIC_ROOT = PORTAL_STATE / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- logs ----------------------------------------------------------------------------------------

LOGGING = conf.logged_to_console(env.log_level("LOG_LEVEL", "WARNING"))

env.refuse_unknown()
if not PORTAL_SEEDS.is_dir():
    raise ImproperlyConfigured(f"PORTAL_SEEDS={PORTAL_SEEDS} 不是一个文件夹。")
