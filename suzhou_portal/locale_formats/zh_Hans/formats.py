"""How dates are written and typed here: as Django's zh_Hans, and 2023.5.1 as clerks write it."""

from django.conf.locale.zh_Hans.formats import DATE_INPUT_FORMATS as USUAL

DATE_FORMAT = "Y年n月j日"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y.%m.%d", "%Y年%m月%d日", *USUAL]
