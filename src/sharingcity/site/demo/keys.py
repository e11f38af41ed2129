"""Who opens in the evening: staffed hours, check-lists, door codes, a rota with gaps, and a broken chair."""

from datetime import datetime, timedelta
from typing import Final

from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.states import SYSTEM
from sharingcity.people.permissions import Scope
from sharingcity.site.demo.districts import Name
from sharingcity.site.demo.plans import Town
from sharingcity.site.demo.stock import Stocked
from sharingcity.spaces.operations import (
    ItemDraft,
    assign_shift,
    plan_shifts,
    report_incident,
    set_caretaking,
    set_checklist,
    set_entry_instruction,
    take_shift,
)
from sharingcity.spaces.queries import rota_gaps

_STAFFED: Final = "Mo-Fr 09:00-18:00; PH off"
_CHECKLIST: Final = (
    ("in", Name("조명과 냉난방이 켜지는가", "Lights and heating work", "الأضواء والتدفئة تعمل")),
    ("in", Name("책상과 의자가 제자리에 있는가", "Tables and chairs are in place", "الطاولات والكراسي في مكانها")),
    ("in", Name("부대 물품을 건넸는가", "Extras were handed over", "سُلِّمت الملحقات")),
    ("out", Name("책상과 의자를 제자리에 돌려놓았는가", "Tables and chairs are back", "أُعيدت الطاولات والكراسي")),
    ("out", Name("쓰레기를 치웠는가", "Rubbish is gone", "أُزيلت النفايات")),
    ("out", Name("창문을 닫고 불을 껐는가", "Windows are shut, lights are off", "أُغلقت النوافذ وأُطفئت الأضواء")),
    ("out", Name("문을 잠갔는가", "The door is locked", "أُقفل الباب")),
)
_WAY_IN: Final = Name(
    "옆문 단말기에 출입 번호를 누르고 #을 누르세요. 승강기로 2층에 오르면 왼쪽입니다.",
    "Key in the number at the side door and press #. Take the lift to the second floor, then left.",
    "يُرجى إدخال الرقم عند الباب الجانبي ثم الضغط على #، والصعود بالمصعد إلى الطابق الثاني ثم يسارًا.",
)
_BROKEN_CHAIR: Final = "의자 하나의 다리가 부러져 있어 창고로 옮겨 두었습니다."


def hand_out_keys(town: Town, rooms: list[Stocked], now: datetime) -> None:
    """Buildings where much is booked get a rota for the coming two weeks; the key-holder has part of it."""
    places = {room.listing.place_id: room.listing.place for room in rooms}
    for place in places.values():
        set_caretaking(place=place, staffed_hours=_STAFFED, by=SYSTEM, now=now)
        plan_shifts(place=place, window=Interval(now, now + timedelta(days=14)), by=SYSTEM, now=now)
    _keep_rota(town, now)
    _fit_out(town, now)


def _keep_rota(town: Town, now: datetime) -> None:
    """The first shifts are taken, the next is asked for, the rest are gaps in the manager's queue."""
    steward, manager = town.people.staff["steward"], town.people.staff["manager"]
    gaps = list(rota_gaps([Scope("building", town.managed.pk)], now))
    for shift in gaps[:3]:
        take_shift(shift=shift, by=steward, now=now)
    for shift in gaps[3:4]:
        assign_shift(shift=shift, steward=steward, by=manager, now=now)


def _fit_out(town: Town, now: datetime) -> None:
    steward = town.people.staff["steward"]
    set_checklist(
        place=town.managed,
        items=[ItemDraft(moment=moment, names=name.words()) for moment, name in _CHECKLIST],
        by=SYSTEM,
        now=now,
    )
    for room in town.rooms_at(town.managed):
        code = f"{town.random.randint(1000, 9999)}"
        set_entry_instruction(listing=room.listing, door_code=code, words=_WAY_IN.words(), by=SYSTEM, now=now)
    room = town.rooms_at(town.managed)[0]
    report_incident(place=town.managed, listing=room.listing, kind="damage", words=_BROKEN_CHAIR, by=steward, now=now)
