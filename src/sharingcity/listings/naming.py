"""A listing's name where its building is not in sight: in a letter, a queue, a list of other rooms."""

from typing import TYPE_CHECKING

from sharingcity.kernel.i18n import localised

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

# Korean goes from the large to the small, the others the other way round.
_PATTERNS = {"ko": "{place} {title}", "ar": "{title}، {place}"}
_ELSEWHERE = "{title}, {place}"


def full_titles(listing: "Listing") -> dict[str, str]:
    """The title with its building in each language it has, once: many titles name the building already."""
    found = {}
    for code, title in listing.titles.items():
        place = localised(listing.place.names, code)
        is_named = not place or place.casefold() in title.casefold()
        found[code] = title if is_named else _PATTERNS.get(code, _ELSEWHERE).format(title=title, place=place)
    return found


def full_title(listing: "Listing") -> str:
    """`full_titles` in the reader's language."""
    return localised(full_titles(listing))
