"""What an uploaded file really is, told by its content; pictures are drawn anew without metadata."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = 10 * 1024 * 1024  # bytes
WIDEST = 2000  # pixels on the longer side of a kept picture
MOST_PIXELS = 60_000_000
REFUSED = "不支持这种文件：可以上传照片（JPG、PNG、WEBP）、PDF、Word（docx）和 Excel（xlsx）。"
OFFICE = {
    "word/document.xml": (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xl/workbook.xml": (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
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
    return _picture(data)


def shown_name(name: str, ending: str) -> str:
    """The name people gave the file, with the ending its content has."""
    stem = PurePath(name.replace("\\", "/")).stem.strip() or "附件"
    return f"{stem[:80]}.{ending}"


def _office(data: bytes) -> Checked:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise ValidationError(REFUSED) from error
    if any(name.endswith("vbaProject.bin") for name in names):
        raise ValidationError("文件中有宏，不能上传；请另存为不带宏的文件。")
    for marker, (ending, media_type) in OFFICE.items():
        if marker in names:
            return Checked(ContentFile(data), ending, media_type)
    raise ValidationError(REFUSED)


def _picture(data: bytes) -> Checked:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError("照片的像素过多，请缩小后再上传。")
            drawn = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(REFUSED) from error
    drawn.thumbnail((WIDEST, WIDEST))
    kept = io.BytesIO()
    # Only the pixels are written: no EXIF, so no place, time or device.
    drawn.save(kept, "JPEG", quality=82, optimize=True)
    return Checked(ContentFile(kept.getvalue()), "jpg", "image/jpeg")
