"""Who else shares in the demo city, each made up, with what they are known for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sharingcity.directory.drafts import OrganisationDraft
from sharingcity.site.demo.districts import Name

if TYPE_CHECKING:
    from sharingcity.directory.models import District


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharer:
    """An organisation of the demo's directory; `gu` is its district's slug."""

    slug: str
    form: str
    name: Name
    about: Name
    fields: str
    problems: str
    languages: str = "ko"
    gu: str = ""
    phone: str = ""
    email: str = ""


BIKES: Final = "bakwihana"
SHELVES: Final = "haetsal-shelves"
SUITS: Final = "bom-wardrobe"
HOMES: Final = "one-roof"
LESSONS: Final = "dongne-teachers"
TOYS: Final = "seongbuk-toys"
GARDENS: Final = "mapo-gardeners"

SHARERS: Final = (
    Sharer(
        slug=BIKES,
        form="cooperative",
        name=Name("바퀴하나 협동조합", "Bakwihana Cooperative", "تعاونية باكويهانا"),
        about=Name(
            "장보기와 이사에 쓰는 짐자전거를 이웃과 함께 탑니다.",
            "Cargo bikes that neighbours share for shopping and moving house.",
            "دراجات نقل يتشاركها الجيران للتسوق ونقل الأثاث.",
        ),
        fields="vehicle skill",
        problems="environment traffic",
        languages="ko en",
        gu="mapo",
        phone="02-000-4101",
        email="hello@bakwihana.example",
    ),
    Sharer(
        slug=SHELVES,
        form="non_profit",
        name=Name("햇살책장", "Haetsal Shelves", "رفوف هاتسال"),
        about=Name(
            "골목마다 누구나 넣고 꺼내는 책장을 놓습니다.",
            "Puts bookshelves in the lanes, from which everybody takes and gives.",
            "تضع في الأزقة رفوف كتب يأخذ منها الجميع ويضيفون إليها.",
        ),
        fields="thing knowledge event",
        problems="culture environment",
        gu="eunpyeong",
        phone="02-000-4102",
        email="books@haetsal.example",
    ),
    Sharer(
        slug=SUITS,
        form="social_enterprise",
        name=Name("봄옷장", "Bom Wardrobe", "خزانة بوم"),
        about=Name(
            "면접 보는 청년에게 기증받은 정장을 빌려드립니다.",
            "Lends donated suits to young people on their way to an interview.",
            "تعير الشباب بدلات متبرعًا بها لمقابلات العمل.",
        ),
        fields="thing",
        problems="economy",
        languages="ko en",
        gu="gwangjin",
        phone="02-000-4103",
        email="spring@bomot.example",
    ),
    Sharer(
        slug=HOMES,
        form="non_profit",
        name=Name("한지붕 이웃", "Neighbours Under One Roof", "جيران تحت سقف واحد"),
        about=Name(
            "빈방이 있는 어르신과 방을 찾는 청년을 이어 드립니다.",
            "Brings together seniors with a spare room and students who look for one.",
            "تصل كبار السن ممن لديهم غرفة شاغرة بالطلاب الباحثين عن سكن.",
        ),
        fields="home",
        problems="welfare",
        gu="seongbuk",
        phone="02-000-4104",
        email="roof@hanjibung.example",
    ),
    Sharer(
        slug=LESSONS,
        form="company",
        name=Name("동네선생", "Dongne Teachers", "معلمو الحي"),
        about=Name(
            "이웃이 이웃에게 가르칩니다. 한 시간을 주고 한 시간을 받아요.",
            "Neighbours teach neighbours: an hour given is an hour received.",
            "جيران يعلّمون جيرانهم: ساعة بساعة.",
        ),
        fields="skill knowledge",
        problems="economy culture",
        languages="ko en ar",
        phone="02-000-4105",
        email="learn@dongne.example",
    ),
    Sharer(
        slug=TOYS,
        form="residents_group",
        name=Name("성북 장난감 이웃", "Seongbuk Toy Neighbours", "جيران الألعاب في سونغبوك"),
        about=Name(
            "아이가 자라면 다음 아이에게. 주말마다 장난감을 바꿉니다.",
            "When a child has grown, the next one plays: toys change hands every weekend.",
            "حين يكبر طفل يلعب غيره: تتبدل الألعاب كل نهاية أسبوع.",
        ),
        fields="thing",
        problems="welfare environment",
        gu="seongbuk",
        email="toys@seongbuk-neighbours.example",
    ),
    Sharer(
        slug=GARDENS,
        form="residents_group",
        name=Name("마포 텃밭지기", "Mapo Gardeners", "بستانيو مابو"),
        about=Name(
            "옥상과 빈터를 함께 일구고 거둔 것을 나눕니다.",
            "Gardens on roofs and empty lots, and a harvest for all.",
            "حدائق على الأسطح والأراضي الخالية ومحصول للجميع.",
        ),
        fields="space event",
        problems="environment welfare",
        gu="mapo",
        phone="02-000-4107",
    ),
)
# The same as the company that lends tools, entered a second time from an old list.
TWIN: Final = Sharer(
    slug="dureban",
    form="company",
    name=Name("(주)두레반 공구 나눔", "Dureban Tool Sharing", "دوريبان لمشاركة الأدوات"),
    about=Name("공구를 빌려드립니다.", "Lends tools.", "تعير الأدوات."),
    fields="thing",
    problems="environment",
    phone="02-000-4100",
)


def draft_of(one: Sharer, districts: "dict[str, District]") -> OrganisationDraft:
    by_slug = {district.slug: district.pk for district in districts.values()}
    return OrganisationDraft(
        slug=one.slug,
        legal_form=one.form,
        names=one.name.words(),
        descriptions=one.about.words(),
        fields=one.fields.split(),
        problems=one.problems.split(),
        languages=one.languages.split(),
        district_id=by_slug.get(one.gu),
        phone=one.phone,
        email=one.email,
        shown_contacts=("phone", "email") if one.email else ("phone",),
        url=f"https://{one.slug}.example/" if one.email else "",
    )


def sharer_drafts(districts: "dict[str, District]") -> Iterator[OrganisationDraft]:
    for one in SHARERS:
        yield draft_of(one, districts)
