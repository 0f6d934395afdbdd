"""Rules of volunteers' service, held by the database; and two people at once."""

import datetime

import pytest
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from suzhou_portal.lifecycle.moves import take
from tests.committed import both
from tests.factories import BEGUN
from tests.factories import service as make
from tests.factories.accounts import UserFactory
from tests.factories.areas import COMMUNITY, STREET, AreaFactory
from tests.rules import again, assert_database_refuses, assert_refused, assert_rule
from volunteers.mine import SALT
from volunteers.models import Activity, Service, ServiceCertificate

ONE = datetime.timedelta(days=1)
NIGHTS = "结束时间须晚于开始时间；到次日的填次日的时间，不超过12小时，到半夜的填24:00。"
EIGHT, ONE_PM = datetime.time(8), datetime.time(13)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
        (make.VolunteerFactory, {"left_on": BEGUN - ONE}, "注销日期不能早于注册日期。"),
        (make.StarLevelFactory, {"hours": 0}, "星级为一至五星，时长至少1小时。"),
        (make.ActivityFactory, {"ends": make.NINE}, NIGHTS),
        (make.ServiceFactory, {"began": EIGHT}, "到岗、离岗时间须在活动时间之内。"),
        (
            make.ServiceFactory, {"began": make.NINE, "ended": ONE_PM},
            "到岗、离岗时间须在活动时间之内。",
        ),
        (make.ServiceFactory, {"began": make.NOON, "ended": make.NINE}, "离岗时间应晚于到岗时间。"),
        (make.ServiceFactory, {"ended": make.NOON}, "离岗时间应晚于到岗时间。"),
        (make.ServiceFactory, {"state": "certified"}, "认定时长须有到岗和离岗时间。"),
        (make.ServiceCertificateFactory, {"to_on": BEGUN - ONE}, "截止日期不能早于起始日期。"),
    ],
)  # fmt: skip
def test_a_record_that_breaks_a_rule(factory, broken, message):
    assert_rule(factory, broken, message)


@pytest.mark.django_db
def test_star_levels_stand_at_the_district():
    AreaFactory(code=COMMUNITY)
    assert_rule(make.StarLevelFactory, {"area_id": COMMUNITY}, "星级标准由区级确定：请选择区。")


@pytest.mark.django_db
def test_what_is_there_once():
    assert_refused(again(make.VolunteerFactory()), "这位志愿者已经注册。")
    coming = make.ActivityFactory(held_on=timezone.localdate() + ONE)
    given = make.ServiceFactory(activity=coming, area=coming.area)
    assert_refused(again(given), "这位志愿者已经报名。")
    assert_refused(again(make.StarLevelFactory()), "这一星级的标准已有，请修改原有的一条。")


@pytest.mark.django_db
def test_nobody_serves_in_two_places_at_once():
    first = make.ServiceFactory(began=make.NINE, ended=make.NOON)
    second = make.ServiceFactory(volunteer=first.volunteer)
    late = datetime.time(11)
    rows = Service.objects.filter(pk=second.pk)
    assert_database_refuses(lambda: rows.update(began=late, ended=make.NOON))
    second.began, second.ended = late, make.NOON
    with pytest.raises(ValidationError, match="时长不能重叠"):
        second.full_clean()
    # One may begin when the other ends; what is void does not count
    Service.objects.filter(pk=first.pk).update(ended=late)
    rows.update(began=late, ended=make.NOON)
    make.ServiceFactory(volunteer=first.volunteer, state="void", began=make.NINE, ended=make.NOON)


class TestPastMidnight:
    """An activity from 22:00 to 02:00 is four hours, and so are the hours given in it."""

    TEN_PM, TWO_AM = datetime.time(22), datetime.time(2)

    @pytest.fixture
    def night(self, db):
        return make.ActivityFactory(starts=self.TEN_PM, ends=self.TWO_AM)

    def test_hours_are_those_of_the_night(self, night):
        assert night.when.endswith("22:00–次日02:00")
        whole = make.ServiceFactory(activity=night, began=self.TEN_PM, ended=self.TWO_AM)
        half = make.ServiceFactory(
            activity=night, began=datetime.time(23, 30), ended=datetime.time(0)
        )
        late = make.ServiceFactory(activity=night, began=datetime.time(0, 30), ended=self.TWO_AM)
        assert [one.minutes for one in (whole, half, late)] == [240, 30, 90]
        late.refresh_from_db()
        for began, ended in ((21, 23), (23, 3), (1, 0), (2, 3)):
            wrong = again(late, began=datetime.time(began), ended=datetime.time(ended))
            wrong.volunteer = make.VolunteerFactory()
            with pytest.raises(ValidationError):
                wrong.full_clean()

    def test_nobody_serves_elsewhere_at_night(self, night):
        first = make.ServiceFactory(activity=night, began=self.TEN_PM, ended=self.TWO_AM)
        morning = make.ActivityFactory(
            held_on=night.held_on + ONE, starts=datetime.time(1), ends=datetime.time(5)
        )
        second = make.ServiceFactory(activity=morning, volunteer=first.volunteer)
        rows = Service.objects.filter(pk=second.pk)
        one, two, five = (datetime.time(hour) for hour in (1, 2, 5))
        assert_database_refuses(lambda: rows.update(began=one, ended=five))
        rows.update(began=two, ended=five)

    def test_people_check_in_and_out_across_midnight(self, night, monkeypatch):
        service = make.ServiceFactory(activity=night)
        day = datetime.datetime.combine(night.held_on, datetime.time(0))
        by = UserFactory(is_superuser=True)

        def when(hours):
            now = day + datetime.timedelta(hours=hours)
            monkeypatch.setattr("volunteers.workflow.moment", lambda: now)

        when(20)
        with pytest.raises(ValidationError, match="还没有到签到时间"):
            take(service, "check_in", by=by)
        when(24.5)
        take(service, "check_in", by=by)
        when(25.75)
        assert take(service, "check_out", by=by).minutes in (75, None)
        service.refresh_from_db()
        assert (service.began, service.ended) == (datetime.time(0, 30), datetime.time(1, 45))
        assert service.minutes == 75
        when(26)
        with pytest.raises(ValidationError, match="活动已经结束"):
            take(make.ServiceFactory(activity=night), "check_in", by=by)

    @pytest.mark.parametrize(
        ("starts", "ends", "fits"),
        [(18, 0, True), (8, 0, True), (22, 10, True), (14, 12, False), (9, 9, False)],
    )
    def test_no_activity_is_a_day_long(self, db, starts, ends, fits):
        activity = make.ActivityFactory.build(
            area=AreaFactory(code=COMMUNITY),
            starts=datetime.time(starts), ends=datetime.time(ends),
        )  # fmt: skip
        problems = {}
        try:
            activity.full_clean(exclude=["team"])
        except ValidationError as error:
            problems = error.message_dict
        assert ("ends" not in problems) is fits, problems


@pytest.mark.django_db
class TestTheDatabaseItself:
    """Past every form."""

    def test_hours_are_the_activity_s(self):
        service = make.ServiceFactory(began=make.NINE, ended=make.NOON)
        assert_database_refuses(lambda: Service.objects.update(ends=ONE_PM))
        assert_database_refuses(lambda: Service.objects.update(held_on=BEGUN + ONE))
        assert_database_refuses(lambda: Service.objects.update(area=STREET))
        # An activity that moves takes them with it; one that shrinks past them is refused
        take(service.activity, "amend", note="改期", held_on=BEGUN + ONE)
        service.refresh_from_db()
        assert service.held_on == BEGUN + ONE
        assert_database_refuses(lambda: Activity.objects.update(ends=datetime.time(11)))

    def test_never_more_people_than_places(self):
        service = make.ServiceFactory(activity__places=1)
        with pytest.raises(IntegrityError):
            make.ServiceFactory(activity=service.activity)

    def test_fewer_places_than_people(self):
        activity = make.ServiceFactory(activity__places=2).activity
        make.ServiceFactory(activity=activity)
        assert_database_refuses(lambda: Activity.objects.update(places=1))
        assert_database_refuses(lambda: Activity.objects.update(places=0))

    def test_nobody_confirms_what_they_entered(self):
        user = UserFactory()
        make.ServiceFactory(noted_by=user)
        assert_database_refuses(lambda: Service.objects.update(confirmed_by=user))

    def test_a_certificate_is_of_something(self):
        make.ServiceCertificateFactory()
        assert_database_refuses(lambda: ServiceCertificate.objects.update(minutes=0))


def test_two_who_take_the_last_place_at_once(committed):
    # Given one place, and two volunteers who sign up together
    activity = make.ActivityFactory(places=1)
    people = [make.VolunteerFactory(area=activity.area) for _ in range(2)]

    def sign_up(volunteer):
        try:
            make.ServiceFactory(activity=activity, volunteer=volunteer, area=activity.area)
        except IntegrityError:
            return False
        return True

    done = both(activity, *(lambda one=one: sign_up(one) for one in people))
    # Then one has it, and the other is refused
    assert sorted(done) == [False, True]
    assert activity.services.count() == 1


def test_two_who_confirm_the_same_hours_at_once(committed):
    service = make.ServiceFactory(state="to_confirm", began=make.NINE, ended=make.NOON)

    def confirm():
        try:
            take(service, "confirm")
        except ValidationError as error:
            return error.messages
        return []

    told = sorted(both(service, confirm, confirm))
    assert told[0] == []
    [problem] = told[1]
    assert "现在是“已认定”" in problem


def test_of_two_certificates_asked_for_at_once_there_is_one(committed):
    service = make.ServiceFactory(state="certified", began=make.NINE, ended=make.NOON)
    volunteer = service.volunteer

    def ask():
        browser, page = Client(), "/volunteers/mine/"
        who = {"number": volunteer.number, "phone": volunteer.phone}
        token = signing.dumps(volunteer.pk, salt=SALT)
        return browser.post(page, {"token": token, "certificate": "1", **who}).status_code

    assert both(volunteer, ask, ask) == [200, 200]
    assert ServiceCertificate.objects.count() == 1
