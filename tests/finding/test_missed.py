"""What found nothing is counted without who asked, and staff answer it."""

import pytest

from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit.models import AuditEntry, Touched
from suzhou_portal.finding import misses
from suzhou_portal.finding.loader import load_words
from suzhou_portal.finding.models import DangerWord, MissedSearch, Synonym
from suzhou_portal.lifecycle.moves import take
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.figures import DemonstrationFactory
from tests.factories.finding import MissedSearchFactory, SynonymFactory
from tests.factories.organizations import ServiceItemFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return AreaFactory(code=COMMUNITY)


def search(client, text, **more):
    return client.get("/services/", {"q": text, "area": COMMUNITY, **more})


@pytest.mark.usefixtures("community")
class TestNoted:
    def test_each_time_and_nothing_else(self, client):
        marks = Touched.objects.count(), AuditEntry.objects.count()
        for text in ("游泳", "游 泳", "游泳！"):
            search(client, text)
        missed = MissedSearch.objects.order_by("pk").values_list("text", "times", "area")
        assert list(missed) == [("游泳", 2, COMMUNITY), ("游 泳", 1, COMMUNITY)]
        assert (Touched.objects.count(), AuditEntry.objects.count()) == marks

    @pytest.mark.parametrize("demonstrated", [True, False])
    def test_what_is_tried_out_goes_with_the_demonstration(self, client, demonstrated):
        if demonstrated:
            DemonstrationFactory()
        search(client, "游泳")
        assert MissedSearch.objects.get().is_demo is demonstrated

    @pytest.mark.parametrize(
        "text", ["13812345678", "１３８ 1234 5678", "620902199001011234", "张三138123", "x", "！"]
    )
    def test_no_number_of_a_person(self, client, text):
        search(client, text)
        assert not MissedSearch.objects.exists()

    def test_not_what_was_found(self, client, community):
        ServiceItemFactory(area=community, name="助餐点")
        for text in ("助餐", "zhucan", ""):
            search(client, text)
        assert not MissedSearch.objects.exists()

    def test_what_was_only_relaxed_too(self, client, community):
        ServiceItemFactory(area=community, name="助餐点")
        search(client, "助餐 游泳")
        assert MissedSearch.objects.get().text == "助餐 游泳"

    def test_no_endless_variety(self, client, monkeypatch):
        monkeypatch.setattr(misses, "A_DAY", 3)
        for number in "一二三四五":
            search(client, f"没有{number}")
        assert MissedSearch.objects.count() == 3

    def test_no_endless_number(self, client, monkeypatch):
        monkeypatch.setattr(misses, "MOST", 2)
        for number in "一二三四":
            search(client, f"没有{number}")
        assert sorted(MissedSearch.objects.values_list("text", flat=True)) == ["没有三", "没有四"]


class TestAnswered:
    def test_with_a_synonym_which_then_finds(self, client, community):
        ServiceItemFactory(area=community, name="助餐点")
        search(client, "饭摊")
        district = Somebody(Role.DISTRICT, DISTRICT)
        missed = MissedSearch.objects.get()
        assert "饭摊" in district.sees("/desk/missed-searches/?todo=to_answer")
        district.has_taken(missed, "synonym", means="助餐")
        assert str(Synonym.objects.get()) == "饭摊→助餐"
        assert [one.name for one in search(client, "饭摊").context["object_list"]] == ["助餐点"]
        assert MissedSearch.objects.get().state == "synonym"
        assert missed.steps().get().by == district.user

    def test_by_whom_it_may_be(self, community):
        missed = MissedSearchFactory(area=community)
        clerk = Somebody(Role.COMMUNITY, COMMUNITY)
        assert clerk.offered(missed) == {"service", "not_ours"}
        response = clerk.client.post(
            f"/desk/missed-searches/{missed.pk}/synonym/", {"means": "助餐"}
        )
        assert response.status_code == 403
        assert not Synonym.objects.exists()
        elsewhere = Somebody(Role.COMMUNITY, "620902004005")
        assert elsewhere.client.get(f"/desk/missed-searches/{missed.pk}/").status_code == 404

    def test_is_counted_further_and_stays_answered(self, client, community):
        search(client, "游泳")
        take(MissedSearch.objects.get(), "not_ours", note="没有泳池。")
        search(client, "游泳")
        missed = MissedSearch.objects.get()
        assert (missed.times, missed.state) == (2, "not_ours")


class TestWords:
    def test_are_the_districts(self, community):
        synonym = SynonymFactory(area=AreaFactory(code=DISTRICT))
        for role, code in ((Role.COMMUNITY, COMMUNITY), (Role.STREET, STREET)):
            clerk = Somebody(role, code)
            assert synonym.said in clerk.sees("/desk/synonyms/")
            assert clerk.client.get(f"/desk/synonyms/{synonym.pk}/edit/").status_code in (403, 404)
        district = Somebody(Role.DISTRICT, DISTRICT)
        assert district.client.get(f"/desk/synonyms/{synonym.pk}/edit/").status_code == 200

    def test_loaded_again_leave_what_staff_changed(self, reference):
        assert Synonym.objects.count() > 300
        assert DangerWord.objects.count() >= 40
        stopped, changed = Synonym.objects.order_by("pk")[:2]
        Synonym.objects.filter(pk=stopped.pk).update(in_use=False)
        changed.means = "午餐配送"
        changed.save()
        before = list(Synonym.objects.order_by("pk").values_list("said", "means", "in_use"))
        load_words()
        assert list(Synonym.objects.order_by("pk").values_list("said", "means", "in_use")) == before

    def test_of_the_reference_data_are_valid(self, reference):
        for model in (Synonym, DangerWord):
            for word in model.objects.all():
                word.full_clean()

    def test_out_of_use_find_nothing(self, client, community):
        ServiceItemFactory(area=community, name="助餐点")
        synonym = SynonymFactory(area=community, said="饭摊", means="助餐")
        assert search(client, "饭摊").context["page_obj"].count == 1
        synonym.in_use = False
        synonym.save()
        assert search(client, "饭摊").context["page_obj"].count == 0

    def test_mean_what_the_divisions_around_say(self, client, community):
        ServiceItemFactory(area=community, name="助餐点")
        SynonymFactory(area=AreaFactory(code="620902004005"), said="饭摊", means="助餐")
        assert search(client, "饭摊").context["page_obj"].count == 0
