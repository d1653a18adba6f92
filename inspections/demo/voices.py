"""What residents said: complaints, each with a case of its own, and who they would be. None of
them is a real person, and no telephone number can be called."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import numpy as np

from geo.models import Estate
from inspections.clocks import Matter, Step
from inspections.demo.casework import Casework, Fault
from inspections.demo.copying import hex_points
from inspections.demo.ground import degrees
from inspections.demo.people import Staff
from inspections.demo.register import Entered
from inspections.demo.stories import DAY_MS, HOUR_MS, MINUTE_MS
from inspections.models import Channel, Complainant, Complaint
from inspections.services.complaints.reading import UNTITLED, fingerprint
from people.models import User

# One for so many inspections, and some at least.
SELDOM, LEAST = 120, 24
# Title, what was said, and how severe it is taken to be.
SAID = (
    ("楼道堆放杂物", "楼道里一直堆着纸箱和旧家具，叫了几次没人管，万一着火跑都跑不掉。", 2),
    ("电动车上楼充电", "有住户把电动车推进电梯上楼充电，晚上不敢睡。", 1),
    ("小区路灯不亮", "北门进来那一段路灯坏了半个月，老人晚上摔了一跤。", 3),
    ("消防通道被占", "消防通道天天停满车，救护车都进不来。", 1),
    ("充电棚插座松动", "充电棚里好几个插座松了，插上去冒火花。", 1),
    ("路灯太暗", "路灯换了以后比原来还暗，看不清台阶。", 3),
    ("飞线充电", "二楼有人从窗户拉线下来充电，下雨天很危险。", 1),
    ("充电桩扣费不充电", "扫码付了钱充不上电，打电话没人接。", 3),
    (UNTITLED, "小区大门口长期有人摆摊，进出很不方便。", 3),
)
CHANNELS = (Channel.PHONE, Channel.MINIAPP, Channel.HOTLINE, Channel.VISIT, Channel.LETTER)
SHARES = (0.35, 0.3, 0.2, 0.1, 0.05)
PLACES = ("3栋楼下", "北门", "地下车库入口", "1栋2单元楼道", "中心花园旁", "")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
TITLES = ("先生", "女士", "阿姨", "大爷")
REPLIES = (
    "您反映的问题已受理，社区已派人到现场核实，整改情况会及时告知。",
    "已责成物业整改，预计三个工作日内完成。",
    "已整改完毕，感谢您的反映。",
)
# Days until half of them are closed.
MEDIAN_DAYS = 4.0


@dataclass(frozen=True, slots=True)
class _Voice:
    id: UUID
    estate: Estate
    text: str
    channel: Channel
    place_told: str
    received_ms: int
    fault: Fault


class Voices:
    """In the order they came, handed to the casework with what was found meanwhile."""

    def __init__(
        self, seed: int, entered: Entered, staff: Staff, span: tuple[int, int], inspections: int
    ) -> None:
        self.chance = Random(f"{seed} voices {inspections}")  # noqa: S311
        self.entered, self.staff = entered, staff
        self.first_ms, self.end_ms = span
        walks = reversed(staff.walkers)
        self.inspectors = {each: walker.user.pk for walker in walks for each in walker.communities}
        count = max(LEAST, inspections // SELDOM) if inspections else 0
        told = [self._voice() for _ in range(count)]
        self.all = sorted(told, key=lambda each: (each.received_ms, each.id))
        self.taken = 0

    def until(self, ms: float) -> list[Fault]:
        """The cases of those that came before, and were not asked for yet."""
        begun = self.taken
        while self.taken < len(self.all) and self.all[self.taken].received_ms < ms:
            self.taken += 1
        return [each.fault for each in self.all[begun : self.taken]]

    def _voice(self) -> _Voice:
        chance = self.chance
        n = chance.randrange(len(self.entered.estates))
        estate = self.entered.estates[n]
        day = self.first_ms + DAY_MS * chance.randrange((self.end_ms - self.first_ms) // DAY_MS)
        received = day + int(HOUR_MS * chance.uniform(8.2, 17.2))
        entered = received + int(MINUTE_MS * chance.uniform(2, 20))
        closed = entered + int(DAY_MS * MEDIAN_DAYS * chance.lognormvariate(0, 0.9))
        title, text, severity = chance.choice(SAID)
        point = self.entered.town.estates[n].outline.representative_point()
        (place,) = hex_points(degrees(np.array([[point.x, point.y]])))
        bits = received << 80 | 0x7 << 76 | chance.getrandbits(12) << 64
        id = UUID(int=bits | 0b10 << 62 | chance.getrandbits(62))
        fault = Fault(
            key=id,
            source="complaint",
            community=estate.community_id,
            estate=estate.pk,
            asset=None,
            owner="",
            company=estate.company_id,
            kind="",
            item="",
            title=title,
            severity=severity,
            place=place,
            reported_ms=received,
            opened_ms=entered,
            closed_ms=closed if closed < self.end_ms else None,
            # Who looks again is never the officer who may have put it right.
            by=self.inspectors[estate.community_id],
        )
        channel = chance.choices(CHANNELS, SHARES)[0]
        return _Voice(id, estate, text, channel, chance.choice(PLACES), received, fault)

    def enter(self, casework: Casework) -> None:
        """The complaints themselves, once their cases are there."""
        clerk = User.objects.get(username="clerk")
        complaints = [self._complaint(n, each, casework, clerk) for n, each in enumerate(self.all)]
        Complaint.objects.bulk_create(complaints, batch_size=1000)
        Complainant.objects.bulk_create(
            [
                Complainant(
                    complaint=each,
                    name=self.chance.choice(SURNAMES) + self.chance.choice(TITLES),
                    # No network gives out numbers that begin so.
                    phone=f"100{self.chance.randrange(10**8):08}",
                    address=f"{each.place_told}(演示)" if each.place_told else "",
                    wants_reply=self.chance.random() < 0.8,
                )
                for each in complaints
                if self.chance.random() < 0.8
            ],
            batch_size=1000,
        )

    def _complaint(self, n: int, told: _Voice, casework: Casework, clerk: User) -> Complaint:
        chance, fault = self.chance, told.fault
        received, entered = _moment(told.received_ms), _moment(fault.opened_ms)
        matter = Matter("", "", fault.severity, False, received, received)
        limit = casework.told.limits.of(Step.REPLY, matter, entered)
        answered = _moment(fault.opened_ms + int(HOUR_MS * chance.uniform(0.5, 9)))
        replied = chance.random() < 0.88 and answered < _moment(self.end_ms)
        outside = f"GD{received:%Y%m%d}{n:05}" if told.channel == Channel.HOTLINE else ""
        sent = {"channel": told.channel.value, "text": told.text, "estate": told.estate.pk}
        return Complaint(
            id=told.id,
            case_id=fault.case,
            channel=told.channel,
            outside_number=outside,
            community_id=fault.community,
            estate=told.estate,
            place_told=told.place_told,
            text=told.text,
            received_at=received,
            entered_at=entered,
            entered_by=clerk,
            reply_due_at=limit.deadline(received, casework.told.working).at if limit else None,
            replied_at=answered if replied else None,
            replied_by=clerk if replied else None,
            reply=chance.choice(REPLIES) if replied else "",
            content_sha256=fingerprint(sent | {"received_at": received.isoformat()}),
        )


def _moment(ms: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)
