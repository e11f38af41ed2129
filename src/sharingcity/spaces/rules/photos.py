"""Photos from strangers made harmless: recognised by their bytes, encoded anew, nothing hidden kept."""

import io
from typing import Final

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from sharingcity.kernel.errors import Refusal

MAX_BYTES: Final = 5 * 1024 * 1024
MAX_PIXELS: Final = 40_000_000
LONGEST_SIDE: Final = 2000
FORMATS: Final = ("JPEG", "PNG", "WEBP")


def safe_photo(content: bytes) -> bytes:
    """The picture as a JPEG of ours, turned upright, at most 2,000 pixels wide or high.

    Raises: Refusal `photo.too_big`, `photo.not_a_picture`.
    """
    if len(content) > MAX_BYTES:
        raise Refusal("photo.too_big", _("A photo may have 5 MB at most."), field="photos")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            return _encoded(picture)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
        raise _not_a_picture() from problem


def _encoded(picture: Image.Image) -> bytes:
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise _not_a_picture()
    upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)  # a new picture has no hidden data to carry over
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=85)
    return out.getvalue()


def _not_a_picture() -> Refusal:
    return Refusal(
        "photo.not_a_picture", _("This is no photo we can read. Send a JPEG, PNG or WebP picture."), field="photos"
    )
