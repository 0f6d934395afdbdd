"""Forms of higher offices, and their cells."""

from factory import SelfAttribute, Sequence, SubFactory

from suzhou_portal.reports import models
from tests.factories.areas import AreaRecordFactory


class ReturnFormFactory(AreaRecordFactory):
    class Meta:
        model = models.ReturnForm

    title = Sequence(lambda number: f"第{number}张表")
    issued_by = "市民政局"


class FormCellFactory(AreaRecordFactory):
    class Meta:
        model = models.FormCell

    form = SubFactory(ReturnFormFactory, area=SelfAttribute("..area"))
    cell = Sequence(lambda number: f"B{number % 900 + 4}")
    label = "社会组织数"
    figure = "organizations"
