"""A long import is carried out elsewhere: as whoever sent it, once, and whatever is killed meanwhile."""

import io

import pytest
from django.core.management import call_command
from django.utils import timezone
from openpyxl import load_workbook

from suzhou_portal.accounts.models import Assignment
from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.imports import jobs
from suzhou_portal.imports.models import KEPT_DAYS, Job, forget_old
from suzhou_portal.imports.registry import ledgers
from suzhou_portal.keeping import stored
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.files import hostile
from tests.imports.files import as_csv, row, sheet
from tests.imports.test_journeys import sends, told
from tests.journeys import Somebody
from volunteers.models import VolunteerTeam

pytestmark = pytest.mark.usefixtures("kept_in")
start = jobs.start  # as it is without tests


def of(*names, **changed):
    return as_csv(sheet("teams", *(row("teams", name=name, **changed) for name in names)))


def sent(clerk, data, **more):
    """The job that a file has become."""
    response = sends(clerk, "teams", data, **more)
    assert response.status_code == 302
    job = Job.objects.latest("pk")
    assert response.url == job.get_absolute_url()
    return job


def carried_out(clerk, data, **more):
    """The page of a job that is over."""
    job = sent(clerk, data, **more)
    jobs.work()
    return clerk.client.get(job.get_absolute_url())


@pytest.mark.django_db
@pytest.mark.usefixtures("short")
class TestCarriedOut:
    @pytest.fixture
    def clerk(self):
        AreaFactory(code=COMMUNITY)
        return Somebody(Role.COMMUNITY, COMMUNITY)

    def test_the_page_says_it_is_under_way_and_then_what_came_of_it(self, clerk, kept_in):
        job = sent(clerk, of("甲队", "乙队"))
        page = clerk.client.get(job.get_absolute_url())
        assert "正在处理" in page.text
        assert "正在排队" in page.text
        assert page.headers["Refresh"] == "3"
        assert not VolunteerTeam.objects.exists()
        assert [one.is_file() for one in kept_in.rglob("imports/*")] == [True]
        call_command("carry_out_imports")
        page = clerk.client.get(job.get_absolute_url())
        assert "已导入志愿服务队伍2条" in page.text
        assert "Refresh" not in page.headers
        assert VolunteerTeam.objects.count() == 2
        assert not list(kept_in.rglob("imports/*"))
        jobs.work()
        assert VolunteerTeam.objects.count() == 2

    def test_it_is_in_the_trail_as_whoever_sent_it_from_where_they_did(self, clerk):
        carried_out(clerk, of("甲队"))
        for action in (Action.CREATE, Action.IMPORT):
            entry = AuditEntry.objects.get(action=action, model="volunteers.volunteerteam")
            assert (entry.actor_id, entry.actor_name) == (clerk.user.pk, str(clerk.user))
            assert (entry.address, entry.origin) == ("127.0.0.1", "POST /imports/teams/")
        assert VolunteerTeam.objects.get().entered_by == clerk.user

    def test_problems_are_listed_and_downloaded(self, clerk):
        page = carried_out(clerk, of("甲队", "乙队", kind="无"))
        assert "没有导入：发现2个问题" in page.text
        assert not VolunteerTeam.objects.exists()
        listed = clerk.client.get(f"{page.request['PATH_INFO']}problems.csv")
        assert b"".join(listed.streaming_content).decode().count("没有“无”这一项") == 2

    def test_the_file_comes_back_marked_to_whoever_sent_it_until_it_is_forgotten(
        self, clerk, kept_in
    ):
        page = carried_out(clerk, of("甲队", "乙队", kind="无"))
        path = f"{page.request['PATH_INFO']}marked.xlsx"
        assert path in page.text
        sheet = load_workbook(io.BytesIO(clerk.client.get(path).content)).active
        place = ledgers.get("teams").headings.index("类型") + 1
        assert "没有“无”这一项" in sheet.cell(3, place).comment.text
        assert Somebody(Role.COMMUNITY, COMMUNITY).client.get(path).status_code == 404
        carried_out(clerk, of("丙队"))  # whose process clears away what is not needed
        assert clerk.client.get(path).status_code == 200
        Job.objects.update(finished_at=timezone.now() - timezone.timedelta(days=KEPT_DAYS, hours=1))
        forget_old()
        assert clerk.client.get(path).status_code == 404
        assert not list(kept_in.rglob("imports/*"))

    def test_a_backup_has_the_files_that_are_kept(self, clerk):
        waiting = sent(clerk, of("甲队"))
        assert waiting.file.name in stored.named("default")
        jobs.work()
        over = carried_out(clerk, of("乙队", founded_on="2022-13-01")).context["job"]
        assert over.marked
        kept = stored.named("default")
        assert waiting.file.name not in kept
        assert over.file.name in kept

    def test_a_file_that_cannot_be_marked_is_told_of_all_the_same(
        self, clerk, kept_in, monkeypatch, caplog
    ):
        def fails(*args):
            raise MemoryError

        monkeypatch.setattr(jobs, "marked", fails)
        page = carried_out(clerk, of("甲队", kind="无"))
        assert "发现1个问题" in page.text
        assert "marked.xlsx" not in page.text
        assert clerk.client.get(f"{page.request['PATH_INFO']}marked.xlsx").status_code == 404
        assert not list(kept_in.rglob("imports/*"))

    def test_a_trial_brings_nothing(self, clerk):
        page = carried_out(clerk, of("甲队"), list="1")
        assert "没有发现问题，可以导入" in page.text
        assert not VolunteerTeam.objects.exists()
        assert not AuditEntry.objects.filter(action=Action.IMPORT).exists()

    def test_what_is_there_already_is_skipped(self, clerk):
        carried_out(clerk, of("甲队"))
        assert (
            "导入志愿服务队伍1条，跳过已有的1条"
            in carried_out(clerk, of("甲队", "乙队"), skip="on").text
        )

    def test_a_file_that_is_no_ledger(self, clerk):
        page = carried_out(clerk, hostile.workbook())
        assert "列名不对：缺少列" in page.text
        assert clerk.client.get(f"{page.request['PATH_INFO']}problems.csv").status_code == 404

    def test_one_at_a_time(self, clerk):
        sent(clerk, of("甲队"))
        assert jobs.BUSY in told(sends(clerk, "teams", of("乙队")))
        assert Job.objects.count() == 1

    def test_rights_are_those_of_the_moment(self, clerk):
        job = sent(clerk, of("甲队"))
        Assignment.objects.update(valid_from="2019-01-01", valid_to="2020-01-01")
        jobs.work()
        job.refresh_from_db()
        assert job.refused == jobs.NOT_ALLOWED
        assert clerk.client.get(job.get_absolute_url()).status_code == 403
        assert not VolunteerTeam.objects.exists()

    def test_nor_does_an_account_that_is_closed(self, clerk):
        job = sent(clerk, of("甲队"))
        type(clerk.user).objects.update(is_active=False)
        jobs.work()
        job.refresh_from_db()
        assert job.refused == jobs.NOT_ALLOWED

    def test_nobody_else_sees_it(self, clerk, client):
        job = sent(clerk, of("甲队"))
        for other in (Somebody(Role.DISTRICT, DISTRICT), Somebody(Role.COMMUNITY, COMMUNITY)):
            for page in (job.get_absolute_url(), f"{job.get_absolute_url()}problems.csv"):
                assert other.client.get(page).status_code == 404
        assert client.get(job.get_absolute_url()).url.startswith("/account/sign-in/")

    def test_a_fault_of_ours_is_said_and_the_next_goes_on(self, clerk, monkeypatch, caplog):
        def fails(*args, **kwargs):
            raise RuntimeError

        with monkeypatch.context() as patch:
            patch.setattr(jobs, "bring", fails)
            assert jobs.FAILED in carried_out(clerk, of("甲队")).text
        assert "RuntimeError" in caplog.text
        assert "1条" in carried_out(clerk, of("甲队")).text

    def test_a_file_that_kills_whoever_reads_it_is_given_up(self, clerk, kept_in):
        job = sent(clerk, of("甲队"))
        Job.objects.update(attempts=jobs.MOST_ATTEMPTS)
        jobs.work()
        assert jobs.GIVEN_UP in clerk.sees(job.get_absolute_url())
        assert not list(kept_in.rglob("imports/*"))

    def test_a_file_whose_job_is_over_does_not_stay(self, clerk, kept_in):
        sent(clerk, of("甲队")).finish(refused="x")
        assert list(kept_in.rglob("imports/*"))
        jobs.work()
        assert not list(kept_in.rglob("imports/*"))

    def test_what_came_of_it_is_forgotten(self, clerk):
        carried_out(clerk, of("甲队"))
        forget_old()
        assert Job.objects.exists()
        Job.objects.update(finished_at=timezone.now() - timezone.timedelta(days=KEPT_DAYS, hours=1))
        forget_old()
        assert not Job.objects.exists()
        assert VolunteerTeam.objects.exists()

    def test_a_process_is_started_where_something_waits_and_nobody_is_at_it(
        self, clerk, monkeypatch
    ):
        started = []
        monkeypatch.setattr(jobs, "_started", [])
        monkeypatch.setattr(
            jobs.subprocess, "Popen", lambda *a, **k: started.append((a, k)) or Process()
        )
        start()
        assert not started
        sent(clerk, of("甲队"))
        start()
        [[[command], options]] = started
        assert command[2] == "carry_out_imports"
        assert options["start_new_session"]
        start()
        assert len(started) == 1  # while the first has not ended
        monkeypatch.setattr(Process, "code", -9)
        start()
        assert len(started) == 2


class Process:
    """One of which it is known how it ended, or that it has not."""

    code = None

    def poll(self):
        """How it ended."""
        return self.code


@pytest.mark.django_db
def test_short_files_are_brought_at_once_and_long_ones_are_not():
    AreaFactory(code=COMMUNITY)
    clerk = Somebody(Role.COMMUNITY, COMMUNITY)
    assert sends(clerk, "teams", of("甲队")).url == "/imports/teams/"
    assert not Job.objects.exists()
    job = sent(clerk, of(*(f"{number}队" for number in range(5_000))))
    jobs.work()
    job.refresh_from_db()
    assert job.outcome["imported"] == 5_000
    packed = hostile.workbook(hostile.sheet(hostile.rows() + " " * 5_000_000))
    assert len(packed) < jobs.LONG
    assert Job.objects.get(pk=sent(clerk, packed).pk)
