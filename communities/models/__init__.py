"""The records of communities and their social workers."""

from communities.models.cobuilding import (
    CoBuildingAgreement,
    CoBuildingNeed,
    CoBuildingResource,
)
from communities.models.cobuilding_projects import CoBuildingProject
from communities.models.committees import CommitteeMember, CommitteeTerm
from communities.models.governance import Mechanism, PolicyDocument, ReachReport
from communities.models.grids import GridBranch, GridEvent, GridPost
from communities.models.learning import ExamSeason, PlannedSession, TrainingBase, TrainingPlan
from communities.models.mediation import MediationCase, MediationSession
from communities.models.meetings import DeliberationMeeting, MeetingTask
from communities.models.pay import PayCorrection, PayScheme, PerformanceRate, PostRate
from communities.models.people import CommunityProfile, Person
from communities.models.periods import PayPeriod
from communities.models.pilots import DeviceFault, SmartDevice, SmartPilot
from communities.models.red_property import PropertyCompany, PropertyRating, ServedCompound
from communities.models.reviews import PerformanceReview
from communities.models.rules import EmergencyContact, EmergencyPlan, RuleVersion
from communities.models.secretary import Criterion, ProjectProgress, SecretaryProject
from communities.models.structure import GoverningBody
from communities.models.thresholds import Threshold
from communities.models.training import Course, Enrolment
from communities.models.workers import (
    AllowanceStandard,
    Certificate,
    ExamRegistration,
    PayMonth,
    Post,
    RecruitmentBatch,
)
