"""A hotline's key that is in use, and the one before it; nobody was ever shown either."""

from seeds.demo.world import World
from suzhou_portal.linkage.models import ApiKey


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    begun, renewed = world.months_ago(24), world.months_ago(8)
    former = {"valid_from": begun, "revoked_on": renewed}
    for dates in (former, {"valid_from": renewed}):
        ApiKey(area=world.district, name="市12345热线系统", is_demo=True, **dates).save()
    return "接口密钥2个"
