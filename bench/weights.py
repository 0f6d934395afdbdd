"""What a visitor's browser fetches over the wire: a first page with all it needs, then another one."""

import http.client
import re
from urllib.parse import urljoin

from bench.meter import Server

_LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
_IN_STYLES = re.compile(r"url\([\"']?(?!data:)([^)\"'#]+)")
_KEPT = re.compile(r"max-age=[1-9]|immutable")


def measured(server: Server, path: str) -> dict[str, int]:
    """Bytes as sent to a browser that reads gzip and br: of the `page`, of what it needs (`parts`
    files, `with_it` bytes), and of what of it a browser has to ask for again with the next page.
    """
    page, _ = _fetched(server, path)
    text, _ = _fetched(server, path, accept="identity")
    parts = sorted(set(_LINKED.findall(text.decode())))
    styles = [part for part in parts if part.endswith(".css")]
    for style in styles:
        body, _ = _fetched(server, style, accept="identity")
        parts += [urljoin(style, inner) for inner in set(_IN_STYLES.findall(body.decode()))]
    sent = {part: _fetched(server, part) for part in parts}
    return {
        "page": len(page),
        "parts": len(sent),
        "with_it": sum(len(body) for body, _ in sent.values()),
        "again": sum(len(body) for body, kept in sent.values() if not _KEPT.search(kept)),
    }


def _fetched(server: Server, path: str, accept: str = "gzip, br") -> tuple[bytes, str]:
    asker = http.client.HTTPConnection("127.0.0.1", server.port)
    asker.request("GET", path, headers={"Accept-Encoding": accept})
    response = asker.getresponse()
    body = response.read()
    asker.close()
    assert response.status == 200, (path, response.status)  # noqa: S101
    return body, response.headers.get("Cache-Control", "")
