"""The figures of volunteer service, M18 to M23.

Real emergencies and drills are never counted together. Rows are public: none shows an address or a text.
"""

from communities.enums.base import DocumentKind
from communities.models import PolicyDocument
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import DistinctOf, RatioOf, SumOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party
from volunteers.enums.base import PairingTier
from volunteers.enums.trainings import TrainingKind
from volunteers.models import (
    Activity,
    CadreDay,
    CadreFinding,
    CheckIn,
    DoorVisit,
    Emergency,
    PairingLink,
    Service,
    TeamTraining,
    TrainingAttendance,
    Volunteer,
    VolunteerTeam,
)

_DECLARED = ("area", "title", "is_drill", "level", "started_on", "ended_on")
_CHECKED_IN = ("area", "muster.emergency", "muster.place", "team", Column("人数（人）", "people"))

figures.add(Figure(
    key="emergency_responses", label="应急响应", unit="次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Emergency.objects.filter(started_on__lte=day, is_drill=False),
    columns=_DECLARED,
    definition="截至日由区级启动过的应急响应次数，不含演练，也不含待命后解除的。",
))  # fmt: skip

figures.add(Figure(
    key="emergency_drills", label="平急转换演练", unit="次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Emergency.objects.filter(started_on__lte=day, is_drill=True),
    columns=_DECLARED,
    definition="截至日启动过的平急转换演练次数，与真实的应急响应分开计。",
))  # fmt: skip

figures.add(Figure(
    key="mustered_people", label="应急集结到场", unit="人次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE, measure=SumOf("people"),
    records_as_of=lambda day: CheckIn.objects.by(day, drill=False),
    columns=_CHECKED_IN,
    definition="截至日在应急响应的集结中签到的人次，不含演练；同一人参加几次计几次。",
))  # fmt: skip

figures.add(Figure(
    key="drilled_people", label="演练集结到场", unit="人次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE, measure=SumOf("people"),
    records_as_of=lambda day: CheckIn.objects.by(day, drill=True),
    columns=_CHECKED_IN,
    definition="截至日在平急转换演练的集结中签到的人次，与真实的应急响应分开计。",
))  # fmt: skip

_PAIRED = ("area", "party_body", "started_on")
_HELD = ("area", "title", "held_on")

figures.add(Figure(
    key="cadre_days", label="干部一日体验", unit="人次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: CadreDay.objects.until(day, "done_on"),
    columns=("area", "kind", "unit", Column("日期", "done_on")),
    definition="截至日完成的“我当一天网格员”“我在社区上一天班”人次，未成行的不计。",
))  # fmt: skip

figures.add(Figure(
    key="cadre_findings", label="干部体验发现问题", unit="件",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: CadreFinding.objects.until(day, "found_on").exclude(
        event__state="invalid"
    ),
    columns=("area", "title", "found_on", Column("办理状态", "event.state")),
    definition="截至日干部一日体验中发现的问题件数，每件都已成为网格事件；不予受理的不计。",
))  # fmt: skip

figures.add(Figure(
    key="paired_communities", label="有机关单位包联的社区", unit="个",
    party=Party.VOLUNTEERS, kind=FigureKind.STOCK, measure=DistinctOf("area"),
    records_as_of=lambda day: PairingLink.objects.open_on(day).filter(
        tier=PairingTier.UNIT_COMMUNITY
    ),
    columns=_PAIRED,
    definition="截至日至少有一个机关单位党组织包联的社区数，同一社区只计一次。",
))  # fmt: skip

figures.add(Figure(
    key="paired_grids", label="有党支部包联的网格", unit="个",
    party=Party.VOLUNTEERS, kind=FigureKind.STOCK, measure=DistinctOf("area"),
    records_as_of=lambda day: PairingLink.objects.open_on(day).filter(
        tier=PairingTier.BRANCH_GRID
    ),
    columns=_PAIRED,
    definition="截至日至少有一个内设机构党支部包联的网格数，同一网格只计一次。",
))  # fmt: skip

figures.add(Figure(
    key="team_trainings", label="志愿队伍培训", unit="场",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: TeamTraining.objects.filter(held_on__lte=day, kind=TrainingKind.TRAINING),
    columns=_HELD,
    definition="截至日举办的志愿队伍培训场数，不含应急演练。",
))  # fmt: skip

figures.add(Figure(
    key="team_drills", label="志愿队伍应急演练", unit="场",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: TeamTraining.objects.filter(held_on__lte=day, kind=TrainingKind.DRILL),
    columns=_HELD,
    definition="截至日举办的志愿队伍应急演练场数；平急转换本身的演练另计。",
))  # fmt: skip

figures.add(Figure(
    key="trained_volunteers", label="志愿队伍培训到场", unit="人次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE, measure=SumOf("people"),
    records_as_of=lambda day: TrainingAttendance.objects.filter(
        training__held_on__lte=day, training__kind=TrainingKind.TRAINING
    ),
    columns=("area", Column("培训", "training"), "team", Column("人数（人）", "people")),
    definition="截至日志愿队伍培训到场的人次，不含应急演练。",
))  # fmt: skip

figures.add(Figure(
    key="guiding_documents", label="志愿服务体系指导性文件", unit="个",
    party=Party.VOLUNTEERS, kind=FigureKind.STOCK, reported=True,
    records_as_of=lambda day: PolicyDocument.objects.in_effect(day).filter(
        kind=DocumentKind.VOLUNTEER_GUIDANCE
    ),
    columns=("area", "title", "issued_on"),
    definition="截至日有效的志愿服务体系指导性文件数。印发日期不详的按已印发计。",
))  # fmt: skip

figures.add(Figure(
    key="volunteer_teams", label="志愿服务队伍", unit="支",
    party=Party.VOLUNTEERS, kind=FigureKind.STOCK, reported=True,
    records_as_of=lambda day: VolunteerTeam.objects.active(day),
    columns=("area", "name", "kind", "founded_on"),
    definition="截至日在册的志愿服务队伍数。计队伍，不计人。",
))  # fmt: skip

figures.add(Figure(
    key="pairing_tiers", label="包联层级", unit="级",
    party=Party.VOLUNTEERS, kind=FigureKind.STOCK, measure=DistinctOf("tier"), reported=True,
    of_places=True,
    records_as_of=lambda day: PairingLink.objects.open_on(day),
    columns=("area", "tier", "party_body", "started_on"),
    definition="截至日已有包联关系的层级数：机关单位党组织包联社区、内设机构党支部包联网格、"
    "党员就近就地下沉社区。",
))  # fmt: skip

_SERVICE = ("area", Column("活动", "activity"), "held_on", "minutes", Column("时长来源", "source"))

figures.add(Figure(
    key="registered_volunteers", label="注册志愿者", unit="人",
    party=Party.VOLUNTEERS, kind=FigureKind.STOCK,
    records_as_of=lambda day: Volunteer.objects.registered(day),
    columns=("area", Column("编号", "number"), "registered_on"),
    definition="截至日已注册、未注销的志愿者人数。计人，不计队伍登记人数；一人多队只计一次。",
))  # fmt: skip

figures.add(Figure(
    key="volunteer_activities", label="志愿活动", unit="场",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Activity.objects.filter(state="finished", held_on__lte=day),
    columns=("area", Column("活动", "title"), "team", "held_on"),
    definition="截至日已举行并办结的志愿活动场数，取消的不计。",
))  # fmt: skip

figures.add(Figure(
    key="volunteer_services", label="志愿服务", unit="人次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Service.objects.certified(day),
    columns=_SERVICE,
    definition="截至日时长已认定的服务人次：一人参加一场活动计一人次。",
))  # fmt: skip

figures.add(Figure(
    key="volunteer_minutes", label="志愿服务时长", unit="分钟",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE, measure=SumOf("minutes"),
    records_as_of=lambda day: Service.objects.certified(day),
    columns=_SERVICE,
    definition="截至日已认定的服务时长合计。签到签退的按实际时间，补录的经另一人确认后计入；有异议的不计。",
))  # fmt: skip

figures.add(Figure(
    key="services_by_hand", label="补录时长的服务", unit="人次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Service.objects.certified(day).filter(by_hand=True),
    columns=_SERVICE,
    definition="志愿服务人次中，时长为补录的。",
))  # fmt: skip

figures.add(Figure(
    key="services_by_hand_ratio", label="时长补录比例", unit="%",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("services_by_hand", "volunteer_services"), nothing=State.UNKNOWN,
    definition="补录时长的服务 ÷ 志愿服务人次。比例高，说明签到没有用起来。",
))  # fmt: skip

figures.add(Figure(
    key="door_visits", label="敲门走访", unit="户次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: DoorVisit.objects.until(day, "visited_on"),
    columns=("area", "outcome", "visited_on"),
    definition="截至日登记的敲门走访户次，无人应答的也计；同一户走访几次计几次。",
))  # fmt: skip
