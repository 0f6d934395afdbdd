"""The `.env` file: its lines kept, those of some settings said anew."""

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ValidationError

from suzhou_portal import misspelt


def changed(text: str, values: Mapping[str, str]) -> str:
    """A text of such a file in which each of these settings has its value, all else as it was."""
    for name, value in values.items():
        if "\n" in value or "\r" in value or value[:1] in ("'", '"'):
            raise ValidationError(f"{name} 的值不能换行，也不能以引号开头。")
        line, known = f"{name}={value}", re.compile(rf"(?m)^(?:export )?{name}=.*$")
        if known.search(text):
            text = known.sub(line.replace("\\", r"\\"), text)
        else:
            text = f"{text.rstrip()}\n{line}\n".lstrip()
    return text


def read(path: Path) -> dict[str, str]:
    """What such a file says; nothing where there is none. Raises ImproperlyConfigured."""
    names = misspelt.names_in(path)
    text = path.read_text("utf-8-sig") if names else ""
    lines = re.findall(r"(?m)^(?:export )?([A-Za-z_0-9]+)=(.*)$", text)
    return {name: value.strip() for name, value in lines}


def write(path: Path, text: str | bytes, mode: int = 0o600) -> None:
    """Whole or not at all, with that mode from the first byte on."""
    data = text.encode() if isinstance(text, str) else text
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
        try:
            os.fchmod(draft.fileno(), mode)
            draft.write(data)
            draft.flush()
            os.fsync(draft.fileno())
            Path(draft.name).replace(path)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
