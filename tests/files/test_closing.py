"""Files of earlier versions are closed to others on the machine, once."""

import stat

from django.core.files.storage import FileSystemStorage

from suzhou_portal.files import closing


def test_what_others_could_read_is_closed(tmp_path, monkeypatch):
    root = tmp_path / "files"
    inner = root / "620902" / "one.jpg"
    inner.parent.mkdir(parents=True)
    inner.write_text("photo")
    for place, mode in ((inner, 0o644), (inner.parent, 0o755), (root, 0o755)):
        place.chmod(mode)
    monkeypatch.setattr(closing, "private_storage", lambda: FileSystemStorage(location=root))
    closing.close_to_others()
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (root, inner.parent, inner)]
    assert modes == [0o700, 0o700, 0o600]
    inner.chmod(0o640)
    closing.close_to_others()  # the closed outermost folder says that it was done
    assert stat.S_IMODE(inner.stat().st_mode) == 0o640
