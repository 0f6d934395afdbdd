"""Files kept with a record: by whoever may change it, seen by whoever sees it, nobody else."""

import pytest

from suzhou_portal.files.models import Attachment
from tests.factories.areas import COMMUNITY
from tests.factories.communities import GridEventFactory
from tests.files.pictures import photo
from tests.journeys import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_in")]

ELSEWHERE = "620902004005"


def upload(somebody, event, *files):
    return somebody.client.post(
        f"/desk/grid-events/{event.pk}/files/", {"uploads": list(files)}, follow=True
    )


def test_a_photo_comes_with_the_report_and_is_seen_by_those_who_see_it(client, kept_in):
    clerk, stranger = Somebody("community", COMMUNITY), Somebody("community", ELSEWHERE)
    event = clerk.has_entered(
        "grid-events", kind="safety", title="堆物", place="2号楼", uploads=photo()
    )
    kept = Attachment.objects.get()
    page = clerk.sees(f"/desk/grid-events/{event.pk}/")
    assert kept.get_absolute_url() in page
    response = clerk.client.get(kept.get_absolute_url())
    assert response["Content-Type"] == "image/jpeg"
    assert "no-store" in response["Cache-Control"]
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")
    assert list(kept_in.rglob("*.jpg"))
    assert stranger.client.get(kept.get_absolute_url()).status_code == 404
    assert client.get(kept.get_absolute_url()).status_code == 302
    assert kept.entered_by == clerk.user


def test_more_are_added_later_and_each_bad_one_is_named():
    clerk = Somebody("community", COMMUNITY)
    event = GridEventFactory()
    bad = photo("假照片.jpg")
    bad.file.truncate(3)
    refused = upload(clerk, event, photo("甲.jpg"), bad)
    assert "“假照片.jpg”：" in refused.text
    assert not Attachment.objects.exists()
    upload(clerk, event, photo("甲.jpg"), photo("乙.jpg"))
    assert [kept.name for kept in Attachment.objects.of(event)] == ["甲.jpg", "乙.jpg"]


@pytest.mark.parametrize(("role", "area", "status"), [
    ("community", ELSEWHERE, 404), ("auditor", "620902", 403), ("hr", "620902", 403),
])  # fmt: skip
def test_nobody_else_keeps_files_with_it(role, area, status):
    event = GridEventFactory()
    assert upload(Somebody(role, area), event, photo()).status_code == status
    assert not Attachment.objects.exists()


def test_a_file_goes_with_its_row(kept_in, django_capture_on_commit_callbacks):
    event = GridEventFactory()
    upload(Somebody("community", COMMUNITY), event, photo())
    [kept] = Attachment.objects.all()
    path = kept_in / kept.file.name
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        kept.delete()
    assert not path.exists()
