"""Who reviews a return can open it, whatever it says."""

import datetime

import pytest

from suzhou_portal.areas import codes
from suzhou_portal.areas.codes import Level
from suzhou_portal.figures.enums import State
from suzhou_portal.reporting.enums import ReturnState
from suzhou_portal.reporting.models import FigureDefinition, Return, Snapshot
from tests.cases import case
from tests.factories.areas import COMMUNITY, STREET, AreaFactory
from tests.factories.communities import PayMonthFactory, PostFactory
from tests.factories.organizations import SocialOrganizationFactory
from tests.factories.reporting import CorrectionFactory, SnapshotFactory, approved
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db

PAY = "average_monthly_pay"
MONTH = datetime.date(2023, 2, 1)
ROLES = {
    Level.DISTRICT: "district", Level.STREET: "street", Level.COMMUNITY: "community",
}  # fmt: skip


@pytest.mark.parametrize("state", ReturnState)
def test_a_return_opens_in_every_state_for_each_of_its_offices(state, demonstration):
    """With a mean in it, which carries how many it is of."""
    report = next(
        one
        for one in Return.objects.filter(state=state).order_by("-area_id")
        if state != ReturnState.APPROVED or has_mean(one)
    )
    for area in codes.lineage(report.area_id):
        if role := ROLES.get(codes.level_of(area)):
            somebody = Somebody(role, area)
            for path in (f"/returns/{report.pk}/", f"/desk/returns/{report.pk}/"):
                with case(state, role, path):
                    shown = somebody.sees(path)
            with case(state, role):
                mean = shown_mean(somebody.client.get(f"/returns/{report.pk}/"))
                assert " ÷ " in mean.parts
    assert shown


def has_mean(report):
    return report.snapshots.filter(figure=PAY, value_state=State.KNOWN).exists()


def shown_mean(response):
    [line] = [one for one in response.context["lines"] if one.figure.key == PAY]
    return line


class TestAKeptMean:
    """Is shown only while the records of today give the same: else the two could be subtracted."""

    ADDRESSES = (
        "/returns/{report}/",
        f"/returns/{{report}}/{PAY}/",
        f"/figures/{PAY}/?area={COMMUNITY}&period=2023-02&trend=month",
        f"/reports/{COMMUNITY}/2023-02/",
    )

    @pytest.fixture(autouse=True)
    def _site(self, settings):
        settings.PORTAL_AS_OF = datetime.date(2023, 4, 30)

    @pytest.fixture
    def kept(self):
        """The pay of six people, of 3,100 元 each, as a community's return kept it."""
        for _ in range(6):
            pay(3100)
        snapshot = SnapshotFactory(
            area=AreaFactory(code=COMMUNITY), report__period="2023-02", figure=PAY, value="3100",
            numerator="18600", denominator=6, definition=FigureDefinition.objects.filter(figure=PAY).first(),
        )  # fmt: skip
        publish(snapshot)
        return snapshot

    def everywhere(self, client, kept):
        texts = [
            client.get(address.format(report=kept.report_id), follow=True).text
            for address in self.ADDRESSES
        ]
        office = Somebody("street", STREET).client
        texts += [
            office.get(address, follow=True).text
            for address in (
                f"/admin/reporting/snapshot/{kept.pk}/change/",
                f"/admin/reporting/snapshot/{kept.pk}/history/",
                "/admin/reporting/snapshot/",
            )
        ]
        return "\n".join(texts)

    def test_is_shown_while_it_is_the_same(self, client, kept):
        page = self.everywhere(client, kept)
        assert "18,600 ÷ 6" in page
        assert "当时的值不公布" not in page

    def test_is_not_once_somebody_came(self, client, kept):
        pay(4321)
        page = self.everywhere(client, kept)
        for known in ("3,100", "18,600", "3100", "18600"):
            assert known not in page
        # As of today, seven people, it is shown
        assert "22,921" in page
        assert "当时的值不公布" in page

    def test_nor_what_a_correction_says_of_it(self, client, kept):
        CorrectionFactory(
            area=kept.area, snapshot=kept, report=kept.report, value="3777", note="漏发补发",
            state="approved", approved_on=MONTH,
        )  # fmt: skip
        page = self.everywhere(client, kept)
        assert "更正为3,777元：漏发补发" in page
        pay(4321)
        page = self.everywhere(client, kept)
        assert "3,777" not in page
        assert "漏发补发" in page

    def test_nor_where_its_month_is_withheld_today(self, client, kept):
        """Approved under a former rule."""
        elsewhere = f"{STREET}999"
        AreaFactory(code=elsewhere)
        for _ in range(3):
            pay(3000, area=elsewhere)
        page = self.everywhere(client, kept)
        assert "3,100" not in page
        assert "18,600" not in page

    def test_until_somebody_has_looked_it_says_nothing(self, kept):
        snapshot = Snapshot.objects.get(pk=kept.pk)
        assert "3100" not in str(snapshot)
        assert snapshot.amount.value is None


def pay(gross, area=COMMUNITY):
    post = PostFactory(area=AreaFactory(code=area), started_on="2020-01-01")
    PayMonthFactory(post=post, area=post.area, month=MONTH, post_pay=gross, performance_pay=0)


def publish(snapshot):
    approved(snapshot.report)


@pytest.mark.parametrize(
    ("now", "verdict", "agrees"),
    [
        (8, "与更正后的值一致", True),
        (7, "与更正后的值不同，−1个", False),
        (9, "与更正后的值不同，+1个", False),
    ],
)
def test_what_records_say_is_compared_with_what_is_valid(client, settings, now, verdict, agrees):
    """With the corrected value, where there is one: not with the one that was wrong."""
    settings.PORTAL_AS_OF = datetime.date(2023, 4, 30)
    SocialOrganizationFactory.create_batch(
        now, area=AreaFactory(code=COMMUNITY), joined_on="2023-01-05"
    )
    kept = SnapshotFactory(area=AreaFactory(code=COMMUNITY), report__period="2023-Q1", value=7)
    CorrectionFactory(
        area=kept.area, snapshot=kept, report=kept.report, state="approved", approved_on=MONTH
    )
    for path in (f"/returns/{kept.report_id}/organizations/", f"/returns/{kept.report_id}/"):
        context = client.get(path).context
        line = context.get("line") or context["lines"][0]
        assert (line.verdict, line.agrees) == (verdict, agrees)
