"""What is signed, who may embed or send what, and that people come by https."""

from csp.constants import NONE, SELF

from suzhou_portal.settings.environment import env
from suzhou_portal.settings.serving import PORTAL_STATE

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
