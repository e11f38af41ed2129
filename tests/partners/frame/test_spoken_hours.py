"""Opening hours as people say them."""

import pytest

from sharingcity.partners.frame.spoken_hours import read_hours


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("평일 09:00-18:00, 토 10:00~13:00, 일 휴무", "Mo-Fr 09:00-18:00; Sa 10:00-13:00; Su off"),
        ("월~금 9시~18시", "Mo-Fr 09:00-18:00"),
        ("월,수,금 오전 9시 ~ 오후 6시 30분", "Mo,We,Fr 09:00-18:30"),
        ("평일 10시부터 20시까지", "Mo-Fr 10:00-20:00"),
        ("매일 09:00-12:00, 13:00-18:00", "Mo-Su 09:00-12:00,13:00-18:00"),
        ("월-금 09:00-18:00 (공휴일 휴관)", "Mo-Fr 09:00-18:00; PH off"),
        ("09:00~18:00", "Mo-Su 09:00-18:00"),
        ("09:00 - 00:00", "Mo-Su 09:00-24:00"),
        ("Mon–Fri 9am–5pm; public holidays closed", "Mo-Fr 09:00-17:00; PH off"),
        ("Sunday to Thursday 9 a.m. - 4 p.m.", "Su-Th 09:00-16:00"),
        ("weekdays 9:00 to 12:30 pm", "Mo-Fr 09:00-12:30"),
        ("الاثنين - الجمعة 09:00-17:00، السبت مغلق", "Mo-Fr 09:00-17:00; Sa off"),
        ("٠٩:٠٠-١٧:٠٠", "Mo-Su 09:00-17:00"),
        ("24시간", "24/7"),
        ("Mo-Fr 09:00-18:00; Dec 25 off", "Mo-Fr 09:00-18:00; Dec 25 off"),
        ("아무 때나", None),
        ("월요일 휴무", None),
        ("평일 09:00", None),
        ("25:00-26:00", None),
        ("평일 09:00-18:00 예약 필수", None),
    ],
)
def test_hours_are_read_as_people_say_them_or_not_at_all(text: str, rule: str | None) -> None:
    assert read_hours(text) == rule
