"""Districts and categories: short lists that forms and filters show."""

from django.db.models import Q

from sharingcity.directory.models import Category, District


def districts() -> list[District]:
    """All districts in their order, without their shapes."""
    return list(District.objects.defer("geometry"))


def district_by_slug_or_code(text: str) -> District | None:
    return District.objects.defer("geometry").filter(Q(slug=text) | Q(code=text)).first()


def categories(kind: str = "") -> list[Category]:
    return list(Category.objects.filter(kind=kind) if kind else Category.objects.all())
