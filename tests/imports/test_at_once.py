"""Two people who import at once, a crash in between, and figures that are true afterwards."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.figures import door
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.registry import figures
from suzhou_portal.imports.importing import bring
from suzhou_portal.imports.registry import ledgers
from tests.accounts.world import clerk_of
from tests.committed import both
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.imports.files import COPIED, another, as_csv, keeper, row, sheet

NEIGHBOUR = "620902004009"


def brings(name, data, user, **more):
    """As in a request of theirs."""
    with trail.acting(lambda: trail.Actor(id=user.pk, name=str(user), user=user)):
        return bring(ledgers.get(name), data, user, name="台账.csv", **more)


@pytest.mark.parametrize("name", [ledger.name for ledger in COPIED])
def test_two_who_bring_the_same_file_do_not_double_it(committed, name):
    AreaFactory(code=COMMUNITY)
    people = [keeper(ledgers.get(name)).user for _ in range(2)]
    file = as_csv(sheet(name, row(name), another(name)))
    outcomes = both(people[0], *(_held(people[0], name, file, user) for user in people))
    assert sorted(one.imported for one in outcomes) == [0, 2]
    assert sorted(one.unchanged for one in outcomes) == [0, 2]
    assert not any(one.problems for one in outcomes)
    assert ledgers.get(name).model.objects.count() == 2


def _held(held, name, file, user):
    def act():
        with transaction.atomic():
            type(held).objects.select_for_update().get(pk=held.pk)
        return brings(name, file, user)

    return act


@pytest.mark.django_db
class TestAlone:
    def test_what_is_brought_counts_at_once(self):
        AreaFactory(code=COMMUNITY)
        clerk, day = clerk_of(COMMUNITY), site_date()
        counted = [figure for figure in figures.all() if figure.key == "volunteer_teams"]
        counted = counted or figures.all()
        before = door.values(counted, DISTRICT, day)
        rows = [row("teams", name=f"{number}队", kind="党员") for number in range(3)]
        brings("teams", as_csv(sheet("teams", *rows)), clerk)
        after = door.values(counted, DISTRICT, day)
        assert before != after

    def test_a_failure_in_between_leaves_nothing(self, monkeypatch):
        AreaFactory(code=COMMUNITY)
        clerk = clerk_of(COMMUNITY)

        def fails(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr("suzhou_portal.imports.importing.trail.record", fails)
        with pytest.raises(RuntimeError), transaction.atomic():
            brings("teams", as_csv(sheet("teams", row("teams"))), clerk)
        assert not ledgers.get("teams").model.objects.exists()
        assert not AuditEntry.objects.filter(action=Action.IMPORT).exists()

    def test_a_file_of_many_chunks_with_one_bad_row_names_it(self):
        AreaFactory(code=COMMUNITY)
        rows = [row("teams", name=f"{number}队") for number in range(4_500)]
        rows[4_100][1] = ""
        [problem] = brings("teams", as_csv(sheet("teams", *rows)), clerk_of(COMMUNITY)).problems
        assert (problem.row, problem.heading) == (4_102, "名称")

    def test_a_file_full_of_mistakes_is_not_looked_at_to_its_end(self, monkeypatch):
        monkeypatch.setattr("suzhou_portal.imports.row_forms.MOST", 5)
        AreaFactory(code=COMMUNITY)
        rows = [row("teams", name="") for _ in range(20)]
        outcome = brings("teams", as_csv(sheet("teams", *rows)), clerk_of(COMMUNITY))
        assert len(outcome.problems) == 5
        assert outcome.cut_short

    def test_one_entry_for_each_record_of_a_large_file(self):
        AreaFactory(code=COMMUNITY), AreaFactory(code=NEIGHBOUR)
        rows = [
            row("teams", name=f"{number}队", area=(COMMUNITY, NEIGHBOUR)[number % 2])
            for number in range(2_500)
        ]
        user = clerk_of(STREET, role=Role.STREET)
        assert brings("teams", as_csv(sheet("teams", *rows)), user).imported == 2_500
        entries = AuditEntry.objects.filter(action=Action.CREATE, model="volunteers.volunteerteam")
        assert entries.count() == entries.values("object_id").distinct().count() == 2_500
        assert set(entries.values_list("actor_id", flat=True)) == {user.pk}

    def test_by_command(self, tmp_path, capsys):
        AreaFactory(code=COMMUNITY)
        user = clerk_of(COMMUNITY, username="zhang")
        file = tmp_path / "台账.csv"
        file.write_bytes(as_csv(sheet("teams", row("teams"))))
        call_command("import_ledger", "teams", str(file), by="zhang")
        assert "已导入1条" in capsys.readouterr().out
        noted = AuditEntry.objects.get(action=Action.IMPORT)
        assert (noted.actor_id, noted.origin) == (user.pk, "import_ledger teams")
        call_command("import_ledger", "teams", str(file), by="zhang")
        assert "已导入0条，没有变化1条" in capsys.readouterr().out
        file.write_bytes(as_csv(sheet("teams", row("teams", members="13"))))
        with pytest.raises(CommandError, match="共1个问题"):
            call_command("import_ledger", "teams", str(file), by="zhang")
        assert "第2行“登记人数（人）”（13）：已有这条记录" in capsys.readouterr().out
        call_command("import_ledger", "teams", str(file), "--skip-existing", by="zhang")
        assert "已导入0条，跳过已有的1条" in capsys.readouterr().out
        call_command("import_ledger", "teams", str(file), "--update-existing", by="zhang")
        assert "已导入0条，修改1条" in capsys.readouterr().out
        for wrong, said in (
            ({"by": "nobody"}, "没有账号"),
            ({"by": clerk_of(DISTRICT, role=Role.AUDITOR).username}, "不能导入"),
        ):
            with pytest.raises(CommandError, match=said):
                call_command("import_ledger", "teams", str(file), **wrong)
        with pytest.raises(CommandError, match="读不了"):
            call_command("import_ledger", "teams", str(tmp_path / "none.csv"), by="zhang")

    def test_the_temporary_table_is_nobody_elses(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('public.portal_import')")
            assert cursor.fetchone() == (None,)
