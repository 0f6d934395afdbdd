"""The commands that prepare and serve the portal."""

import io
import shutil
import socket
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from suzhou_portal.areas.models import Area
from suzhou_portal.figures.models import PublishedValue
from suzhou_portal.management.commands import migrate, serve
from tests.test_foundation import embedded_only


@pytest.fixture
def seeds(settings, tmp_path):
    """A copy of the reference data, to be spoilt."""
    copy = tmp_path / "seeds"
    for kind in ("divisions", "published"):
        shutil.copytree(Path(settings.PORTAL_SEEDS) / kind, copy / kind)
    settings.PORTAL_SEEDS = copy
    return copy


def load_reference():
    out = io.StringIO()
    call_command("load_reference", stdout=out)
    return out.getvalue()


def state():
    return list(Area.objects.values()), list(PublishedValue.objects.values())


@pytest.mark.django_db
class TestLoadReference:
    def test_says_how_much_there_is(self, seeds):
        lines = [
            sum(len(file.read_text().splitlines()) - 1 for file in (seeds / kind).glob("*.csv"))
            for kind in ("divisions", "published")
        ]
        assert load_reference() == f"参考数据：行政区划{lines[0]}个，公布值{lines[1]}个。\n"

    def test_twice_changes_nothing(self):
        load_reference()
        first = state()
        load_reference()
        assert state() == first

    @pytest.mark.parametrize(
        ("file", "line", "message"),
        [
            ("divisions/zz.csv", "999,某地,street,", "位数不对"),
            ("published/zz.csv", "no_such", "没有名为“no_such”的指标"),
        ],
    )
    def test_a_bad_file_changes_nothing(self, seeds, file, line, message):
        header = next((seeds / file).parent.glob("*.csv")).read_text().splitlines()[0]
        (seeds / file).write_text(f"{header}\n{line}\n")
        with pytest.raises(CommandError, match=message):
            load_reference()
        assert state() == ([], [])

    def test_the_portals_area_must_be_there(self, settings):
        settings.PORTAL_AREA = "110101"
        with pytest.raises(CommandError, match="PORTAL_AREA=110101"):
            load_reference()


# Of who did what, and who wrote what.
ADDED_TO_BY_THE_DATABASE = {"audit_auditentry", "lifecycle_author"}


class TestMigrate:
    def test_is_the_owners_by_default(self):
        parser = migrate.Command().create_parser("manage.py", "migrate")
        assert parser.parse_args([]).database == "owner"

    @embedded_only
    @pytest.mark.django_db
    def test_gives_the_application_rows_and_nothing_more(self):
        tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
        assert {"areas_area", "organizations_socialorganization_areas_served"} <= set(tables)
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(
                    "SELECT right_name FROM unnest(ARRAY['SELECT', 'INSERT', 'TRUNCATE',"
                    " 'REFERENCES', 'TRIGGER']) right_name WHERE has_table_privilege(%s, right_name)",
                    [table],
                )
                kept = ["SELECT"] if table in ADDED_TO_BY_THE_DATABASE else ["SELECT", "INSERT"]
                assert [row[0] for row in cursor.fetchall()] == kept, table


def test_a_taken_port_is_said_in_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"端口 {port} 不能使用") as caught:
            serve._claim("127.0.0.1", port)
    assert "\n" not in str(caught.value)
    serve._claim("127.0.0.1", port)


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    assert settings.DATABASES.keys() == {"default", "owner"}
