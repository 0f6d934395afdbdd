"""Files as people upload them."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

GPS, MAKE = 0x8825, 0x010F


def photo(name="现场.jpg", kind="JPEG", size=(40, 30)):
    """A photo that says where and with what it was taken."""
    picture, exif = Image.new("RGB", size, "teal"), Image.Exif()
    exif[MAKE] = "某品牌手机"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (39.0, 44.0, 1.0)
    file = io.BytesIO()
    picture.save(file, kind, exif=exif)
    return SimpleUploadedFile(name, file.getvalue())


def archive(name, *members):
    """A zip archive, which is what office files are."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for member in members:
            made.writestr(member, "<xml/>")
    return SimpleUploadedFile(name, file.getvalue())
