"""What a browser calls a file that it saves."""

from urllib.parse import quote

_NO_NAME = '\\/:*?"<>|'  # what Windows takes in no file's name


def disposition(name: str, *, attached: bool = True) -> str:
    """The header that gives a file its name: Chinese as RFC 6266 has it, beside a name in ASCII for
    whatever reads only that.
    """
    name = "".join(
        "_" if letter in _NO_NAME or not letter.isprintable() else letter for letter in name
    )
    how = "attachment" if attached else "inline"
    if name.isascii():
        return f'{how}; filename="{name}"'
    stem, dot, ending = name.rpartition(".")
    plain = "".join(letter for letter in stem if letter.isascii()).strip(" -_.") or "download"
    return f"{how}; filename=\"{plain}{dot}{ending}\"; filename*=UTF-8''{quote(name, safe='')}"
