"""The records of communities and their social workers."""

from communities.models.cobuilding import (
    CoBuildingAgreement,
    CoBuildingNeed,
    CoBuildingResource,
)
from communities.models.cobuilding_projects import CoBuildingProject
from communities.models.governance import Mechanism, PolicyDocument, ReachReport
from communities.models.grids import GridBranch, GridEvent, GridPost
from communities.models.people import CommunityProfile, Person
from communities.models.red_property import PropertyCompany, PropertyRating, ServedCompound
from communities.models.training import Course, Enrolment
from communities.models.workers import (
    AllowanceStandard,
    Certificate,
    ExamRegistration,
    PayMonth,
    Post,
    RecruitmentBatch,
)

__all__ = [
    "AllowanceStandard",
    "Certificate",
    "CoBuildingAgreement",
    "CoBuildingNeed",
    "CoBuildingProject",
    "CoBuildingResource",
    "CommunityProfile",
    "Course",
    "Enrolment",
    "ExamRegistration",
    "GridBranch",
    "GridEvent",
    "GridPost",
    "Mechanism",
    "PayMonth",
    "Person",
    "PolicyDocument",
    "Post",
    "PropertyCompany",
    "PropertyRating",
    "ReachReport",
    "RecruitmentBatch",
    "ServedCompound",
]
