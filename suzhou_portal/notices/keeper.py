"""Keeps a command running as long as somebody holds the other end of standard input: a process of its own,
since starting others from a thread of gunicorn's master hangs where that forks at the same moment.
"""

import select
import subprocess
import sys
from collections.abc import Sequence

AGAIN = 3.0  # seconds until what ended is started again


def beside(*command: str) -> subprocess.Popen[bytes]:
    """Keep a command of this Python running until what is returned, or this process, is gone."""
    return subprocess.Popen(  # noqa: S603 - the portal's own
        [sys.executable, __file__, sys.executable, *command],
        stdin=subprocess.PIPE,
        start_new_session=True,  # what stops the portal closes the pipe
    )


def keep(command: Sequence[str]) -> None:
    """Run it again and again, until the input ends; so does the command, which is given the same input."""
    while True:
        subprocess.run(command, check=False)  # noqa: S603 - the portal's own
        if select.select([sys.stdin], [], [], AGAIN)[0]:
            return


if __name__ == "__main__":
    keep(sys.argv[1:])
