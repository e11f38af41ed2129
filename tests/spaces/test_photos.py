"""Photos from strangers: recognised by their bytes, encoded anew, nothing hidden kept."""

import io

import pytest
from PIL import Image

from sharingcity.kernel.errors import Refusal
from sharingcity.spaces.rules.photos import LONGEST_SIDE, MAX_BYTES, safe_photo

ORIENTATION, MAKER = 0x0112, 0x010F


def _picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **more)
    return out.getvalue()


def test_safe_photo_forgets_who_took_it_and_where() -> None:
    hidden = Image.Exif()
    hidden[MAKER] = "Spy Camera"
    hidden.get_ifd(0x8825)[1] = "N"
    content = _picture(exif=hidden)
    assert b"Spy Camera" in content

    clean = safe_photo(content)

    assert b"Spy Camera" not in clean
    with Image.open(io.BytesIO(clean)) as picture:
        assert dict(picture.getexif()) == {}


def test_safe_photo_is_turned_upright() -> None:
    turned = Image.Exif()
    turned[ORIENTATION] = 6

    with Image.open(io.BytesIO(safe_photo(_picture(exif=turned)))) as picture:
        assert picture.size == (40, 60)


def test_safe_photo_of_a_big_picture_is_smaller() -> None:
    with Image.open(io.BytesIO(safe_photo(_picture(size=(4000, 1000))))) as picture:
        assert picture.size == (LONGEST_SIDE, 500)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_safe_photo_of_another_kind_becomes_a_jpeg(kind: str) -> None:
    assert safe_photo(_picture(kind)).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\xff\xd8\xff<html>not really a photo</html>",
        _picture()[:80],
        _picture("GIF"),
    ],
    ids=["empty", "svg", "disguised", "cut-off", "gif"],
)
def test_safe_photo_of_something_else_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        safe_photo(content)

    assert refused.value.code == "photo.not_a_picture"


def test_safe_photo_over_five_megabytes_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        safe_photo(_picture() + b"\0" * MAX_BYTES)

    assert refused.value.code == "photo.too_big"
