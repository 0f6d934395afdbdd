#!/usr/bin/env python
"""The portal's command line."""

import os
import sys


def main() -> None:
    """Run a management command; what a person can mend is said in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suzhou_portal.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, OperationalError) as error:
        sys.exit(f"错误：{error}")


if __name__ == "__main__":
    main()
