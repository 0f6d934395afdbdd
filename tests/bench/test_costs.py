"""What a value costs right after a write stays what it was brought down to."""

from bench import costs
from tests.factories.areas import COMMUNITY, AreaFactory


def test_a_value_after_a_write_is_few_statements_and_few_files(committed):
    AreaFactory(code=COMMUNITY)
    statements, switches = costs.after_write()
    assert statements <= 6
    assert 20 < switches <= 80
