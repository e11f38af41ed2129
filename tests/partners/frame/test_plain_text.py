"""Other people's HTML as text."""

import pytest

from sharingcity.partners.frame.plain_text import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>하나</p><p>둘<br>셋</p>", "하나\n\n둘\n셋"),
        ("<이용요금> 1시간 &lt; 2시간", "<이용요금> 1시간 < 2시간"),
        ("앞<script>alert(1)</script>뒤", "앞뒤"),
        ("\U000f02ee 개방시간\r\n\r\n\r\n\t 06 ~ 22시", "• 개방시간\n\n06 ~ 22시"),
        ("함께 읽어요 <html lang=", "함께 읽어요"),
        ("3 <b 조건", "3 <b 조건"),
    ],
)
def test_descriptions_keep_their_paragraphs(html: str, text: str) -> None:
    assert plain_text(html) == text
