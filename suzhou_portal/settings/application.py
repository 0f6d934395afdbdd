"""What the portal consists of."""

from suzhou_portal.settings.environment import BASE_DIR, env

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
    "suzhou_portal.requests.told",
    "suzhou_portal.headers.with_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "suzhou_portal.health.answers_probes",
    "suzhou_portal.watching.metrics.answers_metrics",
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
_KEPT = {
    "BACKEND": "suzhou_portal.caching.sized.SizedCache",
    "LOCATION": "pages",
    "TIMEOUT": None,
    "OPTIONS": {"MAX_BYTES": KEPT_PAGES_MB * 1024 * 1024},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": _KEPT,
    "template_fragments": _KEPT,
}
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
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["suzhou_portal.locale_formats"]
