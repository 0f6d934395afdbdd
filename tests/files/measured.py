"""What refusing a file costs: `python -m tests.files.measured short` prints it for every hostile
one, `heavy` for those that are large."""

import json
import multiprocessing
import os
import resource
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError

from tests.files import hostile


@dataclass(frozen=True)
class Cost:
    """Seconds of a processor, megabytes above the process as it was, and what was said."""

    seconds: float
    megabytes: int
    said: str


def cost_of(read, data):
    """What it takes a process of its own to read the data, which has no use for a database."""
    here, there = multiprocessing.get_context("fork").Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_run, args=(there, read, data))
    process.start()
    there.close()
    try:
        return Cost(*here.recv())
    finally:
        process.join()


def _run(there, read, data):
    before, began = _most(), time.process_time()
    try:
        read(data)
        said = ""
    except ValidationError as error:
        said = error.messages[0]
    there.send((time.process_time() - began, _most() - before, said))
    there.close()
    os._exit(0)


def _most():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def read_ledger(data):
    """As an import reads a file of people."""
    from suzhou_portal.imports.reading import LedgerFile

    for _ in LedgerFile(data, hostile.HEADINGS).chunks():
        pass


def read_upload(data):
    """As an attachment is looked at, and a form's own workbook."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from suzhou_portal.files import content
    from suzhou_portal.reports import layouts

    checked = content.check(SimpleUploadedFile("附件", data))
    if checked.ending == "xlsx":
        layouts.Layout(data).filled({layouts.FormPlace("", "C5"): 1})


def main(those):
    """A line of JSON for each file and each way to read it."""
    import django

    django.setup()
    for read in (read_ledger, read_upload):  # what they import is no cost of a file
        with suppress(ValidationError):
            read(hostile.workbook())
    short = {**hostile.workbooks(), **hostile.others()}
    for name, data in (hostile.heavy() if those == "heavy" else short).items():
        for how in (read_ledger, read_upload):
            cost = {
                "name": name,
                "bytes": len(data),
                "how": how.__name__,
                **asdict(cost_of(how, data)),
            }
            print(json.dumps(cost, ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
