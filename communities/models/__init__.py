"""The records of communities and their social workers."""

from communities.models.committees import CommitteeMember, CommitteeTerm
from communities.models.governance import Mechanism, PolicyDocument, ReachReport
from communities.models.grids import GridBranch, GridEvent, GridPost
from communities.models.people import CommunityProfile, Person
from communities.models.pilots import SmartDevice, SmartPilot
from communities.models.secretary import Criterion, SecretaryProject
from communities.models.structure import GoverningBody
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
    "CommitteeMember",
    "CommitteeTerm",
    "CommunityProfile",
    "Course",
    "Criterion",
    "Enrolment",
    "ExamRegistration",
    "GoverningBody",
    "GridBranch",
    "GridEvent",
    "GridPost",
    "Mechanism",
    "PayMonth",
    "Person",
    "PolicyDocument",
    "Post",
    "ReachReport",
    "RecruitmentBatch",
    "SecretaryProject",
    "SmartDevice",
    "SmartPilot",
]
