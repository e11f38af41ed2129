"""Services that the demo city's organisations run, here or on pages of their own; all made up."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sharingcity.directory.access import Access
from sharingcity.directory.drafts import ServiceDraft
from sharingcity.site.demo.districts import Name
from sharingcity.site.demo.sharers import BIKES, GARDENS, HOMES, LESSONS, SHELVES, SUITS, TOYS

if TYPE_CHECKING:
    from sharingcity.directory.models import District, Organisation

_NO_NEED: Final = Access(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A service: whose, what, for whom, at what price, where, how to start."""

    of: str
    slug: str
    name: Name
    summary: Name
    kinds: str
    price: str = "free"
    price_words: Name | None = None
    audience: Name | None = None
    opening: Name | None = None
    gu: str = ""
    steps: tuple[Name, ...] = ()
    apps: str = ""
    access: Access = _NO_NEED


_ANYBODY = Name("누구나", "Anybody", "الجميع")
_RESIDENTS = Name(
    "서울에 살거나 일하거나 공부하는 분",
    "People who live, work or study in Seoul",
    "من يسكن سيول أو يعمل أو يدرس فيها",
)
_SIGN_UP = Name("홈페이지에서 가입해 주세요.", "Sign up on their page.", "سجّل في صفحتهم.")
_CALL = Name("전화로 시간을 정해 주세요.", "Call and agree on a time.", "اتصل لتحديد موعد.")
_ID = Name("첫날 신분증을 보여 주세요.", "Show your identity card on the first day.", "أبرز هويتك في اليوم الأول.")
_EASY = Access.STEP_FREE | Access.ACCESSIBLE_TOILET

RUNS: Final = (
    Run(
        of="dureban-tools",
        slug="dureban-tool-library",
        name=Name("두레반 공구도서관", "Dureban Tool Library", "مكتبة أدوات دوريبان"),
        summary=Name(
            "드릴부터 사다리까지 사흘 동안 빌려드려요.",
            "From drills to ladders, for up to three days.",
            "من المثقاب إلى السلّم لمدة تصل إلى ثلاثة أيام.",
        ),
        kinds="thing",
        price="deposit",
        price_words=Name(
            "보증금 1만 원은 반납할 때 돌려드립니다.",
            "You get the deposit of ₩10,000 back with the tool.",
            "يُعاد التأمين البالغ 10,000 وون عند إرجاع الأداة.",
        ),
        audience=_RESIDENTS,
        opening=Name("화–토 10:00–19:00", "Tue–Sat 10:00–19:00", "من الثلاثاء إلى السبت، من 10:00 إلى 19:00"),
        steps=(
            _SIGN_UP,
            _ID,
            Name("공구를 고르고 가져가세요.", "Choose a tool and take it along.", "اختر أداة وخذها معك."),
        ),
        access=_EASY,
    ),
    Run(
        of="dureban-tools",
        slug="dureban-repair-cafe",
        name=Name("고쳐 쓰는 토요일", "Repair Saturday", "سبت الإصلاح"),
        summary=Name(
            "고장 난 물건을 들고 오세요. 함께 고칩니다.",
            "Bring what is broken; we mend it together.",
            "أحضر ما تعطّل لنصلحه معًا.",
        ),
        kinds="event skill",
        price="donation",
        audience=_ANYBODY,
        opening=Name(
            "매달 둘째 토요일 14:00–17:00",
            "Every second Saturday of the month, 14:00–17:00",
            "السبت الثاني من كل شهر، من 14:00 إلى 17:00",
        ),
        access=_EASY,
    ),
    Run(
        of="dureban-tools",
        slug="dureban-first-drill",
        name=Name("처음 잡는 드릴", "My First Drill", "مثقابي الأول"),
        summary=Name(
            "두 시간이면 벽에 선반을 달 수 있어요.",
            "Two hours, and you can put up a shelf.",
            "ساعتان ويمكنك تركيب رف.",
        ),
        kinds="skill",
        price="paid",
        price_words=Name("재료비 5천 원", "₩5,000 for the material", "5,000 وون للمواد"),
        steps=(_SIGN_UP, Name("편한 옷을 입고 오세요.", "Come in clothes that may get dirty.", "احضر بملابس مريحة.")),
    ),
    Run(
        of="onmaeul-foundation",
        slug="onmaeul-kitchen",
        name=Name("온마을 부엌", "Onmaeul Kitchen", "مطبخ أونمايل"),
        summary=Name(
            "스무 명이 함께 요리하고 먹는 부엌입니다.",
            "A kitchen in which twenty people cook and eat together.",
            "مطبخ يطبخ فيه عشرون شخصًا ويأكلون معًا.",
        ),
        kinds="space",
        price="mixed",
        price_words=Name(
            "주민 모임은 무료, 그 밖에는 시간당 1만 원",
            "Free for residents' groups, ₩10,000 an hour for others",
            "مجانًا لمجموعات السكان و10,000 وون للساعة لغيرهم",
        ),
        steps=(
            _CALL,
            Name("쓰고 나면 함께 치웁니다.", "Clean up together afterwards.", "نظفوا المكان معًا بعد الاستخدام."),
        ),
        access=_EASY | Access.LIFT,
    ),
    Run(
        of="onmaeul-foundation",
        slug="onmaeul-table",
        name=Name("한 끼 식탁", "One Meal Table", "مائدة وجبة واحدة"),
        summary=Name(
            "혼자 사는 이웃과 수요일 저녁을 함께 먹어요.",
            "A Wednesday supper with neighbours who live alone.",
            "عشاء الأربعاء مع الجيران الذين يعيشون وحدهم.",
        ),
        kinds="event",
        price="donation",
        audience=_ANYBODY,
    ),
    Run(
        of=BIKES,
        slug="cargo-bikes",
        name=Name("짐자전거 함께 타기", "Shared Cargo Bikes", "دراجات نقل مشتركة"),
        summary=Name(
            "앱으로 열고, 80 kg까지 실어요.",
            "Unlocked by the app, loaded with up to 80 kg.",
            "تُفتح بالتطبيق وتحمل حتى 80 كغ.",
        ),
        kinds="vehicle",
        price="paid",
        price_words=Name("30분 1천 원", "₩1,000 for half an hour", "1,000 وون لنصف ساعة"),
        audience=Name("만 16세 이상", "From 16 years on", "من عمر 16 عامًا"),
        opening=Name("매일 06:00–23:00", "Every day 06:00–23:00", "يوميًا من 06:00 إلى 23:00"),
        gu="mapo eunpyeong",
        steps=(
            Name("앱을 설치하고 가입하세요.", "Install the app and sign up.", "ثبّت التطبيق وسجّل."),
            Name("가까운 자전거의 QR을 찍으세요.", "Scan the code of a bike near you.", "امسح رمز دراجة قريبة."),
            Name("같은 자리에 돌려놓으세요.", "Bring it back to where it stood.", "أعدها إلى مكانها."),
        ),
        apps="ios android",
    ),
    Run(
        of=BIKES,
        slug="bike-mending-day",
        name=Name("자전거 고치는 날", "Bike Mending Day", "يوم إصلاح الدراجات"),
        summary=Name(
            "내 자전거를 내 손으로 고치는 법을 배워요.",
            "Learn to mend your own bike with your own hands.",
            "تعلّم إصلاح دراجتك بيديك.",
        ),
        kinds="event skill",
        gu="mapo",
    ),
    Run(
        of=SHELVES,
        slug="lane-shelves",
        name=Name("골목 책장", "Lane Shelves", "رفوف الأزقة"),
        summary=Name(
            "열두 골목의 책장에서 꺼내 읽고 다시 넣어요.",
            "Take a book from one of twelve shelves, and put one back.",
            "خذ كتابًا من أحد اثني عشر رفًّا وأعد غيره.",
        ),
        kinds="thing knowledge",
        audience=_ANYBODY,
        gu="eunpyeong",
    ),
    Run(
        of=SHELVES,
        slug="human-books",
        name=Name("사람책 읽기", "Human Books", "كتب بشرية"),
        summary=Name(
            "소방관, 해녀, 장인의 이야기를 한 시간 빌려요.",
            "Borrow an hour with a firefighter, a diver, a craftsman.",
            "استعر ساعة مع رجل إطفاء أو غوّاصة أو حرفي.",
        ),
        kinds="knowledge event",
        price="donation",
        steps=(_SIGN_UP, Name("만날 사람을 고르세요.", "Choose whom to meet.", "اختر من تقابل.")),
    ),
    Run(
        of=SUITS,
        slug="interview-suits",
        name=Name("면접 정장 빌리기", "Suits for Interviews", "بدلات للمقابلات"),
        summary=Name(
            "윗옷부터 구두까지 나흘 동안 한 벌.",
            "From jacket to shoes, one outfit for four days.",
            "من السترة إلى الحذاء طقم كامل لأربعة أيام.",
        ),
        kinds="thing",
        price="paid",
        price_words=Name(
            "한 벌 2만 원, 청년 연 10회 무료",
            "₩20,000; free ten times a year up to age 39",
            "20,000 وون، ومجانًا عشر مرات في السنة حتى سن 39",
        ),
        audience=_RESIDENTS,
        opening=Name("월–토 10:00–20:00", "Mon–Sat 10:00–20:00", "من الاثنين إلى السبت، من 10:00 إلى 20:00"),
        steps=(
            Name("홈페이지에서 방문 시간을 예약하세요.", "Book a visit on their page.", "احجز موعد زيارة على صفحتهم."),
            Name("치수를 재고 옷을 고르세요.", "Be measured and choose.", "خذ المقاس واختر."),
            Name("나흘 안에 돌려주세요.", "Bring it back within four days.", "أعدها خلال أربعة أيام."),
        ),
        access=Access.STEP_FREE | Access.LIFT,
    ),
    Run(
        of=SUITS,
        slug="give-a-suit",
        name=Name("정장 물려주기", "Give a Suit", "تبرع ببدلة"),
        summary=Name(
            "안 입는 정장을 다음 사람에게 보내 주세요.",
            "Send on the suit that you wear no more.",
            "أرسل البدلة التي لم تعد ترتديها.",
        ),
        kinds="thing",
    ),
    Run(
        of=HOMES,
        slug="room-with-a-senior",
        name=Name("세대 함께 살기", "A Room with a Senior", "غرفة مع أحد كبار السن"),
        summary=Name(
            "시세의 절반으로 살고, 말벗이 되어 드려요.",
            "Live for half the usual rent, and keep each other company.",
            "اسكن بنصف الإيجار المعتاد وكن رفيقًا لصاحب البيت.",
        ),
        kinds="home",
        price="paid",
        audience=Name(
            "서울의 대학·대학원생과 60세 이상 어르신",
            "Students in Seoul, and seniors of 60 and older",
            "طلاب جامعات سيول ومن بلغ 60 عامًا فأكثر",
        ),
        steps=(
            _CALL,
            Name("집을 보고 서로 인사해요.", "See the home and meet each other.", "زر البيت وتعارفا."),
            Name("함께 지킬 약속을 적어요.", "Write down what you both keep to.", "اكتبا ما تلتزمان به معًا."),
        ),
    ),
    Run(
        of=LESSONS,
        slug="time-bank",
        name=Name("동네 시간은행", "Neighbourhood Time Bank", "بنك الوقت في الحي"),
        summary=Name(
            "한 시간 가르치면 한 시간 배울 수 있어요.",
            "Teach for an hour, learn for an hour.",
            "علّم ساعة وتعلّم ساعة.",
        ),
        kinds="skill knowledge",
        audience=_ANYBODY,
        steps=(
            _SIGN_UP,
            Name("가르칠 것을 하나 적으세요.", "Write down one thing you can teach.", "اكتب شيئًا يمكنك تعليمه."),
        ),
        apps="android",
    ),
    Run(
        of=LESSONS,
        slug="evening-lessons",
        name=Name("저녁 한 수업", "Evening Lessons", "دروس المساء"),
        summary=Name(
            "퇴근길에 배우는 기타, 아랍어, 막걸리 빚기.",
            "Guitar, Arabic or rice wine on the way home from work.",
            "غيتار أو عربية أو طبخ كوري بعد العمل.",
        ),
        kinds="skill event",
        price="mixed",
    ),
    Run(
        of=TOYS,
        slug="toy-swap",
        name=Name("장난감 바꾸는 토요일", "Toy Swap Saturday", "سبت تبادل الألعاب"),
        summary=Name(
            "안 노는 장난감을 들고 와서 새 친구를 데려가요.",
            "Bring a toy that rests, take one that plays.",
            "أحضر لعبة لم تعد تُستعمل وخذ غيرها.",
        ),
        kinds="thing event",
        gu="seongbuk",
        audience=_ANYBODY,
    ),
    Run(
        of=GARDENS,
        slug="roof-plots",
        name=Name("옥상 텃밭 한 평", "A Plot on the Roof", "قطعة على السطح"),
        summary=Name(
            "한 평을 한 해 동안 가꾸고 거둬요.",
            "A square plot for a year, to sow and to reap.",
            "قطعة صغيرة لمدة عام لتزرع وتحصد.",
        ),
        kinds="space",
        price="paid",
        price_words=Name("한 해 3만 원", "₩30,000 a year", "30,000 وون في السنة"),
        gu="mapo",
    ),
)


def service_drafts(made: "dict[str, Organisation]", districts: "dict[str, District]") -> Iterator[ServiceDraft]:
    by_slug = {district.slug: district.pk for district in districts.values()}
    for run in RUNS:
        yield ServiceDraft(
            organisation_id=made[run.of].pk,
            slug=run.slug,
            names=run.name.words(),
            summaries=run.summary.words(),
            kinds=run.kinds.split(),
            languages=("ko",),
            price_level=run.price,
            price_words=_words(run.price_words),
            audience=_words(run.audience),
            opening=_words(run.opening),
            is_citywide=not run.gu,
            district_ids=[by_slug[slug] for slug in run.gu.split()],
            steps=[step.words() for step in run.steps],
            url=f"https://{run.of}.example/{run.slug}",
            app_links={name: f"https://{run.of}.example/{name}" for name in run.apps.split()},
            access=run.access,
        )


def _words(name: Name | None) -> dict[str, str]:
    return name.words() if name else {}
