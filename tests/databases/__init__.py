"""The databases tests run in: templates built once and kept, and each worker's own copies of them.

Each kind is made from the one before: its tables (migrations alone), `bare` (what `manage.py
migrate` leaves), `reference` (divisions and published values), `demonstration` (what `make run`
shows). A template's name holds the digest of what it is made from (`sources.py`), so one that is out
of date has another name and is never found. Copies belong to the process that made them and are
recognized as left behind once it is gone (`server.py`), however it ended.
"""
