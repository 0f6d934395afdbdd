"""Many cases in one test: where a case costs next to nothing, an item of its own would cost more."""

from contextlib import contextmanager
from functools import partial

import pytest
from hypothesis import Phase, given, settings


@contextmanager
def case(*named):
    """What fails inside says for which case."""
    try:
        yield
    except Exception as error:
        error.add_note(f"in the case {named}")
        raise


def _attempt(examples, check, *strategies):
    # What fills a database for each example tells a failing one as it is.
    few_or_many = settings(max_examples=examples, phases=[Phase.explicit, Phase.generate])
    few_or_many(given(*strategies)(check))()


def in_both_forms(argument, *, short, whole=None, parts=()):
    """A test is given the short form, and in `make test-all` the whole, or each part of it: what takes
    longest is shared out.
    """
    wholes = {f"part{number}": one for number, one in enumerate(parts)} or {"whole": whole}
    exhaustive = pytest.mark.exhaustive
    return pytest.mark.parametrize(
        argument,
        [
            pytest.param(short, id="short"),
            *(pytest.param(one, marks=exhaustive, id=name) for name, one in wholes.items()),
        ],
    )


def tried(*, few, many):
    """A test is given `attempt`, which tries a property on what strategies draw: with few examples,
    and with many in `make test-all`.
    """
    return in_both_forms("attempt", short=partial(_attempt, few), whole=partial(_attempt, many))
