"""Where the portal keeps what it has, and how it is reached and served."""

from pathlib import Path

from suzhou_portal.settings.environment import BASE_DIR, env

# Where the portal keeps what must survive a restart: database, secret key, logs.
PORTAL_STATE = Path(env.text("PORTAL_STATE", str(BASE_DIR / "var"))).absolute()
# How many megabytes must be free there; below that the portal can only be read.
PORTAL_FREE_MB = env.whole("PORTAL_FREE_MB", "200", 0, 1_000_000)
# Where backups go, and how many are kept: the latest of so many days, weeks and months.
PORTAL_BACKUPS = Path(env.text("PORTAL_BACKUPS", str(PORTAL_STATE / "backups"))).absolute()
PORTAL_BACKUPS_KEPT = env.spans("PORTAL_BACKUPS_KEPT", "days:7,weeks:5,months:12")
# Address and port on which `manage.py serve` (and so `make run`) answers, its processes and their threads.
PORTAL_BIND = env.text("PORTAL_BIND", "127.0.0.1")
PORT = env.whole("PORT", "8000", 1, 65_535)
WORKERS = env.whole("WORKERS", "2", 1, 64)
PORTAL_THREADS = env.whole("PORTAL_THREADS", "4", 1, 64)
PUBLIC_URL = env.text("PORTAL_URL", "").rstrip("/")  # blank: as a request comes
PORTAL_URL = PUBLIC_URL or f"http://127.0.0.1:{PORT}"
# How many proxies of our own stand before the portal: whose word on the visitor's address counts.
PROXY_COUNT = env.whole("PROXY_COUNT", "0", 0, 9)

# `default` reads and writes rows; `owner` makes and changes tables (used by migrate alone).
# DATABASE_URL: postgres://user:password@host:5432/name. Blank: an embedded PostgreSQL.
# DATABASE_OWNER_URL: the same database as its owner. Blank: DATABASE_URL serves for both.
DATABASES = env.databases(PORTAL_STATE)

STATIC_URL = "/static/"
STATIC_ROOT = PORTAL_STATE / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
