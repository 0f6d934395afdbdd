"""What is logged: lines without personal data, on the console."""

from suzhou_portal.settings.environment import env

_LINE = {
    "class": "suzhou_portal.logs.MaskingFormatter",
    "format": "{asctime} {levelname} {number} {name} {message}",
    "style": "{",
}
# Whether each request leaves a line.
REQUEST_LOG = env.flag("REQUEST_LOG", default=True)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": _LINE},
    "filters": {
        "outages": {"()": "suzhou_portal.logs.ShortDuringOutages"},
        "routes": {"()": "suzhou_portal.logs.ByRoute"},
    },
    "handlers": {
        "alerts": {"class": "suzhou_portal.alerts.handler.AlertHandler", "level": "ERROR"},
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["routes", "outages"],
        },
    },
    "root": {"handlers": ["alerts", "console"], "level": env.log_level("LOG_LEVEL", "WARNING")},
    # Addresses that visitors got wrong are their answer's business, not the log's.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedModelAdminLookup": {"level": "CRITICAL"},
    },
}
