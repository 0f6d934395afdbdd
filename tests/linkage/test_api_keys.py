"""Keys of other offices' systems: shown once, kept as a digest, made anew, called in for good."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from suzhou_portal.accounts.roles import PERMISSIONS, Role
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.linkage.models import ApiKey
from suzhou_portal.linkage.models.keys import digest_of
from tests.accounts.world import clerk_of, page, signed_in
from tests.admin.test_admin import address
from tests.factories.areas import DISTRICT, STREET, AreaFactory
from tests.factories.keys import ApiKeyFactory
from tests.rules import again
from tests.test_every_rule import refused

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def administrator():
    """A browser of the district's administrator."""
    return signed_in(clerk_of(DISTRICT, role=Role.ADMINISTRATOR))


def shown(response):
    """The key that a page shows."""
    return re.search(r'class="revealed"><strong>([\w-]{43})<', page(response))[1]


def renew(key):
    return reverse("admin:linkage_apikey_renew", args=[key.pk])


def added(browser, **known):
    data = {
        "area": DISTRICT,
        "name": "市12345热线",
        "valid_from": TODAY(),
        "valid_to": "",
        "daily": 500,
        **known,
    }
    AreaFactory(code=DISTRICT)
    return browser.post(address(ApiKey, "add"), data)


def test_it_is_shown_once_and_kept_as_a_digest(administrator):
    secret = shown(added(administrator))
    key = ApiKey.objects.get()
    assert key.digest == digest_of(secret)
    assert ApiKey.objects.of(secret) == key
    for path in (address(ApiKey), address(ApiKey, "change", key.pk), renew(key)):
        text = page(administrator.get(path))
        assert secret not in text
        assert key.digest not in text
    entries = repr(list(AuditEntry.objects.values()))
    assert secret not in entries
    assert key.digest not in entries


def test_made_anew_the_one_before_opens_nothing(administrator):
    first = shown(added(administrator))
    key = ApiKey.objects.get()
    assert "立即失效" in page(administrator.get(renew(key)))
    assert ApiKey.objects.of(first) == key
    second = shown(administrator.post(renew(key)))
    assert ApiKey.objects.of(second) == key
    assert ApiKey.objects.of(first) is None


def test_a_system_has_one_at_a_time(administrator):
    """So a form sent twice makes one."""
    added(administrator)
    assert "已有没有停用的密钥" in page(added(administrator))
    assert ApiKey.objects.count() == 1


def test_called_in_it_stays_so(administrator):
    added(administrator)
    key = ApiKey.objects.get()
    change = address(ApiKey, "change", key.pk)
    version = administrator.get(change).context["adminform"].form.initial["version"]
    data = {"area": DISTRICT, "name": key.name, "valid_from": key.valid_from, "valid_to": "",
            "daily": 500, "revoked_on": TODAY(), "version": version}  # fmt: skip
    assert administrator.post(change, data).status_code == 302
    assert administrator.post(change, data | {"revoked_on": ""}).status_code == 403
    assert administrator.post(renew(key)).status_code == 403
    key.refresh_from_db()
    assert key.why_not(TODAY()) == "密钥已停用。"
    assert shown(added(administrator))


def test_the_administrator_alone_keeps_them():
    key = ApiKeyFactory(area=AreaFactory(code=STREET))
    for role in set(Role) - {Role.ADMINISTRATOR}:
        assert not [one for one in PERMISSIONS[role] if one.endswith("_apikey")]
    for role, code in ((Role.DISTRICT, DISTRICT), (Role.STREET, STREET)):
        browser = signed_in(clerk_of(code, role=role))
        assert browser.get(renew(key)).status_code == 403
        assert browser.post(renew(key)).status_code == 403
    elsewhere = signed_in(clerk_of("620921", role=Role.ADMINISTRATOR))
    for asked in (elsewhere.get, elsewhere.post):
        assert asked(renew(key)).status_code == 404
    assert ApiKey.objects.get().digest == key.digest


def test_the_database_holds_its_rules():
    key = ApiKeyFactory()
    before = key.valid_from - datetime.timedelta(days=1)
    assert refused(again(key, name="另一个", digest="x", valid_to=before)) == "api_key_dates"
    assert refused(again(key, digest="x")) == "api_key_once"
