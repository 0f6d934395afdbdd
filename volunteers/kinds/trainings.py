"""M23 常态化培训、应急演练."""

from suzhou_portal.accounts.roles import KEEP, VIEW, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Number, PageLink, Todo, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public
from volunteers.models import TeamTraining, TrainingAttendance, TrainingPresence

BASIS = Column("人数依据", "basis", rows="training__presences")

PLANNED = Column("计划时间", "planned", "planned_on")

kinds.add(Kind(
    model=TeamTraining, party=Party.VOLUNTEERS,
    roles=offices(KEEP),
    name="team-trainings", title="队伍培训和应急演练",
    lead="先列计划，到场的队伍逐一登记，办完写明情况和问题。",
    fields=("area", "kind", "title", "place", "planned_on", "starts", "hours"),
    carried=("area", "kind", "place", "hours"),
    columns=("title", "kind", Column("地区", "area"), PLANNED, "held_on"),
    facts=("kind", Column("地区", "area"), "place", PLANNED, "hours", "held_on", "summary"),
    search=("title", "place"), filters=("kind",),
    files=True,
    record_pages=(
        PageLink(
            "登记每人到场", "training_turnout", "add", TrainingPresence,
            when=lambda training: training.state == "planned",
        ),
    ),
    todos=(
        Todo("to_hold", "到期未登记举办的培训演练", "change", "planned", due="planned_on"),
    ),
    public=Public(
        title="志愿队伍培训和演练",
        lead="志愿队伍平时参加的培训和应急演练。",
        records=lambda day: TeamTraining.objects.filter(held_on__lte=day),
        columns=("title", "kind", Column("地区", "area"), "held_on"),
        facts=("kind", Column("地区", "area"), "place", "held_on", "hours", "summary"),
    ),
    ledger=Imported(name="team-trainings", key=("area", "title", "planned_on")),
    admin=InAdmin(columns=("title", "kind", "place", "planned_on", "held_on"),),
))  # fmt: skip

kinds.add(Kind(
    model=TrainingAttendance, party=Party.VOLUNTEERS,
    roles=offices(KEEP) | {Role.TEAM: VIEW},
    name="training-attendances", title="到场队伍",
    lead="来了哪支队伍，来了多少人。",
    parent="training",
    fields=("training", "team", "people", "explanation"), many="team",
    columns=("team", "people", BASIS, "explanation"),
    facts=(Column("培训演练", "training.__str__"), "team", "people", BASIS, "explanation"),
    while_open=True,
    ledger=Imported(name="training-attendances", key=("training", "team")),
    admin=InAdmin(
        columns=("team", "training", Number("people")), search=("team__name", "training__title"),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=TrainingPresence, party=Party.VOLUNTEERS,
    roles=offices(KEEP) | {Role.TEAM: VIEW},
    name="training-presences", title="到场人员",
    lead="队伍中谁到场、谁缺席、谁请假；登记了的，队伍的到场人数由此得出。整队登记用培训页面的“登记每人到场”。",
    parent="training",
    fields=("training", "team", "volunteer", "presence"), carried=("team",),
    columns=("volunteer", "team", "presence"),
    facts=(Column("培训演练", "training.__str__"), "volunteer", "team", "presence"),
    search=("volunteer__name", "team__name"), filters=("presence",),
    while_open=True,
    ledger=Imported(name="training-presences", key=("training", "volunteer")),
    admin=InAdmin(
        columns=("volunteer", "team", "training", "presence"),
        search=("volunteer__name", "team__name", "training__title"), filters=("presence",),
    ),
))  # fmt: skip
