"""A small table of the national standard, as a publisher would release it."""

from collections.abc import Mapping
from pathlib import Path

ROW = {
    "개방시설명": "당산2동주민센터 프로그램실",
    "개방장소명": "당산2동주민센터",
    "개방시설유형구분": "강의실",
    "휴관일": "토.일요일",
    "평일운영시작시각": "09:00",
    "평일운영종료시각": "18:00",
    "주말운영시작시각": "00:00",
    "주말운영종료시각": "00:00",
    "유료사용여부": "Y",
    "사용기준시간": "2",
    "사용료": "20000",
    "초과사용단위시간": "1",
    "초과사용료": "5000",
    "수용가능인원수": "20",
    "면적": "60.5",
    "부대시설정보": "책상+의자",
    "신청방법구분": "인터넷+방문+전화",
    "시설사진정보": "",
    "소재지도로명주소": "서울특별시 영등포구 당산로 235",
    "소재지지번주소": "",
    "관리기관명": "서울특별시 영등포구청",
    "담당부서명": "당산2동주민센터",
    "사용안내전화번호": "02-2670-1134",
    "홈페이지주소": "https://yeyak.seoul.go.kr",
    "위도": "37.53470865",
    "경도": "126.902077",
    "데이터기준일자": "2022-09-30",
    "제공기관코드": "3180000",
    "제공기관명": "서울특별시 영등포구",
}


def room(number: int, **changed: str) -> dict[str, str]:
    """A room of the community centre; its number makes its name, and so its key."""
    return ROW | {"개방시설명": f"당산2동주민센터 {number}호"} | changed


def rooms(count: int, **changed: str) -> list[dict[str, str]]:
    return [room(number, **changed) for number in range(1, count + 1)]


def csv_of(rows: list[dict[str, str]]) -> bytes:
    lines = [",".join(ROW), *(",".join(row.values()) for row in rows)]
    return "\r\n".join(lines).encode("cp949")


def write_csv(folder: Path, *rows: Mapping[str, str], name: str = "rooms.csv") -> str:
    """The table as a file; returns its path."""
    path = folder / name
    path.write_bytes(csv_of([dict(row) for row in rows]))
    return str(path)
