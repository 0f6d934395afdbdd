"""What this site is: whose portal, as of when, under whose name."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from suzhou_portal.settings.environment import BASE_DIR, env

# The division whose portal this is: a code of 2, 4, 6, 9 or 12 digits, or CN.
PORTAL_AREA = env.area_code("PORTAL_AREA", "620902")
# The date all figures are as of (yyyy-mm-dd). Blank: the demonstration's own date, else today.
PORTAL_AS_OF = env.date("PORTAL_AS_OF")
# Which units report figures for which periods: level:kind, comma separated; levels district, street,
# community (and city, province, country), kinds month, quarter, year.
REPORTED_PERIODS = env.reported_periods(
    "REPORTED_PERIODS", "community:quarter,street:quarter,district:quarter,district:year"
)
# Reference data: divisions/*.csv and published/*.csv.
PORTAL_SEEDS = Path(env.text("PORTAL_SEEDS", str(BASE_DIR / "seeds"))).absolute()
if not PORTAL_SEEDS.is_dir():
    raise ImproperlyConfigured(f"PORTAL_SEEDS={PORTAL_SEEDS} 不是一个文件夹。")
# The password of the demonstration account. Blank: a random one, printed once.
DEMO_PASSWORD = env.text("DEMO_PASSWORD", "")

# What a government site must state in its footer; blank shows nothing, and the administrator is told.
SITE_IDENTITY = {
    "主办单位": env.text("SITE_SPONSOR", ""),
    "网站标识码": env.text("SITE_IDENTIFIER", ""),
    "ICP备案号": env.text("SITE_ICP", ""),
    "公安备案号": env.text("SITE_POLICE_RECORD", ""),
    "联系方式": env.text("SITE_CONTACT", ""),
}

# Under which terms the portal's open data may be used; blank shows 待核定.
DATA_LICENCE = env.text("DATA_LICENCE", "")
# The Word file that reports are filled into; an office may have its own.
REPORT_TEMPLATE = env.file("REPORT_TEMPLATE", BASE_DIR / "templates/reports/report.docx")
# A folder of Word files that documents are filled into instead of the portal's own of the same names.
PAPER_TEMPLATES = env.folder("PAPER_TEMPLATES")
# Of how many people or records a mean or a ratio must be to be ranked beside those of other divisions.
RANKING_MINIMUM = env.whole("RANKING_MINIMUM", "10", 1, 10_000)
# After how many days a service that nobody has verified is marked, and waits for its keeper.
SERVICE_VERIFIED_DAYS = env.whole("SERVICE_VERIFIED_DAYS", "180", 1, 3650)
