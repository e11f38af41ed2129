"""What tests of the residents' pages share."""

import re
from html import unescape
from typing import Any

LANGUAGES = {"ko": "ltr", "en": "ltr", "ar": "rtl"}


def text(answer: Any) -> str:
    """What is read: without tags, white space as one."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(body)).split())


def check_whole(answer: Any, language: str, status: int = 200) -> None:
    """A page of ours: language, direction, one heading, nothing left of the template, no inline style."""
    page = answer.content.decode()
    assert answer.status_code == status, page[:2000]
    assert f'<html lang="{language}" dir="{LANGUAGES[language]}">' in page
    assert page.count("<h1") == 1
    assert " style=" not in page
    assert "{%" not in page
    assert "{{" not in page
    assert "{#" not in page
