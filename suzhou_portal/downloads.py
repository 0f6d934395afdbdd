"""What a browser calls a file that it saves."""

from urllib.parse import quote

_NO_NAME = '\\/:*?"<>|'  # what Windows takes in no file's name


def disposition(name: str, *, attached: bool = True) -> str:
    """The header that names a file: as RFC 6266 has Chinese, beside a name in ASCII."""
    name = "".join("_" if one in _NO_NAME or not one.isprintable() else one for one in name)
    how = "attachment" if attached else "inline"
    if name.isascii():
        return f'{how}; filename="{name}"'
    stem, dot, ending = name.rpartition(".")
    plain = "".join(filter(str.isascii, stem)).strip(" -_.") or "download"
    return f"{how}; filename=\"{plain}{dot}{ending}\"; filename*=UTF-8''{quote(name, safe='')}"
