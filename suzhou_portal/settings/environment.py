"""Where this code lies, and the environment that all settings are read from."""

from pathlib import Path

from suzhou_portal import conf

BASE_DIR = Path(__file__).resolve().parents[2]
env = conf.Environment(BASE_DIR / ".env")
