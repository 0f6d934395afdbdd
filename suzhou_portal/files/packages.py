"""Office files are ZIP archives of XML. They are opened and parsed here, and nowhere is anything believed
that such a file says of itself: how large its parts are, how many, or how deep.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from xml.parsers import expat

from django.core.exceptions import ValidationError

WORKBOOK = "xl/workbook.xml"  # the part that makes an Office file one of Excel
MOST_PARTS = 5_000
SMALL = 4 * 1024 * 1024  # bytes of a part that only describes others
LONGEST_TOKEN = 1024 * 1024  # bytes between two brackets
DEEPEST = 60  # elements inside each other
_PIECE = 64 * 1024
_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # what Office writes
_ENCRYPTED = 0x1
_ENTRY = b"PK\x01\x02"
DAMAGED = "文件打不开，可能已损坏；请用 Excel 或 Word 打开后另存再传。"
LOCKED = "文件加了密码，请去掉密码后再传。"
TOO_LARGE = "文件展开后过大，请删去多余的内容，或分成几个文件。"


@contextmanager
def refusing(message: str) -> Iterator[None]:
    """Whatever a parser raises for somebody else's file is a refusal of that file."""
    try:
        yield
    except ValidationError:
        raise
    except Exception as error:
        raise ValidationError(message) from error


class Package:
    """The parts of an Office file. Raises ValidationError for what is none, here and wherever read."""

    def __init__(self, data: bytes):
        # Each entry costs a hundred times its bytes once it is listed.
        if data.count(_ENTRY) > MOST_PARTS:
            raise ValidationError(TOO_LARGE)
        with refusing(DAMAGED):
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {part.filename: part for part in self._archive.infolist()}
        if any(part.flag_bits & _ENCRYPTED for part in self._parts.values()):
            raise ValidationError(LOCKED)
        if any(part.compress_type not in _PACKED for part in self._parts.values()):
            raise ValidationError(DAMAGED)

    @property
    def names(self) -> set[str]:
        """What the parts are called."""
        return set(self._parts)

    @property
    def unpacked(self) -> int:
        """Bytes of all parts, as the archive says: of one that lies, no more is unpacked."""
        return sum(part.file_size for part in self._parts.values())

    @property
    def has_macros(self) -> bool:
        """Whether opening it may run something."""
        return any(name.lower().endswith("vbaproject.bin") for name in self._parts)

    def pieces(self, name: str, most: int = SMALL) -> Iterator[bytes]:
        """A part's bytes, as they are unpacked; ValidationError where they are more than `most`."""
        with refusing(DAMAGED), self._archive.open(self._parts[name]) as part:
            while piece := part.read(_PIECE):
                most -= len(piece)
                if most < 0:
                    raise ValidationError(TOO_LARGE)
                yield piece

    def require_marks(self, names: Iterable[str], most: int, size: int) -> None:
        """Refuse parts of more bytes or tags together, before any of them is parsed."""
        for name in names:
            for piece in self.pieces(name, size):
                size -= len(piece)
                most -= piece.count(b"<")
                if most < 0:
                    raise ValidationError(TOO_LARGE)

    def parse(self, parser: expat.XMLParserType, name: str, most: int = SMALL) -> Iterator[None]:
        """Let the parser's handlers see the part, piece by piece."""
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        given = 0
        with refusing(DAMAGED):
            for piece in self.pieces(name, most):
                parser.Parse(piece, False)
                given += len(piece)
                if given - max(parser.CurrentByteIndex, 0) > LONGEST_TOKEN:
                    raise ValidationError(TOO_LARGE)
                yield
            parser.Parse(b"", True)
            yield

    def elements(self, name: str, most: int = MOST_PARTS * 10) -> list[tuple[str, dict[str, str]]]:
        """Each element of a small part in its order: its local name, and its attributes by theirs."""
        found: list[tuple[str, dict[str, str]]] = []
        if name not in self._parts:
            return found

        def start(tag: str, attributes: dict[str, str]) -> None:
            found.append((local(tag), {local(key): one for key, one in attributes.items()}))
            if len(found) > most:
                raise ValidationError(TOO_LARGE)

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = start
        for _ in self.parse(parser, name):
            pass
        return found

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the file: kind and name of the other part, by its id."""
        folder, _, stem = name.rpartition("/")
        return {
            link["Id"]: (link.get("Type", "").rpartition("/")[2], _resolved(folder, link["Target"]))
            for tag, link in self.elements(f"{folder}/_rels/{stem}.rels")
            if tag == "Relationship"
            and link.get("TargetMode") != "External"
            and "Id" in link
            and "Target" in link
        }


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]


def _resolved(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    steps: list[str] = [*folder.split("/")]
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def _refuse_doctype(*_: object) -> None:
    raise ValidationError(DAMAGED)
