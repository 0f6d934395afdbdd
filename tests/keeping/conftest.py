import pytest
from django.db import connections

from suzhou_portal.embedded.cluster import Cluster
from suzhou_portal.keeping import stored
from tests.keeping import portals


@pytest.fixture
def state(settings, tmp_path, monkeypatch):
    """A state folder that vanishes."""
    monkeypatch.setattr(Cluster, "_known", dict(Cluster._known))
    for _, field in stored.holders():
        monkeypatch.setattr(field, "storage", field.storage)
    settings.PORTAL_BACKUPS = settings.PORTAL_BACKUPS  # so that both are put back
    settings.PORTAL_STATE = settings.PORTAL_STATE
    portals.live_in(tmp_path / "state")
    return tmp_path / "state"


@pytest.fixture
def portal(committed, state, settings):
    """A small portal that keeps its own key; its state folder."""
    (state / "secret_key").write_text(settings.SECRET_KEY)
    portals.filled()
    yield state
    connections.close_all()
