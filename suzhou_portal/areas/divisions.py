"""Where a record stands, in the form in which one index answers it together with words."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, Q, TextField

from suzhou_portal.areas import codes
from suzhou_portal.areas.succession import answered_for

_AROUND = ", ".join(f"left(%(expressions)s, {length})" for length in codes.LENGTHS.values())


class Divisions(Func):
    """The codes of all divisions that a code lies in, its own once more behind a mark.

    An index of this expression is the database's own work: it follows every write, however made.
    """

    template = f"ARRAY[{_AROUND}, '=' || %(expressions)s]"
    arity = 1
    output_field = ArrayField(TextField())


def inside_or_around(code: str, name: str = "divisions") -> Q:
    """Of records annotated with their `Divisions`: those inside the division or left by one merged into
    it, and those standing in one of the divisions around it.
    """
    if code == codes.COUNTRY:
        return Q()
    around = [f"={one}" for one in codes.lineage(code)[:-1]]
    return Q(**{f"{name}__overlap": [*answered_for(code), *around]})
