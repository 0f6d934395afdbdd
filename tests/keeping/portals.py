"""Small portals with records and files, in databases of the tests' cluster and state folders of their own."""

import contextlib
import io
import json
import zipfile

from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connections

from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.desks.models import Draft
from suzhou_portal.embedded.cluster import Cluster
from suzhou_portal.files.models import Attachment, attach, private_storage
from suzhou_portal.imports.models import Job
from suzhou_portal.keeping import stored
from tests.databases import server
from tests.factories.accounts import UserFactory
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.factories.communities import GridEventFactory
from tests.files.pictures import photo

# What a restore writes itself, or `refresh_figures` after it.
OWN = {
    "service_servicerun",
    "audit_auditentry",
    "audit_touched",
    "figures_kept",
    "figures_figureaudit",
}


def live_in(state):
    """Keep all but the database, which stays in the tests' cluster, in this folder."""
    state.mkdir(mode=0o700, exist_ok=True)
    Cluster._known[state] = Cluster.under(settings.PORTAL_STATE)
    settings.PORTAL_STATE = state
    settings.PORTAL_BACKUPS = state / "backups"
    for _, field in stored.holders():
        field.storage = private_storage()


def filled():
    """Records with files, a draft with one, and an import that waits for its turn."""
    AreaFactory(code=COMMUNITY)
    clerk = UserFactory(username="clerk")
    for number in range(3):
        attach(GridEventFactory(title=f"堆物{number}"), photo(size=(40 + number, 30)))
    Draft.objects.create(user=clerk, address="/desk/", title="事件").keep(photo(size=(20, 20)))
    for finished in (None, "2022-06-01T00:00Z"):
        job = Job(user=clerk, ledger="teams", name="队伍.csv", finished_at=finished)
        job.file.save(job.name, ContentFile("名称\n甲队\n".encode()))
    job.file.delete(save=False)  # as when it is over


def rows():
    """What every table holds that a restore leaves as it was."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table not in OWN:
            every = model._base_manager.using("owner").order_by("pk")
            found[model._meta.label] = list(every.values_list())
    return found


def entries():
    """The trail, by number."""
    return {one["id"]: one for one in AuditEntry.objects.using("owner").values()}


def files():
    """Everything in the storage by its name."""
    root = stored.root()
    every = (one for one in root.rglob("*") if one.is_file())
    return {str(one.relative_to(root)): one.read_bytes() for one in every}


def whole():
    """Records, trail and files."""
    return rows(), entries(), files()


def backed_up(path, *more):
    """What the command says."""
    return said("backup", str(path), *more)


def said(*command, **options):
    out = io.StringIO()
    # `audit_figures`, called by another command, speaks for itself.
    with contextlib.redirect_stdout(out):
        call_command(*command, stdout=out, **options)
    return out.getvalue()


@contextlib.contextmanager
def another(state):
    """An empty database, and a state folder, to restore to."""
    own, former = connections["owner"].settings_dict["NAME"], settings.PORTAL_STATE
    name = server.new()
    connections.close_all()
    server.point(name)
    live_in(state)
    try:
        yield name
    finally:
        connections.close_all()
        live_in(former)
        server.point(own)
        server.drop(name)


def rewritten(path, change, *left_out):
    """The backup with another manifest: `change` is given it, and some members are left out."""
    other = path.with_name("other.zip")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "manifest.json":
                manifest = json.loads(data)
                change(manifest)
                data = json.dumps(manifest)
            if name not in left_out:
                target.writestr(name, data)
    return other


def attachments():
    """Each attachment's content, read as a page does."""
    found = {}
    for one in Attachment.objects.all():
        with one.file.open("rb") as file:
            found[one.pk] = file.read()
    return found
