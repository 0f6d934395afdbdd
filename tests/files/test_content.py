"""What an uploaded file is, is told by its content; photos lose what they know of place and device."""

import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from suzhou_portal.files import content, packages
from tests.files.pictures import GPS, archive, photo


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_without_place_and_device(kind):
    upload = photo(kind=kind)
    assert Image.open(io.BytesIO(upload.read())).getexif().get_ifd(GPS)
    upload.seek(0)
    kept = content.check(upload)
    assert (kept.ending, kept.media_type) == ("jpg", "image/jpeg")
    again = Image.open(io.BytesIO(kept.content.read()))
    assert not again.getexif()
    assert "exif" not in again.info


SECRET = b"13900001234"


def described(kind):
    """A picture that says something in every way its kind has, and the bytes of it."""
    picture, file, exif = Image.new("RGB", (40, 30), "teal"), io.BytesIO(), Image.Exif()
    said = SECRET.decode()
    exif[0x010E] = exif[0x9286] = said
    more = {
        "exif": exif,
        "icc_profile": b"\0" * 36 + b"acsp" + SECRET,
        "xmp": b"<x>" + SECRET + b"</x>",
    }
    if kind == "JPEG":
        more["comment"] = SECRET
    if kind == "PNG":
        text = PngInfo()
        text.add_text("Comment", said)
        text.add_text("zip", said, zip=True)
        text.add_itxt("XML:com.adobe.xmp", f"<x>{said}</x>")
        more["pnginfo"] = text
    picture.save(file, kind, **more)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_said_of_a_picture_is_kept(kind):
    given = described(kind)
    assert SECRET in given
    kept = content.check(SimpleUploadedFile("现场", given)).content.read()
    assert SECRET not in kept
    again = Image.open(io.BytesIO(kept))
    again.load()
    told = {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
    }  # how wide a dot is: the same for all
    assert set(again.info) <= told
    markers = {kept[at + 1] for at in range(len(kept) - 1) if kept[at] == 0xFF}
    assert not markers & {0xFE, *range(0xE1, 0xF0)}  # a comment; EXIF, XMP and all other kinds


def test_what_one_sees_through_stays_so():
    seal = (Path(__file__).parent / "cases" / "seal_transparent.png").read_bytes()
    kept = content.check(SimpleUploadedFile("章.png", seal))
    assert (kept.ending, kept.media_type) == ("png", "image/png")
    again, before = Image.open(kept.content), Image.open(io.BytesIO(seal)).convert("RGBA")
    assert again.mode == "RGBA"
    assert again.tobytes() == before.tobytes()


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16", "CMYK", "RGBA"])
def test_every_kind_of_pixel_is_kept(mode):
    file = io.BytesIO()
    Image.new(mode, (30, 20), 0).save(file, "JPEG" if mode == "CMYK" else "PNG")
    kept = content.check(SimpleUploadedFile("图", file.getvalue()))
    assert Image.open(kept.content).size == (30, 20)


def test_a_large_photo_is_made_smaller():
    kept = content.check(photo(size=(4000, 1000)))
    assert Image.open(kept.content).size == (content.WIDEST, content.WIDEST // 4)


@pytest.mark.parametrize(
    ("upload", "ending"),
    [
        (SimpleUploadedFile("协议.exe", b"%PDF-1.7 ..."), "pdf"),
        (archive("台账.zip", "xl/workbook.xml"), "xlsx"),
        (archive("方案.docx", "word/document.xml"), "docx"),
    ],
)
def test_the_name_does_not_matter(upload, ending):
    kept = content.check(upload)
    assert kept.ending == ending
    assert content.shown_name(upload.name, kept.ending).endswith(f".{ending}")


@pytest.mark.parametrize(
    ("upload", "reason"),
    [
        (SimpleUploadedFile("空.jpg", b""), "文件是空的。"),
        (SimpleUploadedFile("大.pdf", b"%PDF-" + b"0" * content.LARGEST), "文件过大：最多10MB。"),
        (SimpleUploadedFile("照片.jpg", b"<script>alert(1)</script>"), content.REFUSED),
        (SimpleUploadedFile("图.svg", b"<svg onload='x'></svg>"), content.REFUSED),
        (SimpleUploadedFile("程序.pdf", b"MZ\x90\x00"), content.REFUSED),
        (SimpleUploadedFile("坏.jpg", b"\xff\xd8\xff\xe0" + b"0" * 50), content.REFUSED),
        (SimpleUploadedFile("坏.docx", b"PK\x03\x04" + b"0" * 50), packages.DAMAGED),
        (archive("普通.zip", "a.txt"), content.REFUSED),
        (archive("宏.docx", "word/document.xml", "word/vbaProject.bin"),
         "文件中有宏，不能上传；请另存为不带宏的文件。"),
    ],
)  # fmt: skip
def test_what_may_not_be_kept_is_refused(upload, reason):
    with pytest.raises(ValidationError) as caught:
        content.check(upload)
    assert caught.value.messages == [reason]


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\windows\\a.jpg", "长" * 200, ".", ""])
def test_no_name_leads_elsewhere(name):
    shown = content.shown_name(name, "jpg")
    assert "/" not in shown
    assert "\\" not in shown
    assert len(shown) <= 85
