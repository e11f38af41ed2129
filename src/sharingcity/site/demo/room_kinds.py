"""What rooms public buildings have, and how they are spoken of."""

from dataclasses import dataclass
from typing import Final

from sharingcity.site.demo.districts import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomKind:
    """`area_m2` and `square_metres_a_person` give size and capacity; `openings` begin the description."""

    category: str
    name: Name
    area_m2: tuple[int, int]
    square_metres_a_person: float
    openings: tuple[Name, ...]
    equipment: tuple[str, ...]
    turnaround_minutes: int = 0
    is_for_food: bool = False


EQUIPMENT: Final = {
    "whiteboard": Name("화이트보드", "a whiteboard", "سبورة بيضاء"),
    "screen": Name("대형 화면", "a large screen", "شاشة كبيرة"),
    "tables": Name("이동식 책상", "movable tables", "طاولات متحركة"),
    "chairs": Name("접이식 의자", "folding chairs", "كراسٍ قابلة للطي"),
    "wifi": Name("무선 인터넷", "wireless internet", "إنترنت لاسلكي"),
    "sound": Name("음향 시설", "a sound system", "نظام صوتي"),
    "stage": Name("무대 조명", "stage lighting", "إضاءة مسرح"),
    "mirror": Name("전면 거울", "a wall of mirrors", "جدار مرايا"),
    "mats": Name("운동 매트", "exercise mats", "حصائر رياضية"),
    "drums": Name("드럼과 앰프", "drums and amplifiers", "طبول ومكبرات صوت"),
    "piano": Name("피아노", "a piano", "بيانو"),
    "stoves": Name("인덕션과 오븐", "induction hobs and an oven", "مواقد حثية وفرن"),
    "dishes": Name("그릇과 조리도구", "dishes and cooking tools", "أطباق وأدوات طبخ"),
    "coffee": Name("커피포트", "a kettle", "غلاية ماء"),
    "rails": Name("전시 레일과 조명", "picture rails and spotlights", "قضبان عرض وإضاءة موجهة"),
    "lockers": Name("사물함", "lockers", "خزائن"),
}

KINDS: Final = {
    "meeting": RoomKind(
        category="meeting-room",
        name=Name("회의실", "Meeting room", "قاعة اجتماعات"),
        area_m2=(34, 62),
        square_metres_a_person=2.1,
        equipment=("whiteboard", "screen", "tables", "wifi"),
        openings=(
            Name(
                "창이 넓어 낮에도 저녁에도 밝은 회의실입니다.",
                "A meeting room with wide windows, bright by day and in the evening.",
                "قاعة اجتماعات بنوافذ واسعة، مضيئة نهارًا ومساءً.",
            ),
            Name(
                "주민 모임과 작은 총회에 알맞은 회의실입니다.",
                "Made for neighbours' meetings and small assemblies.",
                "مناسبة لاجتماعات الجيران والجمعيات الصغيرة.",
            ),
            Name(
                "근무 시간이 끝난 뒤 누구나 쓸 수 있도록 열어 둔 회의실입니다.",
                "An office meeting room, open to everybody once the working day is over.",
                "قاعة اجتماعات إدارية تُفتح للجميع بعد انتهاء الدوام.",
            ),
        ),
    ),
    "small-meeting": RoomKind(
        category="meeting-room",
        name=Name("소회의실", "Small meeting room", "قاعة اجتماعات صغيرة"),
        area_m2=(20, 30),
        square_metres_a_person=2.2,
        equipment=("whiteboard", "wifi", "coffee"),
        openings=(
            Name(
                "여덟 명에서 열두 명이 둘러앉기 좋은 조용한 방입니다.",
                "A quiet room where eight to twelve people sit round one table.",
                "غرفة هادئة يجلس فيها ثمانية إلى اثني عشر شخصًا حول طاولة واحدة.",
            ),
            Name(
                "스터디와 상담에 자주 쓰이는 작은 회의실입니다.",
                "A small room often used for study groups and advice.",
                "غرفة صغيرة تُستخدم كثيرًا لمجموعات الدراسة والاستشارات.",
            ),
        ),
    ),
    "hall": RoomKind(
        category="hall",
        name=Name("대강당", "Main hall", "القاعة الكبرى"),
        area_m2=(226, 420),
        square_metres_a_person=2.0,
        equipment=("stage", "sound", "screen", "chairs"),
        turnaround_minutes=30,
        openings=(
            Name(
                "강연, 발표회, 마을 총회를 열 수 있는 강당입니다.",
                "A hall for lectures, recitals and village assemblies.",
                "قاعة للمحاضرات والعروض واجتماعات الحي.",
            ),
            Name(
                "무대와 객석이 있는 큰 강당입니다. 행사 뒤 30분은 정리 시간입니다.",
                "A large hall with a stage and seats; half an hour after each event is kept for tidying.",
                "قاعة كبيرة بمسرح ومقاعد، وتُترك نصف ساعة بعد كل فعالية للترتيب.",
            ),
        ),
    ),
    "multipurpose": RoomKind(
        category="multipurpose-room",
        name=Name("다목적실", "Multipurpose room", "قاعة متعددة الأغراض"),
        area_m2=(62, 120),
        square_metres_a_person=2.0,
        equipment=("tables", "chairs", "sound", "screen"),
        is_for_food=True,
        openings=(
            Name(
                "책상을 옮겨 수업, 모임, 작은 행사에 맞게 꾸밀 수 있습니다.",
                "Move the tables as you like: classes, meetings and small events all fit.",
                "يمكن تحريك الطاولات بحرية: تناسب الدروس واللقاءات والفعاليات الصغيرة.",
            ),
            Name(
                "동네 잔치부터 주말 강좌까지 여러 가지로 쓰는 넓은 방입니다.",
                "A wide room for everything from a neighbourhood feast to weekend courses.",
                "غرفة واسعة لكل شيء، من ولائم الحي إلى دورات نهاية الأسبوع.",
            ),
        ),
    ),
    "lounge": RoomKind(
        category="community-room",
        name=Name("주민사랑방", "Residents' lounge", "مجلس الأهالي"),
        area_m2=(26, 44),
        square_metres_a_person=2.4,
        equipment=("coffee", "wifi", "tables"),
        is_for_food=True,
        openings=(
            Name(
                "이웃과 차 한잔 나누며 이야기할 수 있는 편안한 방입니다.",
                "A comfortable room to talk with neighbours over tea.",
                "غرفة مريحة للحديث مع الجيران على فنجان شاي.",
            ),
            Name(
                "아이와 함께 와도 좋은 온돌방입니다. 신발을 벗고 들어오세요.",
                "A room with a heated floor, good with children. Please take off your shoes.",
                "غرفة بأرضية دافئة مناسبة للأطفال. يُرجى خلع الأحذية.",
            ),
        ),
    ),
    "lecture": RoomKind(
        category="lecture-room",
        name=Name("강의실", "Lecture room", "قاعة محاضرات"),
        area_m2=(52, 96),
        square_metres_a_person=1.9,
        equipment=("screen", "whiteboard", "tables", "sound"),
        openings=(
            Name(
                "화면을 보고 앉도록 책상을 줄지어 놓은 강의실입니다.",
                "A room with desks in rows, facing the screen.",
                "قاعة بمكاتب مصفوفة تواجه الشاشة.",
            ),
            Name(
                "평생학습 강좌가 없는 시간에 주민 모임이 쓸 수 있습니다.",
                "Free for residents' groups whenever no adult course is on.",
                "متاحة لمجموعات الأهالي حين لا تُعقد فيها دورات تعليم الكبار.",
            ),
        ),
    ),
    "seminar": RoomKind(
        category="meeting-room",
        name=Name("세미나실", "Seminar room", "قاعة ندوات"),
        area_m2=(24, 42),
        square_metres_a_person=2.2,
        equipment=("whiteboard", "screen", "wifi"),
        openings=(
            Name(
                "독서 모임과 공부 모임을 위한 도서관 안의 세미나실입니다.",
                "A seminar room inside the library, for reading circles and study groups.",
                "قاعة ندوات داخل المكتبة لحلقات القراءة ومجموعات الدراسة.",
            ),
            Name(
                "책장 사이에 있어 조용합니다. 작은 소리로 이야기해 주세요.",
                "Quiet, between the shelves: please keep your voices low.",
                "هادئة بين الرفوف: يُرجى خفض الصوت.",
            ),
        ),
    ),
    "club": RoomKind(
        category="community-room",
        name=Name("동아리방", "Club room", "غرفة النوادي"),
        area_m2=(24, 40),
        square_metres_a_person=2.3,
        equipment=("lockers", "tables", "wifi"),
        openings=(
            Name(
                "정기 모임을 위한 사물함이 있는 동아리방입니다.",
                "A club room with lockers for groups that meet regularly.",
                "غرفة نوادٍ فيها خزائن للمجموعات التي تجتمع بانتظام.",
            ),
            Name(
                "바느질, 그림, 글쓰기 동아리가 함께 쓰는 방입니다.",
                "Shared by sewing, drawing and writing circles.",
                "تتقاسمها حلقات الخياطة والرسم والكتابة.",
            ),
        ),
    ),
    "booths": RoomKind(
        category="performance",
        name=Name("음악연습실", "Music practice booths", "غرف تدريب موسيقي"),
        area_m2=(12, 18),
        square_metres_a_person=3.0,
        equipment=("drums", "piano"),
        openings=(
            Name(
                "방음이 된 연습실 세 칸 가운데 빈 곳을 쓰게 됩니다.",
                "Three soundproof booths; you get whichever is free.",
                "ثلاث غرف عازلة للصوت، ويُحجز لك الشاغر منها.",
            ),
        ),
    ),
    "dance": RoomKind(
        category="performance",
        name=Name("댄스연습실", "Dance studio", "استوديو رقص"),
        area_m2=(60, 90),
        square_metres_a_person=3.5,
        equipment=("mirror", "sound"),
        openings=(
            Name(
                "마루가 깔린 연습실입니다. 실내화를 꼭 신어 주세요.",
                "A studio with a wooden floor: indoor shoes, please.",
                "استوديو بأرضية خشبية: يُرجى ارتداء أحذية داخلية.",
            ),
            Name(
                "춤, 연극, 체조 연습에 두루 쓸 수 있습니다.",
                "For dance, theatre and gymnastics alike.",
                "للرقص والمسرح والجمباز على السواء.",
            ),
        ),
    ),
    "kitchen": RoomKind(
        category="kitchen",
        name=Name("공유부엌", "Shared kitchen", "مطبخ مشترك"),
        area_m2=(40, 64),
        square_metres_a_person=3.4,
        equipment=("stoves", "dishes"),
        turnaround_minutes=30,
        is_for_food=True,
        openings=(
            Name(
                "함께 요리하고 나누는 부엌입니다. 재료는 가져오세요.",
                "A kitchen to cook and share in. Bring your own ingredients.",
                "مطبخ للطبخ معًا ومشاركة الطعام. يُرجى إحضار المكونات.",
            ),
            Name(
                "요리 수업과 마을 밥상을 여는 부엌입니다. 이용 뒤 30분은 청소 시간입니다.",
                "For cookery classes and shared tables; half an hour after each use is for cleaning.",
                "لدروس الطبخ والموائد المشتركة، ونصف ساعة بعد كل استخدام للتنظيف.",
            ),
        ),
    ),
    "gym": RoomKind(
        category="gym",
        name=Name("체육실", "Sports room", "صالة رياضية"),
        area_m2=(140, 224),
        square_metres_a_person=4.5,
        equipment=("mats", "sound", "lockers"),
        openings=(
            Name(
                "배드민턴 코트 두 면이 들어가는 체육실입니다.",
                "Room for two badminton courts.",
                "تتسع لملعبي ريشة طائرة.",
            ),
            Name(
                "탁구, 요가, 어르신 체조에 쓰이는 체육실입니다.",
                "Used for table tennis, yoga and seniors' gymnastics.",
                "تُستخدم لتنس الطاولة واليوغا ورياضة كبار السن.",
            ),
        ),
    ),
    "gallery": RoomKind(
        category="exhibition",
        name=Name("전시실", "Exhibition room", "قاعة معارض"),
        area_m2=(80, 140),
        square_metres_a_person=2.8,
        equipment=("rails", "chairs"),
        openings=(
            Name(
                "주민 작품을 걸 수 있는 작은 전시실입니다.",
                "A small gallery for residents' own work.",
                "قاعة صغيرة لعرض أعمال الأهالي.",
            ),
        ),
    ),
}

NO_FOOD: Final = Name(
    "물 외의 음식물은 가지고 들어올 수 없습니다.",
    "Water only: no other food or drink, please.",
    "يُسمح بالماء فقط دون أي طعام أو شراب آخر.",
)
CLOSINGS: Final = (
    Name(
        "쓰신 뒤에는 책상과 의자를 처음 자리로 돌려놓아 주세요.",
        "Afterwards please put tables and chairs back where they were.",
        "بعد الاستخدام يُرجى إعادة الطاولات والكراسي إلى مكانها.",
    ),
    Name(
        "저녁에는 열쇠 담당자가 문을 열고 닫습니다. 늦으면 미리 전화해 주세요.",
        "In the evening a key-holder opens and closes. Call ahead when you are late.",
        "في المساء يفتح حامل المفاتيح الباب ويغلقه. عند التأخر يُرجى الاتصال مسبقًا.",
    ),
    Name(
        "쓰레기는 되가져가 주세요.",
        "Please take your rubbish with you.",
        "يُرجى أخذ النفايات عند المغادرة.",
    ),
    Name(
        "냉난방은 입구의 조절기로 켤 수 있습니다.",
        "Heating and cooling are switched on beside the door.",
        "تُشغَّل التدفئة والتبريد من جانب الباب.",
    ),
    Name(
        "처음 오시는 분께는 직원이 장비 사용법을 알려 드립니다.",
        "Staff show newcomers how the equipment works.",
        "يشرح الموظفون للقادمين الجدد طريقة استخدام الأجهزة.",
    ),
)
