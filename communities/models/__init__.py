"""The records of communities and their social workers."""

from communities.models.governance import Mechanism, PolicyDocument, ReachReport
from communities.models.grids import GridBranch, GridEvent, GridPost
from communities.models.mediation import MediationCase, MediationSession
from communities.models.meetings import DeliberationMeeting, MeetingTask
from communities.models.people import CommunityProfile, Person
from communities.models.rules import EmergencyContact, EmergencyPlan, RuleVersion
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
    "CommunityProfile",
    "Course",
    "DeliberationMeeting",
    "EmergencyContact",
    "EmergencyPlan",
    "Enrolment",
    "ExamRegistration",
    "GridBranch",
    "GridEvent",
    "GridPost",
    "Mechanism",
    "MediationCase",
    "MediationSession",
    "MeetingTask",
    "PayMonth",
    "Person",
    "PolicyDocument",
    "Post",
    "ReachReport",
    "RecruitmentBatch",
    "RuleVersion",
]
