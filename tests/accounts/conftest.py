"""Two communities of one district: where the clerk of these tests works, and where not."""

import pytest

from tests.accounts.world import NEIGHBOUR, clerk_of, signed_in
from tests.factories.areas import COMMUNITY, AreaFactory


@pytest.fixture
def home(db):
    """Where the clerk works."""
    return AreaFactory(code=COMMUNITY, name="富康路社区")


@pytest.fixture
def away(home):
    """A community of another street."""
    return AreaFactory(code=NEIGHBOUR, name="别处社区")


@pytest.fixture
def local_clerk(home):
    """The clerk of 富康路社区."""
    return clerk_of(COMMUNITY)


@pytest.fixture
def browser(local_clerk):
    """Where that clerk is signed in."""
    return signed_in(local_clerk)
