"""Remove personal data that is no longer needed."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.months import months_before


class Command(BaseCommand):
    """Blanks the masked columns of records past their use; the records and their figures stay.

    The trail kept these columns masked from the start, so nothing remains there either.
    Source: 个人信息保护法 articles 19 and 47.
    """

    help = "匿名化超过期限（PERSONAL_DATA_MONTHS）的个人信息：清空电话、联系人，记录和统计不变。"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="只报告数量，不改动。")

    def handle(self, *args, **options):
        before = months_before(timezone.localdate(), settings.PERSONAL_DATA_MONTHS)
        self.stdout.write(f"停止使用早于{before}的记录：")
        with transaction.atomic():
            for model in _holding_personal_data():
                columns = _personal(model)
                filled = ~Q(**dict.fromkeys(columns, ""))
                records = model._default_manager.past_use(before).filter(filled)  # type: ignore[attr-defined]
                keys = list(records.values_list("pk", flat=True).distinct())
                if keys and not options["dry_run"]:
                    model._base_manager.filter(pk__in=keys).update(**dict.fromkeys(columns, ""))
                    note = f"{len(keys)}条，清空{'、'.join(columns)}"
                    trail.record(Action.ANONYMISE, model=model._meta.label_lower, note=note)
                self.stdout.write(f"  {model._meta.verbose_name}：{len(keys)}条")
        self.stdout.write("未作改动。" if options["dry_run"] else "已匿名化。")


def _personal(model: Any) -> list[str]:
    """The columns to blank: not those by which each record is known, such as the code of a receipt."""
    return [name for name in model.masked if not model._meta.get_field(name).unique]


def _holding_personal_data() -> Iterator[type[Model]]:
    for model in apps.get_models():
        if hasattr(model, "masked") and hasattr(model._default_manager.all(), "past_use"):
            yield model
