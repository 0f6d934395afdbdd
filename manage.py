#!/usr/bin/env python
"""The portal's command line."""

import os
import sys


def main() -> None:
    """Run a management command; what a person can mend is said in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suzhou_portal.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError, OperationalError
    from django.db.migrations.exceptions import MigrationSchemaMissing

    from suzhou_portal.database import failures

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"错误：{error}")
    except (DatabaseError, MigrationSchemaMissing) as error:
        told = failures.of_statement(error)
        if not told and not isinstance(error, OperationalError):
            raise  # a mistake of ours
        sys.exit(f"错误：{told or error}")


if __name__ == "__main__":
    main()
