"""The certificate of the public address: read from outside as a browser does, 21 days before it expires, and after."""

import datetime
import shutil
import socket
import ssl
import subprocess
import threading

import pytest
from django.utils import timezone

from suzhou_portal.service.models import CheckResult, CheckState
from suzhou_portal.watching import every, of_outside

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("openssl"), reason="makes certificates with openssl"),
]
DAY = datetime.timedelta(days=1)


@pytest.fixture
def shown(tmp_path, settings, monkeypatch):
    """Have a server of https show a certificate that is valid so many days, from so many days ago on."""
    servers = []

    def shown(begun, days, *, trusted=True):
        authority = _authority(tmp_path, begun, days)
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "root.pem"))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(authority / "site.pem", authority / "key.pem")
        listening = socket.create_server(("127.0.0.1", 0))
        servers.append(listening)
        threading.Thread(target=_serve, args=(listening, context), daemon=True).start()
        settings.PUBLIC_URL = f"https://localhost:{listening.getsockname()[1]}"

    yield shown
    for server in servers:
        server.close()


def _authority(folder, begun, days):
    """A root, and a certificate of localhost that it has signed."""

    def openssl(*words):
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    now = datetime.datetime.now(datetime.UTC)
    begins, ends = (f"{now + one * DAY:%Y%m%d%H%M%SZ}" for one in (begun, days))
    (folder / "index.txt").touch()
    (folder / "serial").write_text("01")
    (folder / "ca.cnf").write_text(
        "[ca]\ndefault_ca = d\n[d]\ndatabase = index.txt\nserial = serial\nnew_certs_dir = .\n"
        "default_md = sha256\npolicy = p\nx509_extensions = e\n[p]\ncommonName = supplied\n"
        "[e]\nsubjectAltName = DNS:localhost\n"
    )
    key = ["-newkey", "rsa:2048", "-nodes"]
    root = ["-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=root", "-days", "400"]
    openssl("req", "-x509", *key, *root)
    openssl("req", *key, "-keyout", "key.pem", "-out", "site.csr", "-subj", "/CN=localhost")
    openssl(
        "ca", "-batch", "-config", "ca.cnf", "-cert", "root.pem", "-keyfile", "root.key",
        "-in", "site.csr", "-out", "site.pem", "-startdate", begins, "-enddate", ends,
    )  # fmt: skip
    return folder


def _serve(listening, context):
    while True:
        try:
            plain, _ = listening.accept()
            context.wrap_socket(plain, server_side=True).close()
        except ssl.SSLError:
            continue
        except OSError:
            return


def looked(now=None):
    """What the nightly look comes to."""
    found = every.keep(outside=True, now=now)
    return next(one.seen for one in found if one.check.key == "certificate")


@pytest.mark.parametrize(
    ("days", "state"),
    [(90, CheckState.FINE), (22, CheckState.FINE), (20, CheckState.CAUTION), (1, CheckState.CAUTION)],
)  # fmt: skip
def test_21_days_before_it_expires(shown, days, state):
    shown(-10, days)
    found = looked()
    assert found.state == state
    assert found.values["certificate_seconds"] == pytest.approx(days * 86_400, abs=120)


def test_it_is_judged_by_the_day_and_not_looked_at_again(shown, monkeypatch):
    shown(-10, 30)
    looked()
    monkeypatch.setattr(of_outside.socket, "create_connection", None)  # whoever calls it fails
    for days, state in ((8, "正常"), (10, "注意"), (29, "注意"), (31, "故障")):
        found = every.look_at_all(timezone.now() + days * DAY)
        seen = next(one for one in found if one.check.key == "certificate")
        assert seen.state.label == state, days


def test_it_has_expired(shown):
    shown(-40, -2)
    found = looked()
    assert found.state == CheckState.FAULT
    assert "过期" in found.told


def test_one_that_this_machine_does_not_trust(shown):
    shown(-10, 90, trusted=False)
    assert "不信任" in looked().told


def test_nobody_is_there(settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings.PUBLIC_URL = f"https://localhost:{port}"
    assert looked().told == "连接不上公开地址（ConnectionRefusedError）"
    assert CheckResult.objects.get(key="certificate").outside == {"unreached": "ConnectionRefusedError"}  # fmt: skip


@pytest.mark.parametrize("address", ["", "http://portal.example.gov.cn"])
def test_no_public_address(settings, address):
    settings.PUBLIC_URL = address
    assert "没有设置" in looked().told
