"""When two entries may be the same: what of names and addresses is compared, and how near is near."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from sharingcity.kernel.i18n import Words
from sharingcity.kernel.text import normalise

NEAR_NAMES = 0.6
"""From this share of common pairs of letters on, two names are worth a look."""
SHORT_NAME = 4

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


def are_near_names(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether a name of one is nearly a name of the other."""
    others = [(key, pairs(key)) for key in theirs]
    return any(_is_near(key, pairs(key), other, found) for key in mine for other, found in others)


def pairs(key: str) -> frozenset[str]:
    """The neighbouring letters of a name."""
    return frozenset(key[i : i + 2] for i in range(len(key) - 1))


def _is_near(mine: str, my_pairs: frozenset[str], other: str, other_pairs: frozenset[str]) -> bool:
    if mine == other:
        return True
    if min(len(mine), len(other)) < SHORT_NAME:
        return False
    return len(my_pairs & other_pairs) >= NEAR_NAMES * len(my_pairs | other_pairs)
