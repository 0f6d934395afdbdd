"""What each figure says and what it counts, as digests: `python -m tests.figures.rules` writes them down.

The public versions of definitions follow what is said alone. So a rule must not change in SQL while its
words stay; and where only the framework words the same SQL otherwise, the digests are written down anew.
"""

import datetime
import hashlib
import json
from pathlib import Path

FILE = Path(__file__).with_name("rules.json")
DAY = datetime.date(2000, 12, 31)


def rules():
    """Of each figure, by key, the digests of its declaration and of the SQL of its records."""
    from suzhou_portal.figures.registry import figures
    from suzhou_portal.reporting import definitions

    return {
        figure.key: {"said": definitions.digest(figure)[:16], "counted": counted(figure)}
        for figure in figures.all()
    }


def counted(figure):
    """The digest of the queries of a figure's records, as of a day and within a period."""
    if figure.measure.parts:
        return ""
    asked = [figure, figure.since(DAY.replace(day=1))]
    # Without the columns, which change with their table and not with the rule.
    told = [str(one.records_as_of(DAY).order_by().values("pk").query) for one in asked]
    told += [str(figure.measure), figure.nothing.value]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


if __name__ == "__main__":
    import django

    django.setup()
    FILE.write_text(json.dumps(rules(), indent=1, sort_keys=True) + "\n", encoding="ascii")
