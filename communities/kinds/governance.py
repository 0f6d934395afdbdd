"""Documents of policy, and reports of whom the communities reached."""

from communities.admin import ReachReportAdmin
from communities.models import PolicyDocument, ReachReport
from suzhou_portal.accounts.roles import KEEP, Role, offices
from suzhou_portal.records.kinds import InAdmin, Kind, Number, Todo, filled, kinds
from suzhou_portal.records.parties import Party

kinds.add(Kind(
    model=PolicyDocument, party=Party.COMMUNITIES,
    roles=offices(KEEP),
    admin=InAdmin(
        columns=("title", "kind", "number", "issued_on", "repealed_on"), search=("title", "number"),
        filters=("kind",),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=ReachReport, party=Party.COMMUNITIES,
    roles=offices(KEEP | {"review"}) | {Role.COMMUNITY: KEEP},
    todos=(
        Todo("unreviewed", "待审核的惠及居民报告", "review", lambda ones, _: ones.unreviewed()),
    ),
    admin=InAdmin(
        columns=(
            "period_end", "period_start", Number("people"), Number("visits"), "method", "explanation",
            "reviewed_at",
        ),
        search=("method",), filters=(filled("reviewed_at"),), dates="period_end",
        given=("reviewed_at", "reviewed_by"), base=ReachReportAdmin,
        kept=lambda report: report.reviewed_at is not None,
    ),
))  # fmt: skip
