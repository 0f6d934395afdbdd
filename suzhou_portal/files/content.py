"""What an uploaded file really is, told by its content; pictures are drawn anew without metadata."""

import io
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

from suzhou_portal.files.packages import WORKBOOK, Package, refusing
from suzhou_portal.workbooks import MEDIA_TYPE as XLSX

LARGEST = 10 * 1024 * 1024  # bytes
WIDEST = 2000  # pixels on the longer side of a kept picture
# A broken picture is refused within 200 MB; only of a JPEG a smaller one can be unpacked.
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 40_000_000, "WEBP": 40_000_000}
OPAQUE = 255
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
OLD = "这是旧格式（doc、xls）的文件，或者加了密码：请去掉密码，另存为 docx 或 xlsx。"
REFUSED = "不支持这种文件：可以上传照片（JPG、PNG、WEBP）、PDF、Word（docx）和 Excel（xlsx）。"
OFFICE = {
    "word/document.xml": (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    WORKBOOK: ("xlsx", XLSX),
}


@dataclass(frozen=True)
class Checked:
    """A file ready to be kept: its bytes, its ending and its media type."""

    content: ContentFile
    ending: str
    media_type: str


def check(upload: UploadedFile) -> Checked:
    """Tell the file's kind by its content and make it safe to keep. Raises ValidationError."""
    if not upload.size:
        raise ValidationError("文件是空的。")
    if upload.size > LARGEST:
        raise ValidationError(f"文件过大：最多{LARGEST // 1024 // 1024}MB。")
    data = upload.read()
    if data.startswith(b"%PDF-"):
        return Checked(ContentFile(data), "pdf", "application/pdf")
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    if data.startswith(OLD_OFFICE):
        raise ValidationError(OLD)
    return _picture(data)


def shown_name(name: str, ending: str) -> str:
    """The name people gave the file, with the ending its content has."""
    stem = PurePath(name.replace("\\", "/")).stem.strip() or "附件"
    return f"{stem[:80]}.{ending}"


def _office(data: bytes) -> Checked:
    package = Package(data)
    if package.has_macros:
        raise ValidationError("文件中有宏，不能上传；请另存为不带宏的文件。")
    for marker, (ending, media_type) in OFFICE.items():
        if marker in package.names:
            return Checked(ContentFile(data), ending, media_type)
    raise ValidationError(REFUSED)


def _picture(data: bytes) -> Checked:
    with refusing(REFUSED):
        with Image.open(io.BytesIO(data), formats=tuple(MOST_PIXELS)) as picture:
            if picture.width * picture.height > MOST_PIXELS[str(picture.format)]:
                raise ValidationError("照片的像素过多，请缩小后再上传。")
            picture.draft("RGB", (WIDEST, WIDEST))  # a JPEG is unpacked no larger than it is kept
            drawn = ImageOps.exif_transpose(picture)
            drawn = drawn.convert("RGBA" if drawn.has_transparency_data else "RGB")
        drawn.thumbnail((WIDEST, WIDEST))
        # Only the pixels are written: whatever else was said of them may tell place, time, device or names.
        drawn.info.clear()
        return _written(drawn)


def _written(drawn: Image.Image) -> Checked:
    """The picture as a PNG if one sees through it, such as a seal, else as a JPEG."""
    kept, pixels = io.BytesIO(), drawn.width * drawn.height
    if drawn.mode == "RGBA" and drawn.getchannel("A").histogram()[OPAQUE] < pixels:
        drawn.save(kept, "PNG", optimize=True)
        return Checked(ContentFile(kept.getvalue()), "png", "image/png")
    drawn.convert("RGB").save(kept, "JPEG", quality=82, optimize=True)
    return Checked(ContentFile(kept.getvalue()), "jpg", "image/jpeg")
