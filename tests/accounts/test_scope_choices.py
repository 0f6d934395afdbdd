"""What a form offers and accepts: nothing that stands elsewhere, in fields and in rows below."""

import pytest
from django.urls import reverse

from communities.models import Course, Person
from tests.accounts.world import NEIGHBOUR, page
from tests.admin.test_admin import address
from tests.admin.test_forms import below, change, fields
from tests.factories import communities, organizations
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.areas import COMMUNITY

pytestmark = pytest.mark.django_db


# --- choices -------------------------------------------------------------------------------------


def choices(browser, label, field, term=""):
    """What a search field offers."""
    app, model = label.split(".")
    asked = {"app_label": app, "model_name": model, "field_name": field, "term": term}
    response = browser.get(reverse("admin:autocomplete"), asked)
    return response.status_code, page(response)


@pytest.mark.parametrize(
    ("label", "field", "here", "there"),
    [
        ("communities.post", "area", "富康路社区", "别处社区"),
        ("communities.post", "person", "王本地", "李外地"),
        ("communities.enrolment", "course", "本地培训", "外地培训"),
        ("organizations.serviceitem", "provider", "本地中心", "外地中心"),
    ],
)
def test_a_search_field_offers_what_stands_here(label, field, here, there, browser, home, away):
    for area, words in ((home, "本地"), (away, "外地")):
        communities.PersonFactory(name=("王" if words == "本地" else "李") + words, area=area)
        communities.CourseFactory(name=f"{words}培训", area=area)
        organizations.SocialOrganizationFactory(name=f"{words}中心", area=area)
    _, offered = choices(browser, label, field)
    offered = offered.encode().decode("unicode_escape")
    assert here in offered
    assert there not in offered
    assert there not in choices(browser, label, field, there[:2])[1].encode().decode(
        "unicode_escape"
    )


def test_accounts_are_offered_by_their_roles_here(browser, home, away):
    for role, area, name in (
        ("community", home, "王经办"), ("auditor", home, "赵审计"), ("community", away, "李外地"),
    ):  # fmt: skip
        AssignmentFactory(user=UserFactory(name=name), role=role, area=area)
    _, offered = choices(browser, "communities.gridevent", "handler")
    offered = offered.encode().decode("unicode_escape")
    assert "王经办" in offered
    assert "赵审计" not in offered
    assert "李外地" not in offered


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("communities.reachreport", "reviewed_by"), ("communities.person", "entered_by"),
        ("accounts.user", "person"), ("accounts.assignment", "organization"),
        ("communities.paymonth", "post"), ("organizations.evaluation", "evaluator"),
    ],
)  # fmt: skip
def test_a_search_field_of_no_form_of_theirs_is_refused(label, field, browser):
    UserFactory(name="无授权者")
    assert choices(browser, label, field)[0] == 403


def test_an_area_elsewhere_is_not_accepted(browser, home, away):
    person = communities.PersonFactory(area=home)
    response = change(browser, person, area=NEIGHBOUR)
    assert "area" in response.context["adminform"].form.errors
    path = address(Person, "add")
    response = browser.post(path, fields(browser.get(path)) | {"area": NEIGHBOUR, "name": "王五"})
    assert "area" in response.context["adminform"].form.errors
    assert list(Person.objects.values_list("area", flat=True)) == [COMMUNITY]


@pytest.mark.parametrize("key", ["foreign", "999999999", "yes", "9" * 40, "\u0663"])
def test_a_person_elsewhere_is_refused_like_one_that_is_none(key, browser, home, away):
    post = communities.PostFactory(area=home)
    foreign = communities.PersonFactory(name="李外地", area=away)
    sent = str(foreign.pk) if key == "foreign" else key
    response = change(browser, post, person=sent)
    errors = response.context["adminform"].form.errors["person"]
    assert errors == ["选择一个有效的选项： 该选择不在可用的选项中。"]
    assert "李外地" not in page(response)


def test_an_organization_elsewhere_provides_nothing_here(browser, home, away):
    item = organizations.ServiceItemFactory(area=home)
    foreign = organizations.SocialOrganizationFactory(area=away)
    response = change(browser, item, provider=foreign.pk)
    assert "provider" in response.context["adminform"].form.errors


def test_a_tie_that_exists_is_kept_though_it_leads_elsewhere(browser, home, away):
    post = communities.PostFactory(area=home, person__area=away)
    assert change(browser, post, title="网格长").status_code == 302
    post.refresh_from_db()
    assert post.title == "网格长"


def test_the_tie_of_another_record_is_no_choice_here(browser, home, away):
    theirs = communities.PostFactory(area=home, person__area=away).person
    post = communities.PostFactory(area=home)
    response = change(browser, post, person=theirs.pk)
    assert "person" in response.context["adminform"].form.errors


# --- rows below a record -------------------------------------------------------------------------


@pytest.fixture
def enrolled(home, away):
    """A person of ours enrolled in a course here, and one of theirs."""
    course = communities.CourseFactory(area=home)
    for area, name in ((home, "王本地"), (away, "李外地")):
        person = communities.PersonFactory(name=name, area=area)
        communities.EnrolmentFactory(course=course, person=person, area=area)
    return course


def test_rows_elsewhere_are_not_listed_below_a_record(browser, enrolled):
    shown = page(browser.get(address(Course, "change", enrolled.pk)))
    assert "王本地" in shown
    assert "李外地" not in shown


@pytest.mark.parametrize(
    ("column", "wrong"), [("area", NEIGHBOUR), ("person", "foreign")], ids=["area", "person"]
)
def test_no_row_is_added_elsewhere(column, wrong, browser, enrolled, home, away):
    foreign = communities.PersonFactory(name="赵外地", area=away)
    known = communities.PersonFactory(area=home)
    row = {"person": known.pk, "area": COMMUNITY, "unit": "居委会", "rank": "staff"}
    row[column] = foreign.pk if wrong == "foreign" else wrong
    response = change(browser, enrolled, **below("enrolments", 1, **row))
    assert response.status_code == 200
    assert "赵外地" not in page(response)
    assert enrolled.enrolments.count() == 2


def test_a_row_elsewhere_is_not_deleted_from_below(browser, enrolled):
    theirs = enrolled.enrolments.get(area=NEIGHBOUR)
    change(browser, enrolled, **{"enrolments-0-id": theirs.pk, "enrolments-0-DELETE": "on"})
    assert enrolled.enrolments.filter(pk=theirs.pk).exists()
