"""What stands on a map: numbered pins in the hue of their kind, clusters as rings round a count, the reader."""

import math
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString

from sharingcity.ui.drawings.svg import finished, number

PIN = "M0 0C-5-9-17-13-17-27A17 17 0 0 1 17-27C17-13 5-9 0 0z"

Point = tuple[float, float]


def pin(at: Point, kind: str, row: int, *, href: str, label: str, chosen: bool = False) -> SafeString:
    """A pin with the number of its row; it leads to the row."""
    css = "pin is-on" if chosen else "pin"
    size = "1.28" if chosen else "1"
    return finished(
        f'<a class="{css} k-{kind}" href="{escape(href)}" aria-label="{row}, {escape(label)}">'
        f'<g transform="translate({number(at[0])} {number(at[1])}) scale({size})">'
        f'<path d="{PIN}"/><text y="-21">{row}</text></g></a>'
    )


def cluster(at: Point, parts: Sequence[tuple[str, int]], *, href: str, label: str) -> SafeString:
    """Several places in one: a ring divided by kind, the count in the middle."""
    count = sum(part for _, part in parts)
    x, y = number(at[0]), number(at[1])
    radius = 17 + min(11, math.sqrt(count) * 2.1)
    round_trip, start, gap = 2 * math.pi * radius, 0.0, 0 if len(parts) == 1 else 3
    arcs = []
    for kind, part in parts:
        length = round_trip * part / max(1, count)
        dash = f"{number(max(0.1, length - gap))} {number(round_trip - length + gap)}"
        arcs.append(
            f'<circle class="cluster-arc k-{kind}" cx="{x}" cy="{y}" r="{number(radius)}" stroke-dasharray="{dash}"'
            f' stroke-dashoffset="{number(-start)}" transform="rotate(-90 {x} {y})"/>'
        )
        start += length
    return finished(
        f'<a class="cluster" href="{escape(href)}" aria-label="{count}, {escape(label)}">'
        f'<circle class="cluster-disc" cx="{x}" cy="{y}" r="{number(radius + 4)}"/>{"".join(arcs)}'
        f'<text x="{x}" y="{number(at[1] + 5.5)}">{count}</text></a>'
    )


def reader(at: Point, *, label: str = "", reach_px: float = 0) -> SafeString:
    """You are here, and how far the search reaches."""
    x, y = number(at[0]), number(at[1])
    reach = f'<circle class="map-reach" cx="{x}" cy="{y}" r="{number(reach_px)}"/>' if reach_px else ""
    words = f'<text class="map-me-name" x="{number(at[0] + 20)}" y="{number(at[1] + 5)}">{escape(label)}</text>'
    return finished(
        f'{reach}<circle class="map-me-halo" cx="{x}" cy="{y}" r="16"/>'
        f'<circle class="map-me" cx="{x}" cy="{y}" r="8"/>{words if label else ""}'
    )


def scale(height: int, pixels_per_km: float, *, km: float = 1, label: str = "1 km") -> SafeString:
    """The scale at the foot of a map."""
    length, y = km * pixels_per_km, height - 22
    return finished(
        f'<path class="map-scale" d="M20 {y - 6}v6h{number(length)}v-6"/>'
        f'<text class="map-scale-name" x="{number(28 + length)}" y="{y + 1}">{escape(label)}</text>'
    )
