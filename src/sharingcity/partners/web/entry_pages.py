"""The pages for whoever keeps an organisation's entry: who may see them, and their frame."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sharingcity.directory.permissions import edits_entry, owns_entry
from sharingcity.directory.queries import get_organisation
from sharingcity.kernel.errors import NotAllowed, NotFound
from sharingcity.kernel.i18n import localised
from sharingcity.ui.components import Tab
from sharingcity.ui.desk import desk_page, moment

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, "Organisation", P], HttpResponse]
Answer = Callable[..., HttpResponse]


def for_keepers(view: "View[P]") -> Answer:
    """For the owners and editors of the organisation in the address, and who keeps the directory: others get 403."""
    return _for(edits_entry, view)


def for_owners(view: "View[P]") -> Answer:
    """For its owners, and who keeps the directory."""
    return _for(owns_entry, view)


def _for(may: Callable[..., bool], view: "View[P]") -> Answer:
    @wraps(view)
    def checked(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            organisation = get_organisation(slug)
            if not may(request.user, organisation, moment(request)):
                raise PermissionDenied
            return view(request, organisation, *args, **kwargs)
        except NotFound as refusal:
            raise Http404(str(refusal.sentence)) from refusal
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal.sentence)) from refusal

    return cast(Answer, login_required(checked))


def entry_page(
    request: HttpRequest, organisation: "Organisation", template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """One of these pages, with the way to the others."""
    shown: dict[str, Any] = {"organisation": localised(organisation.names), "slug": organisation.slug}
    shown["tabs"] = _tabs(request, organisation)
    return desk_page(request, template, status=status, **shown, **context)


def _tabs(request: HttpRequest, organisation: "Organisation") -> list[Tab]:
    pages = [
        (_("What came in"), "partners-brought"),
        (_("Bring a table"), "partners-entry-upload"),
        (_("People sent on"), "partners-clicks"),
    ]
    if owns_entry(request.user, organisation, moment(request)):
        pages += [(_("Webhooks"), "partners-webhooks"), (_("Sandbox keys"), "partners-keys")]
    return [_tab(request, title, reverse(name, args=[organisation.slug])) for title, name in pages]


def _tab(request: HttpRequest, title: str, url: str) -> Tab:
    return Tab(title=title, url=url, is_current=request.path == url or request.path.startswith(f"{url}/"))
