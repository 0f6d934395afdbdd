"""Commands that are run one after the other, and noted as one run."""

from typing import ClassVar

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from suzhou_portal.service.models import RunKind
from suzhou_portal.service.runs import noted


class InTurnCommand(BaseCommand):
    """Each is run, though one before it has failed; ends with an error where one has."""

    kind: ClassVar[RunKind]
    commands: ClassVar[tuple[str, ...]]

    def handle(self, *args, **options):
        with noted(self.kind) as outcome:
            failed = [told for name in self.commands if (told := self._failure(name))]
            if failed:
                raise CommandError("；".join(failed))
            outcome.detail = f"已完成：{'、'.join(self.commands)}"

    def _failure(self, name: str) -> str:
        """What went wrong with it; blank where nothing did."""
        try:
            call_command(name, stdout=self.stdout)
        except (CommandError, DatabaseError) as error:
            return f"{name}：{error}"
        return ""
