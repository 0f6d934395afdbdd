"""Prove what is kept: compute all of it again from records, and say what differs."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.management.base import BaseCommand, CommandError
from django.http import Http404

from suzhou_portal.areas.scope import requested_area
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.kept import upkeep


class Command(BaseCommand):
    """Ends with an error where a kept value is not what its records say."""

    help = "用记录重新计算全部保存的指标数值，逐项核对；有不一致的以错误结束。"

    def add_arguments(self, parser):
        parser.add_argument(
            "--area", default=settings.PORTAL_AREA, help="只核对这个地区及其内外各级。"
        )
        parser.add_argument("--repair", action="store_true", help="用重新计算的数值替换。")

    def handle(self, *args, **options):
        try:
            code = requested_area(options["area"]).code
        except (BadRequest, Http404) as error:
            raise CommandError(str(error)) from error
        day = site_date()
        findings = upkeep.audit(upkeep.areas_of(code), day, repair=options["repair"])
        upkeep.record(code, day, findings)
        for mismatch in findings.mismatches:
            self.stdout.write(str(mismatch))
        told = f"{findings.areas}个地区，{findings.compared}项数值"
        if findings.mismatches:
            done = "，已按记录重新保存" if options["repair"] else ""
            raise CommandError(f"核对{told}：{len(findings.mismatches)}项不一致{done}。")
        self.stdout.write(f"已核对{told}，与记录一致。")
