"""In which language feeds are written: the one that the address asks for, never the one that the reader's program says,
so that one address has one content.
"""

from django.conf import settings
from django.http import HttpRequest


def asked_language(request: HttpRequest) -> str:
    """`lang`, when it is one of the city's; else the city's own."""
    wanted = request.GET.get("lang", "")
    return wanted if wanted in dict(settings.LANGUAGES) else str(settings.LANGUAGE_CODE)
