"""Records for tests: each factory makes a valid record, by itself or around what a test gives it."""

import datetime

# When what the factories make begins: well before the published date, and the first of a month.
BEGUN = datetime.date(2022, 6, 1)
