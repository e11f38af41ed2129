"""When two entries may be the same: what of names and addresses is compared, and how near is near."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from sharingcity.kernel.geo import distance_m
from sharingcity.kernel.i18n import Words
from sharingcity.kernel.text import normalise

NEAR_NAMES = 0.6
"""From this share of common pairs of letters on, two names are worth a look."""
LIKE_NAMES = 0.35
"""From this share on, when they stand close to each other, too."""
SHORT_NAME = 4
CLOSE_METRES = 150
CLOSE_DEGREES = 0.002

# What says only of which legal kind somebody is.
_LEGAL = re.compile(
    r"\(주\)|㈜|주식회사|유한회사|사회적협동조합|협동조합|사단법인|재단법인|\(사\)|\(재\)|비영리민간단체"
    r"|\b(?:incorporated|inc|limited|ltd|llc|corporation|corp|company|co|cooperative|coop|foundation|association)\b"
    r"|شركة|جمعية|مؤسسة|تعاونية"
)
_LETTERS = re.compile(r"[^\W_]+")
# Sites on which many keep a page: the host says nothing about whose it is.
_SHARED_HOSTS = (
    *("facebook.com", "instagram.com", "youtube.com", "twitter.com", "x.com", "naver.com", "daum.net", "kakao.com"),
    *("tistory.com", "github.io", "google.com", "notion.site", "linktr.ee", "imweb.me", "modoo.at", "wixsite.com"),
)


def name_key(name: str) -> str:
    """A name without its legal form, spaces and signs."""
    normal = normalise(name)
    return "".join(_LETTERS.findall(_LEGAL.sub(" ", normal))) or "".join(_LETTERS.findall(normal))


def name_keys(names: Words) -> str:
    """The keys of a name in all its languages, one a line."""
    return "\n".join(dict.fromkeys(key for key in map(name_key, names.values()) if key))


def host_of(url: str) -> str:
    """The host that says whose page it is; empty for shared ones and for what is no address."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    is_shared = any(host == shared or host.endswith(f".{shared}") for shared in _SHARED_HOSTS)
    return "" if is_shared else host[:120]


def are_near_names(mine: Iterable[str], theirs: Iterable[str], share: float) -> bool:
    """Whether a name of one has this share of its pairs of letters in common with a name of the other."""
    others = list(theirs)
    return any(_is_near(key, other, share) for key in mine for other in others)


@lru_cache(maxsize=65_536)
def _pairs(key: str) -> frozenset[str]:
    return frozenset(key[i : i + 2] for i in range(len(key) - 1))


def _is_near(mine: str, other: str, share: float) -> bool:
    if mine == other:
        return True
    shorter, longer = sorted((len(mine), len(other)))
    if shorter < SHORT_NAME or shorter < share * longer:
        return False
    my_pairs, other_pairs = _pairs(mine), _pairs(other)
    return len(my_pairs & other_pairs) >= share * len(my_pairs | other_pairs)


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """What of an entry is compared. `id` is 0 for one that is only being made."""

    id: int
    name_keys: str
    registration_number: str
    host: str
    lat: float | None
    lng: float | None

    @property
    def keys(self) -> list[str]:
        return self.name_keys.split("\n") if self.name_keys else []


def likeness(one: KnownEntry, other: KnownEntry) -> tuple[str, ...]:
    """Why the two may be the same, in the order of `vocabulary.LIKENESSES`; empty when nothing says so."""
    is_near = _are_close(one, other)
    facts = {
        "number": bool(one.registration_number) and _number(one) == _number(other),
        "host": bool(one.host) and one.host == other.host,
        "name": are_near_names(one.keys, other.keys, NEAR_NAMES),
    }
    found = tuple(reason for reason, holds in facts.items() if holds)
    # Many share a building; close by counts only beside a name that is not altogether another.
    if is_near and (found or are_near_names(one.keys, other.keys, LIKE_NAMES)):
        return (*found, "place")
    return found


def _number(entry: KnownEntry) -> str:
    return "".join(c for c in entry.registration_number if c.isalnum())


def _are_close(one: KnownEntry, other: KnownEntry) -> bool:
    if one.lat is None or one.lng is None or other.lat is None or other.lng is None:
        return False
    if abs(one.lat - other.lat) > CLOSE_DEGREES or abs(one.lng - other.lng) > CLOSE_DEGREES:
        return False
    return distance_m(one.lat, one.lng, other.lat, other.lng) <= CLOSE_METRES
