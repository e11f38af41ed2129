"""Bookings past and coming, made through the real operations in the order of time."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from sharingcity.site.demo.organisations import Bodies
from sharingcity.site.demo.sign_ins import People
from sharingcity.site.demo.stock import Stocked

if TYPE_CHECKING:
    from sharingcity.listings.models import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    reservations: dict[str, int]
    waiting: int
    closures: int


def live(
    stocked: list[Stocked], people: People, bodies: Bodies, managed: "Place", random: Random, now: datetime
) -> Lived:
    return Lived(reservations={}, waiting=0, closures=0)
