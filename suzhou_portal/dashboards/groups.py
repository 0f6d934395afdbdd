"""Which figures stand where: on the overview a few large, the rest, and those of parties, by what they mean."""

from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.parties import Party

# What stands large on the overview.
HEADLINES = (
    "residents_benefited", "organizations", "volunteer_teams", "service_items", "purchased_funds",
)  # fmt: skip
# What the home page tells a resident, in lines.
FOR_RESIDENTS = (
    "organizations", "service_items", "volunteer_teams", "residents_benefited", "charity_value",
    "charity_projects", "purchased_funds", "recruited_workers",
)  # fmt: skip
# What a wall shows, to be read at six metres; two that say how well things go.
ON_THE_WALL = (
    "organizations", "volunteer_teams", "residents_benefited", "service_items", "charity_value",
    "workers_in_post", "certified_ratio", "requests_on_time_ratio",
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
# The figures of each party by what they mean; a new one that is named nowhere stands under 其他.
TOPICS: dict[Party, dict[str, tuple[str, ...]]] = {
    Party.COMMUNITIES: {
        "惠及居民和治理机制": (
            "residents_benefited",
            "resident_visits",
            "community_mechanisms",
            "mechanisms_with_rules",
            "governing_bodies",
            "communities_with_core",
        ),
        "应急、调解和议事": (
            "emergency_plans",
            "mediation_cases",
            "mediation_agreements",
            "mediation_success",
            "deliberation_meetings",
            "resolutions",
            "resolutions_carried_out",
            "resolution_completion",
        ),
        "契约化共建": (
            "cobuilding_units",
            "cobuilding_needs",
            "satisfied_cobuilding_needs",
            "cobuilding_needs_ratio",
            "cobuilding_projects",
            "completed_cobuilding_projects",
        ),
        "网格和书记破题": (
            "staffed_grids",
            "grid_events",
            "closed_grid_events",
            "grid_event_closure",
            "secretary_projects",
            "accepted_secretary_projects",
            "secretary_project_completion",
        ),
        "红色物业": (
            "property_companies",
            "red_property_companies",
            "red_property_ratio",
            "rated_compounds",
            "well_rated_compounds",
            "well_rated_ratio",
        ),
        "智慧社区": (
            "smart_pilots",
            "running_smart_pilots",
            "smart_devices",
            "working_smart_devices",
            "smart_device_soundness",
        ),
        "服务请求：办得怎样": (
            "requests_received",
            "requests_served",
            "requests_served_ratio",
            "requests_promised",
            "requests_on_time",
            "requests_on_time_ratio",
        ),
        "服务请求：居民怎么说": (
            "requests_answerable",
            "requests_rated",
            "requests_response_ratio",
            "requests_content",
            "requests_satisfaction",
        ),
        "没有人能办的需求": (
            "unmet_requests",
            "matched_requests",
            "matched_requests_ratio",
        ),
    },
    Party.WORKERS: {
        "岗位培训": (
            "trained_streets",
            "trained_communities",
            "trained_cadres",
            "courses_held",
            "attended_hours",
        ),
        "培训计划和考试": (
            "planned_sessions",
            "carried_out_sessions",
            "training_plan_progress",
            "exam_takers",
        ),
        "队伍和持证": (
            "recruited_workers",
            "workers_in_post",
            "certified_workers",
            "certified_ratio",
            "expiring_certificates",
        ),
        "薪酬和考核": (
            "average_monthly_pay",
            "grid_secretary_allowance",
            "reviewed_workers",
            "review_coverage",
            "closed_pay_periods",
        ),
        "“两委”班子": (
            "committee_seats",
            "committee_members",
            "committee_vacancies",
            "secretary_directors",
        ),
    },
    Party.ORGANIZATIONS: {
        "社会组织": (
            "organizations",
            "organizations_per_community",
            "filings",
            "filings_registered",
            "service_items",
        ),
        "孵化和登记": (
            "incubation_services",
            "incubatees",
            "incubatees_inside",
            "incubatees_graduated",
            "basic_deliveries",
            "extended_deliveries",
        ),
        "绿色通道": (
            "registrations_decided",
            "registration_days_saved",
            "average_registration_days_saved",
        ),
        "购买服务": (
            "purchased_funds",
            "purchased_projects",
            "purchased_paid",
            "purchase_payments",
            "purchase_payment_progress",
            "purchases_completed",
            "purchase_regulation",
        ),
        "第三方评估": (
            "evaluation_coverage",
            "evaluated_projects",
            "evaluations_made",
            "good_evaluations",
            "good_evaluation_share",
        ),
        "督导和整改": (
            "supervision_visits",
            "rectifications",
            "rectifications_done",
            "rectification_rate",
        ),
    },
    Party.VOLUNTEERS: {
        "体系和队伍": (
            "guiding_documents",
            "volunteer_teams",
            "registered_volunteers",
            "team_trainings",
            "team_drills",
            "trained_volunteers",
        ),
        "志愿服务": (
            "volunteer_activities",
            "volunteer_services",
            "volunteer_minutes",
            "services_by_hand",
            "services_by_hand_ratio",
        ),
        "三级包联": (
            "pairing_tiers",
            "paired_communities",
            "paired_grids",
        ),
        "平急转换": (
            "emergency_responses",
            "emergency_drills",
            "mustered_people",
            "drilled_people",
        ),
        "走访和体验": (
            "door_visits",
            "resident_needs",
            "handled_resident_needs",
            "resident_need_handling",
            "cadre_days",
            "cadre_findings",
        ),
    },
    Party.CHARITY: {
        "慈善资源": (
            "charity_value",
            "charity_allocated",
            "charity_used",
            "charity_use_ratio",
            "charity_beneficiaries",
        ),
        "慈善项目": (
            "charity_modes",
            "charity_projects",
            "charity_fields",
            "foundations",
            "charity_disclosures",
        ),
    },
}
# Figures that count what is missing, each with what is said where it is not zero.
GAPS = {
    "unmet_requests": "近12个月有{}请求没有人能办",
    "expiring_certificates": "{}社工证书90天内到期",
    "committee_vacancies": "“两委”空缺{}",
}


def gaps() -> list[Figure]:
    """The figures that count what is missing."""
    return [figures.get(key) for key in GAPS]


def topics(party: Party) -> dict[str, list[Figure]]:
    """All figures of a party in groups by what they mean; those that no group names come last."""
    left = {figure.key: figure for figure in figures.all(party)}
    found = {title: [left.pop(key) for key in keys] for title, keys in TOPICS[party].items()}
    return found | ({"其他": [*left.values()]} if left else {})
