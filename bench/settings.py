"""The portal's settings, for the whole country, with the addresses of floors and peers beside its own."""

import os

os.environ.setdefault("PORTAL_AREA", "CN")
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1")
os.environ.setdefault("DEBUG", "false")
# All CPU of a statement is then that of its own session, which is what is measured.
os.environ.setdefault("PGOPTIONS", "-c max_parallel_workers_per_gather=0")

from suzhou_portal.settings import *  # noqa: F403 - after the environment
from suzhou_portal.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "bench.urls"
TEMPLATES[0]["DIRS"] = [BASE_DIR / "templates", BASE_DIR / "bench" / "templates"]
