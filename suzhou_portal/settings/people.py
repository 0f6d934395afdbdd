"""Who signs in and how, and for how long what concerns persons is kept."""

import datetime

from suzhou_portal.settings.environment import env

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

# How many months the audit trail is kept before prune_audit may remove it; the law asks for six.
AUDIT_MONTHS = env.whole("AUDIT_MONTHS", "12", 6, 600)
# How many months after its use personal data is kept before `anonymise` removes it.
PERSONAL_DATA_MONTHS = env.whole("PERSONAL_DATA_MONTHS", "24", 1, 600)
