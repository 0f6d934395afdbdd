"""Which figures stand where on the overview: a few large, the rest in groups by what they mean."""

from suzhou_portal.figures.registry import Figure, figures

HEADLINES = (
    "residents_benefited", "organizations", "volunteer_teams", "service_items", "purchased_funds",
)  # fmt: skip
GROUPS = {
    "治理机制和培训": (
        "community_mechanisms", "pairing_tiers", "guiding_documents", "trained_streets",
        "trained_communities", "trained_cadres",
    ),
    "社工队伍": (
        "recruited_workers", "exam_takers", "certified_ratio", "average_monthly_pay",
        "grid_secretary_allowance",
    ),
    "社会组织和购买服务": (
        "organizations_per_community", "purchased_projects", "evaluation_coverage",
        "incubation_services", "purchase_regulation",
    ),
    "慈善资源": (
        "charity_value", "charity_projects", "charity_modes", "charity_fields", "foundations",
    ),
}  # fmt: skip
# Figures that count what is missing, each with what is said where it is not zero.
GAPS = {
    "unmet_requests": "近12个月有{}请求没有人能办",
    "expiring_certificates": "{}社工证书90天内到期",
    "committee_vacancies": "“两委”空缺{}",
}


def headlines() -> list[Figure]:
    """The figures that stand large."""
    return [figures.get(key) for key in HEADLINES]


def gaps() -> list[Figure]:
    """The figures that count what is missing."""
    return [figures.get(key) for key in GAPS]
