"""Whom the portal tells what, and by which ways: notices, mail, short messages."""

from suzhou_portal.settings.environment import env

# The mail server (smtp+tls://user:password@host:587), who writes. Blank: no mail.
vars().update(env.mail_server("EMAIL_URL"))
SENDS_MAIL = bool(env.text("EMAIL_URL", ""))
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "portal@localhost")
# After how many days are removed: notices that were read, what was typed into a form and never saved.
NOTICE_DAYS = env.whole("NOTICE_DAYS", "90", 1, 3650)
DRAFT_DAYS = env.whole("DRAFT_DAYS", "7", 1, 90)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
MIGRATION_MODULES = {"django_tasks_database": "suzhou_portal.notices.migrations.queue"}  # ADR 23

# Where short messages to residents are posted; blank writes them to sms.log below PORTAL_STATE.
SMS_GATEWAY = env.text("SMS_GATEWAY", "")
SMS_TOKEN = env.text("SMS_TOKEN", "")

# Who is told by mail that something is wrong with the portal, comma separated, and where it is posted besides:
# the address of a robot of 企业微信 or 钉钉, or anything that takes their JSON. Blank: nobody is told.
ALERT_MAIL = env.mail_addresses("ALERT_MAIL")
ALERT_WEBHOOK = env.web_address("ALERT_WEBHOOK")
# With what bearer token /metrics is read from elsewhere. Blank: from this machine alone.
METRICS_TOKEN = env.text("METRICS_TOKEN", "")
