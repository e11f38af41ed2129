"""The 25 districts of Seoul: official codes, names, rough centres and some of their neighbourhoods.

Public facts, written down by hand and rounded; shapes are drawn from the centres by `shapes`.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Name:
    """One name in the languages that the hub ships."""

    ko: str
    en: str
    ar: str

    def words(self) -> dict[str, str]:
        return {"ko": self.ko, "en": self.en, "ar": self.ar}


@dataclass(frozen=True, slots=True)
class DistrictFacts:
    """`points` are (lat, lng): the centre first, then others that pull the schematic shape to where the area lies."""

    code: str
    name: Name
    is_north: bool
    points: tuple[tuple[float, float], ...]
    dongs: tuple[Name, ...]


def _district(code: str, names: str, bank: str, points: str, dongs: str) -> DistrictFacts:
    return DistrictFacts(
        code=code,
        name=_name(names),
        is_north=bank == "north",
        points=tuple((float(lat), float(lng)) for lat, lng in (pair.split(",") for pair in points.split())),
        dongs=tuple(_name(text) for text in dongs.split("; ")),
    )


def _name(text: str) -> Name:
    ko, en, ar = text.split("|")
    return Name(ko, en, ar)


DISTRICTS: Final = (
    _district(
        "11110", "종로구|Jongno-gu|جونغنو-غو", "north", "37.585,126.983 37.602,126.968 37.574,127.010",
        "혜화동|Hyehwa-dong|هيهوا-دونغ; 사직동|Sajik-dong|ساجيك-دونغ; 부암동|Buam-dong|بوام-دونغ",
    ),
    _district(
        "11140", "중구|Jung-gu|جونغ-غو", "north", "37.561,126.996 37.561,126.975 37.559,127.013",
        "필동|Pil-dong|بيل-دونغ; 약수동|Yaksu-dong|ياكسو-دونغ; 신당동|Sindang-dong|سيندانغ-دونغ",
    ),
    _district(
        "11170", "용산구|Yongsan-gu|يونغسان-غو", "north", "37.533,126.983 37.535,127.001 37.541,126.968",
        "한남동|Hannam-dong|هانام-دونغ; 이촌동|Ichon-dong|إيتشون-دونغ; 후암동|Huam-dong|هوام-دونغ",
    ),
    _district(
        "11200", "성동구|Seongdong-gu|سونغدونغ-غو", "north", "37.551,127.041 37.556,127.025",
        "성수동|Seongsu-dong|سونغسو-دونغ; 금호동|Geumho-dong|غومهو-دونغ; 응봉동|Eungbong-dong|أونغبونغ-دونغ",
    ),
    _district(
        "11215", "광진구|Gwangjin-gu|غوانغجين-غو", "north", "37.547,127.086 37.560,127.085 37.536,127.072",
        "구의동|Guui-dong|غوئي-دونغ; 자양동|Jayang-dong|جايانغ-دونغ; 중곡동|Junggok-dong|جونغغوك-دونغ",
    ),
    _district(
        "11230", "동대문구|Dongdaemun-gu|دونغديمون-غو", "north", "37.582,127.053 37.575,127.038 37.592,127.058",
        "회기동|Hoegi-dong|هويغي-دونغ; 이문동|Imun-dong|إيمون-دونغ; 전농동|Jeonnong-dong|جونّونغ-دونغ",
    ),
    _district(
        "11260", "중랑구|Jungnang-gu|جونغنانغ-غو", "north", "37.598,127.093 37.583,127.088 37.611,127.092",
        "면목동|Myeonmok-dong|ميونموك-دونغ; 상봉동|Sangbong-dong|سانغبونغ-دونغ; 망우동|Mangu-dong|مانغو-دونغ",
    ),
    _district(
        "11290", "성북구|Seongbuk-gu|سونغبوك-غو", "north", "37.605,127.018 37.611,126.998 37.604,127.045",
        "정릉동|Jeongneung-dong|جونغنونغ-دونغ; 길음동|Gireum-dong|غيروم-دونغ; 돈암동|Donam-dong|دونام-دونغ",
    ),
    _district(
        "11305", "강북구|Gangbuk-gu|غانغبوك-غو", "north", "37.640,127.017 37.648,126.998 37.628,127.030",
        "수유동|Suyu-dong|سويو-دونغ; 미아동|Mia-dong|ميا-دونغ; 번동|Beon-dong|بون-دونغ",
    ),
    _district(
        "11320", "도봉구|Dobong-gu|دوبونغ-غو", "north", "37.668,127.033 37.683,127.025 37.652,127.037",
        "창동|Chang-dong|تشانغ-دونغ; 쌍문동|Ssangmun-dong|سانغمون-دونغ; 방학동|Banghak-dong|بانغهاك-دونغ",
    ),
    _district(
        "11350", "노원구|Nowon-gu|نوون-غو", "north", "37.653,127.075 37.676,127.067 37.628,127.080",
        "상계동|Sanggye-dong|سانغيه-دونغ; 공릉동|Gongneung-dong|غونغنونغ-دونغ; 중계동|Junggye-dong|جونغيه-دونغ",
    ),
    _district(
        "11380", "은평구|Eunpyeong-gu|أونبيونغ-غو", "north", "37.617,126.924 37.640,126.930 37.598,126.912",
        "불광동|Bulgwang-dong|بولغوانغ-دونغ; 응암동|Eungam-dong|أونغام-دونغ; 진관동|Jingwan-dong|جينغوان-دونغ",
    ),
    _district(
        "11410", "서대문구|Seodaemun-gu|سوديمون-غو", "north", "37.578,126.938 37.568,126.948 37.588,126.948",
        "홍제동|Hongje-dong|هونغجيه-دونغ; 연희동|Yeonhui-dong|يونهي-دونغ; 신촌동|Sinchon-dong|سينتشون-دونغ",
    ),
    _district(
        "11440", "마포구|Mapo-gu|مابو-غو", "north", "37.558,126.908 37.575,126.886 37.545,126.945",
        "망원동|Mangwon-dong|مانغوون-دونغ; 연남동|Yeonnam-dong|يوننام-دونغ; 공덕동|Gongdeok-dong|غونغدوك-دونغ",
    ),
    _district(
        "11470", "양천구|Yangcheon-gu|يانغتشون-غو", "south", "37.523,126.856 37.528,126.838 37.528,126.874",
        "목동|Mok-dong|موك-دونغ; 신월동|Sinwol-dong|سينوول-دونغ; 신정동|Sinjeong-dong|سينجونغ-دونغ",
    ),
    _district(
        "11500", "강서구|Gangseo-gu|غانغسو-غو", "south", "37.560,126.823 37.572,126.805 37.548,126.855",
        "화곡동|Hwagok-dong|هواغوك-دونغ; 방화동|Banghwa-dong|بانغهوا-دونغ; 등촌동|Deungchon-dong|دونغتشون-دونغ",
    ),
    _district(
        "11530", "구로구|Guro-gu|غورو-غو", "south", "37.494,126.857 37.492,126.833 37.497,126.884",
        "개봉동|Gaebong-dong|غيبونغ-دونغ; 오류동|Oryu-dong|أوريو-دونغ; 구로동|Guro-dong|غورو-دونغ",
    ),
    _district(
        "11545", "금천구|Geumcheon-gu|غومتشون-غو", "south", "37.459,126.901 37.474,126.893",
        "독산동|Doksan-dong|دوكسان-دونغ; 시흥동|Siheung-dong|سيهونغ-دونغ; 가산동|Gasan-dong|غاسان-دونغ",
    ),
    _district(
        "11560", "영등포구|Yeongdeungpo-gu|يونغدونغبو-غو", "south", "37.521,126.908 37.508,126.906 37.525,126.925",
        "당산동|Dangsan-dong|دانغسان-دونغ; 여의동|Yeoui-dong|يوئي-دونغ; 문래동|Mullae-dong|موليه-دونغ",
    ),
    _district(
        "11590", "동작구|Dongjak-gu|دونغجاك-غو", "south", "37.502,126.951 37.495,126.974 37.498,126.928",
        "사당동|Sadang-dong|سادانغ-دونغ; 상도동|Sangdo-dong|سانغدو-دونغ; 노량진동|Noryangjin-dong|نوريانغجين-دونغ",
    ),
    _district(
        "11620", "관악구|Gwanak-gu|غواناك-غو", "south", "37.467,126.945 37.475,126.928 37.474,126.966",
        "신림동|Sillim-dong|سيليم-دونغ; 낙성대동|Nakseongdae-dong|ناكسونغديه-دونغ; 중앙동|Jungang-dong|جونغانغ-دونغ",
    ),
    _district(
        "11650", "서초구|Seocho-gu|سوتشو-غو", "south", "37.484,127.008 37.500,127.002 37.458,127.040",
        "방배동|Bangbae-dong|بانغبيه-دونغ; 양재동|Yangjae-dong|يانغجيه-دونغ; 반포동|Banpo-dong|بانبو-دونغ",
    ),
    _district(
        "11680", "강남구|Gangnam-gu|غانغنام-غو", "south", "37.500,127.055 37.517,127.043 37.474,127.088",
        "역삼동|Yeoksam-dong|يوكسام-دونغ; 대치동|Daechi-dong|ديتشي-دونغ; 개포동|Gaepo-dong|غيبو-دونغ",
    ),
    _district(
        "11710", "송파구|Songpa-gu|سونغبا-غو", "south", "37.502,127.115 37.512,127.095 37.485,127.128",
        "잠실동|Jamsil-dong|جامسيل-دونغ; 가락동|Garak-dong|غاراك-دونغ; 문정동|Munjeong-dong|مونجونغ-دونغ",
    ),
    _district(
        "11740", "강동구|Gangdong-gu|غانغدونغ-غو", "south", "37.549,127.147 37.535,127.137 37.560,127.172",
        "천호동|Cheonho-dong|تشونهو-دونغ; 길동|Gil-dong|غيل-دونغ; 암사동|Amsa-dong|أمسا-دونغ",
    ),
)  # fmt: skip
