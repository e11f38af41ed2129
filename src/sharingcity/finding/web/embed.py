"""`/embed/free-nearby`: a small card for other sites, “what is free nearby”; `/embed` gives the code for it."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlencode

from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from sharingcity.finding.queries import search
from sharingcity.finding.queries.asked import read_asked
from sharingcity.finding.queries.spots import Spot, spots
from sharingcity.finding.rules.times import NEAR_M
from sharingcity.finding.web.presenters import summary_words
from sharingcity.finding.web.rows import card_of
from sharingcity.kernel import clock
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.i18n import language, localised
from sharingcity.ui.components import Option
from sharingcity.ui.kinds import KINDS

SHOWN = 5
KEPT_SECONDS = 60
TAKEN = ("near", "district", "kind")
HEIGHT, WIDTH = 480, 360


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card as it goes out."""

    body: str
    status: int


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def free_nearby(request: HttpRequest) -> HttpResponse:
    """Anybody may put it into their page: no cookie, no script. A minute old at most."""
    code = request.GET.get("lang", "")
    code = code if code in dict(settings.LANGUAGES) else language()
    now = clock.now()
    address = urlencode([(name, request.GET[name][:100]) for name in TAKEN if request.GET.get(name)])
    drawn = _drawn(address, code, f"{request.scheme}://{request.get_host()}", int(now.timestamp()) // KEPT_SECONDS)
    answer = HttpResponse(drawn.body, status=drawn.status)
    answer["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    answer["Content-Language"] = code
    return answer


@lru_cache(maxsize=256)
def _drawn(address: str, code: str, origin: str, _minute: int) -> Drawn:
    """One card for everybody who asks the same in the same minute."""
    with override(code):
        context, status = _context(address, clock.now())
        context |= {
            "origin": origin,
            "code": code,
            "direction": "rtl" if get_language_info(code)["bidi"] else "ltr",
            "city": localised(settings.CITY_NAMES),
            "more_url": f"{origin}{reverse('finding-find')}?{_searched(address)}",
        }
        return Drawn(render_to_string("finding/embed/card.html", context), status)


def _context(address: str, now: datetime) -> tuple[dict[str, object], int]:
    query = QueryDict(_searched(address))
    try:
        asked = read_asked(query, now, SHOWN)
        if asked.question is None:
            raise asked.refusal or Refusal("request.invalid", _("This search cannot be read."))
        page = search(asked.question, now)
    except Refusal as refusal:
        return {"error": str(refusal.sentence), "cards": []}, 422
    cards = [card_of(one, asked.question, now) for one in page.results if one.first_slot]
    return {"cards": cards, "where": summary_words(QueryDict(address), now) if address else ""}, 200


def _searched(address: str) -> str:
    """Free now: round a point within two kilometres, else in the district, else in the whole city."""
    query = QueryDict(address, mutable=True)
    query["when"] = "now"
    if "near" in query:
        query["radius_m"] = str(NEAR_M)
    return query.urlencode()


@require_safe
@csp_update({"frame-src": ["'self'"]})
def builder(request: HttpRequest) -> HttpResponse:
    """Place, kind and language in; the line to put into one's own page out."""
    where = request.GET.get("where", "").replace("\x00", "").strip()[:200]
    found = spots(where, clock.now()) if where else []
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in KINDS else ""
    code = request.GET.get("lang", "")
    code = code if code in dict(settings.LANGUAGES) else language()
    chosen = {**_place(found), **({"kind": kind} if kind else {}), "lang": code}
    path = f"{reverse('embed-free')}?{urlencode(chosen)}"
    context = {
        "where": where,
        "is_unknown": bool(where) and not found,
        "place": found[0].name if found else "",
        "kinds": [Option(value="", label=_("Everything that is free"), is_chosen=not kind)]
        + [Option(value=one, label=str(look.many), is_chosen=one == kind) for one, look in KINDS.items()],
        "languages": [Option(value=one, label=name, is_chosen=one == code) for one, name in settings.LANGUAGES],
        "path": path,
        "frame": _frame(request.build_absolute_uri(path)),
        "width": WIDTH,
        "height": HEIGHT,
    }
    return render(request, "finding/embed/builder.html", context)


def _place(found: list[Spot]) -> dict[str, str]:
    if not found:
        return {}
    first = found[0]
    return {"district": first.district} if first.district else {"near": f"{first.lat:.3f},{first.lng:.3f}"}


def _frame(url: str) -> str:
    title = escape(_("What is free nearby"))
    return (
        f'<iframe src="{escape(url)}" title="{title}" width="{WIDTH}" height="{HEIGHT}"'
        ' loading="lazy" referrerpolicy="no-referrer"></iframe>'
    )
