"""The rules, fees and hours of the real programme, as the demo city's rooms have them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from sharingcity.booking.operations.terms import Fees, Reduction, create_fee_schedule, create_policy
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.drafts import HoursDraft
from sharingcity.site.demo.districts import Name

if TYPE_CHECKING:
    from sharingcity.booking.models import FeeSchedule, Policy

LONG_AGO: Final = date(2020, 1, 1)
_TO_THE_START: Final = {"opens_days_before": 60, "closes_days_before": 0, "release_minutes": 30}
_APPROVED: Final = {"needs_approval": True, "approval_days": 3}

POLICIES: Final[dict[str, tuple[Name, dict[str, Any]]]] = {
    "standard": (Name("기본 규칙", "Standard rules", "القواعد الأساسية"), {}),
    "approved": (
        Name("기본 규칙(승인 필요)", "Standard rules, with approval", "القواعد الأساسية مع الموافقة"),
        _APPROVED,
    ),
    "residents": (
        Name("서울 생활권자 전용", "For people who live, work or study in Seoul", "لمن يسكن أو يعمل أو يدرس في سيول"),
        {"eligibility": "resident", "person_uses_per_month": 8},
    ),
    "residents-approved": (
        Name("서울 생활권자 전용(승인 필요)", "For people of Seoul, with approval", "لأهل سيول، مع الموافقة"),
        {"eligibility": "resident", "person_uses_per_month": 8, **_APPROVED},
    ),
    "to-the-start": (
        Name("시작 직전까지 예약", "Bookable up to the start", "يمكن الحجز حتى لحظة البدء"),
        {**_TO_THE_START, "max_minutes": 240},
    ),
    "half-hours": (
        Name("30분 단위 예약", "Half hours, up to the start", "بنصف الساعة، حتى لحظة البدء"),
        {**_TO_THE_START, "grid_minutes": 30, "min_minutes": 60, "max_minutes": 180},
    ),
    "practice": (
        Name("연습실 규칙", "Practice rooms", "غرف التدريب"),
        {
            **_TO_THE_START, "opens_days_before": 14, "max_minutes": 120,
            "person_uses_per_month": 10, "person_minutes_per_month": 960,
        },
    ),
    "drop-in": (
        Name("사랑방 규칙", "Residents' lounges", "مجالس الأهالي"),
        {**_TO_THE_START, "opens_days_before": 14, "grid_minutes": 30, "max_minutes": 180, "uses_per_day": 2},
    ),
    "library": (
        Name("도서관 공간 규칙", "Library rooms", "غرف المكتبات"),
        {
            "opens_days_before": 30, "closes_days_before": 1, "grid_minutes": 30,
            "max_minutes": 180, "person_uses_per_month": 6,
        },
    ),
    "kitchen": (
        Name("공유부엌 규칙", "Shared kitchens", "المطابخ المشتركة"),
        {"opens_days_before": 60, "closes_days_before": 3, "min_minutes": 120, "max_minutes": 240, **_APPROVED},
    ),
    "groups": (
        Name("모임·단체 전용", "For groups", "للمجموعات"),
        {"eligibility": "group", "group_uses_per_month": 4, "group_minutes_per_month": 960, **_APPROVED},
    ),
    "halls": (
        Name("강당·대규모 행사", "Halls and large events", "القاعات الكبيرة والفعاليات"),
        {
            "closes_days_before": 7, "closes_in_working_days": True, "min_minutes": 120, "max_minutes": 480,
            "interest_basis_points": 290, **_APPROVED,
        },
    ),
    "working-days": (
        Name("근무일 7일 전까지 신청", "Apply seven working days before", "التقديم قبل سبعة أيام عمل"),
        {"closes_days_before": 7, "closes_in_working_days": True},
    ),
    "designated": (
        Name("지정 공유기업·단체 전용", "For designated sharing organisations", "لجهات المشاركة المعتمدة"),
        {"eligibility": "designated", "closes_days_before": 2, "max_minutes": 360},
    ),
}  # fmt: skip

# Won for the first two hours; each further hour costs half of it.
FEE_STEPS: Final = (5_000, 10_000, 20_000, 30_000, 40_000, 60_000, 100_000, 120_000, 150_000, 280_000)
REDUCTIONS: Final = (
    Reduction(
        code="public-interest",
        names=Name("공익 목적 사용", "Use in the public interest", "استخدام للمصلحة العامة").words(),
        percent=50,
    ),
    Reduction(
        code="basic-livelihood",
        names=Name("기초생활수급자", "Recipients of basic livelihood support", "المستفيدون من دعم المعيشة").words(),
        percent=100,
    ),
)

_RUNS: Final = ("chuseok", "seollal")
HOURS: Final = {
    "evenings": HoursDraft(rule="Mo-Fr 18:00-21:00; Sa-Su 09:00-18:00; PH off"),
    "late-evenings": HoursDraft(rule="Mo-Fr 18:00-22:00; Sa-Su 09:00-18:00; PH off"),
    "evenings-and-holidays": HoursDraft(rule="Mo-Fr 18:00-21:00; Sa-Su,PH 09:00-18:00", closed_groups=_RUNS),
    "all-day": HoursDraft(rule="Mo-Fr 09:00-22:00; Sa-Su 09:00-18:00", closed_groups=_RUNS),
    "every-day": HoursDraft(rule="Mo-Su 09:00-22:00; PH off"),
    "weekdays": HoursDraft(rule="Mo-Fr 09:00-21:00; PH off"),
    "library": HoursDraft(rule="Tu-Fr 09:00-22:00; Sa-Su 09:00-18:00; PH off"),
    "youth": HoursDraft(rule="Tu-Su 10:00-22:00", closed_groups=_RUNS),
}


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The policies by code, and the fee schedules by what the first two hours cost."""

    policies: "dict[str, Policy]"
    fees: "dict[int, FeeSchedule]"

    def schedule(self, fee_minor: int) -> "FeeSchedule | None":
        """None is free of charge."""
        return self.fees[fee_minor] if fee_minor else None


def lay_down_rules(now: datetime) -> Rulebook:
    """Writes the city's policies and fee schedules."""
    policies = {
        code: create_policy(names=name.words(), rules=rules, valid_from=LONG_AGO, by=SYSTEM, now=now)
        for code, (name, rules) in POLICIES.items()
    }
    return Rulebook(policies, {step: _schedule(step, now) for step in FEE_STEPS})


def _schedule(step: int, now: datetime) -> "FeeSchedule":
    return create_fee_schedule(
        names=Name(f"2시간 {step:,}원", f"{step:,} won for two hours", f"{step:,} وون لساعتين").words(),
        fees=Fees(base_minutes=120, base_minor=step, extra_minutes=60, extra_minor=step // 2),
        reductions=REDUCTIONS,
        valid_from=LONG_AGO,
        by=SYSTEM,
        now=now,
    )
