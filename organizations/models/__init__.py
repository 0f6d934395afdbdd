"""The records of social organizations."""

from organizations.models.evaluations import Evaluation
from organizations.models.incubation import Incubatee, IncubationDelivery, IncubationTrack
from organizations.models.payments import Deliverable, Payment
from organizations.models.projects import PurchasedProject
from organizations.models.register import IncubationService, SocialOrganization
from organizations.models.registration import Filing, Registration
from organizations.models.reports import ProjectReport
from organizations.models.scoring import EvaluationCriterion, EvaluationScore, EvaluationStandard
from organizations.models.services import ServiceItem
from organizations.models.supervision import Rectification, SupervisionVisit
