"""What is outside: the certificate that browsers are shown, and whom alerts reach."""

import datetime
import socket
import ssl
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from suzhou_portal.alerts import ways
from suzhou_portal.service import runs
from suzhou_portal.service.models import CheckState, RunKind
from suzhou_portal.watching.checks import Looking, Outside, Seen, checking, moment

SOON = datetime.timedelta(days=21)
TIMEOUT = 5  # seconds
HAS_EXPIRED = 10  # as OpenSSL counts what is wrong with a certificate
_RENEW = "换上新证书后重新加载代理（nginx -s reload）；用自动续期的，查看续期为什么没有成功。"
_GAUGE = "certificate_seconds"


def certificate_now() -> Outside:
    """What a browser would be shown at the portal's public address: until when it is valid, or why not."""
    address = urlsplit(settings.PUBLIC_URL)
    if address.scheme != "https" or not address.hostname:
        return {}
    context = ssl.create_default_context()
    try:
        with (
            socket.create_connection((address.hostname, address.port or 443), TIMEOUT) as plain,
            context.wrap_socket(plain, server_hostname=address.hostname) as shown,
        ):
            told: Any = shown.getpeercert()
            return {"until": ssl.cert_time_to_seconds(told["notAfter"])}
    except ssl.SSLCertVerificationError as error:
        return {"expired": error.verify_code == HAS_EXPIRED, "refused": error.verify_message}
    except OSError as error:
        return {"unreached": type(error).__name__}


@checking(
    "certificate", "网站证书", "证书过期，浏览器就拦住所有人。", outside=certificate_now,
    gauges={_GAUGE: "Seconds until the certificate of the public address expires."},
)  # fmt: skip
def valid(looking: Looking) -> Seen:
    """By what was last seen at the public address."""
    if not settings.PUBLIC_URL.startswith("https://"):
        advice = "在 .env 里把 PORTAL_URL 设为用户访问的 https 地址。"
        return Seen(CheckState.CAUTION, "没有设置 https 的 PORTAL_URL，没有检查", advice)
    found = looking.outside
    if "until" in found:
        return _until(looking, datetime.datetime.fromtimestamp(found["until"], datetime.UTC))
    if found.get("expired"):
        return Seen(CheckState.FAULT, "已经过期，浏览器会拦住所有人", _RENEW)
    if "refused" in found:
        advice = "换上受信任的证书；用本单位自己的根证书的，把它装进这台机器（或用 SSL_CERT_FILE 指出）。"
        return Seen(CheckState.CAUTION, f"这台机器不信任它（{found['refused']}）", advice)
    if "unreached" in found:
        advice = "在这台机器上试着打开 PORTAL_URL；内网不通的，请另行记住证书到期的日子。"
        return Seen(CheckState.CAUTION, f"连接不上公开地址（{found['unreached']}）", advice)
    return Seen(
        CheckState.CAUTION, "还没有检查过", "运行 manage.py health --tell，以后由定时任务运行。"
    )


def _until(looking: Looking, until: datetime.datetime) -> Seen:
    left = (until - looking.now).total_seconds()
    values = {_GAUGE: left}
    if left <= 0:
        return Seen(
            CheckState.FAULT, f"{moment(until)}已经过期，浏览器会拦住所有人", _RENEW, values
        )
    told = f"{moment(until)}到期，还有{int(left // 86_400)}天"
    if left <= SOON.total_seconds():
        return Seen(CheckState.CAUTION, told, _RENEW, values)
    return Seen(CheckState.FINE, told, values=values)


@checking("alerts", "邮件和告警", "门户出了差错、备份没有做，要有人马上知道。")
def reaches(looking: Looking) -> Seen:
    """What is set, and how the last trial went."""
    mail = "通知发邮件" if settings.SENDS_MAIL else "通知不发邮件（没有设置 EMAIL_URL）"
    labels = [way.label for way in ways.ways()]
    if not labels:
        advice = (
            "在 .env 里设置 ALERT_MAIL（邮件地址）或 ALERT_WEBHOOK（企业微信、钉钉机器人），"
            "再运行 manage.py try_alerts。"
        )
        return Seen(CheckState.CAUTION, f"{mail}；没有设置告警发给谁", advice)
    told = f"{mail}；告警用{'、'.join(labels)}"
    if settings.ALERT_MAIL and not settings.SENDS_MAIL:
        return Seen(CheckState.FAULT, ways.NO_MAIL_SERVER, "在 .env 里设置 EMAIL_URL。")
    last = runs.latest(RunKind.ALERT)
    if last is None:
        return Seen(CheckState.CAUTION, f"{told}，还没有试过", "运行 manage.py try_alerts。")
    if not last.ok:
        return Seen(
            CheckState.FAULT,
            f"上次没有发出：{last.detail}",
            "改正设置，再运行 manage.py try_alerts。",
        )
    return Seen(CheckState.FINE, f"{told}，{moment(last.finished_at)}发出过")
