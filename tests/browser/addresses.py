"""The pages of visitors that a browser looks at: one for each way in which a page is made, and what goes wrong."""

from tests.pages.addresses import PAGES, one_of_each

MADE_FOR_MACHINES = (
    "/data/",
    "/open311/",
    "/feeds/",
    "/calendars/",
    "/robots.txt",
    "/sitemap",
    "/.well-known/",
)
COMMUNITY = "/areas/620902004004/"
PUBLIC = [
    *(
        page
        for page in one_of_each(PAGES)
        if page == "/data/" or not (page.startswith(MADE_FOR_MACHINES) or page.endswith(".csv"))
    ),
    "/figures/certified_ratio/", "/figures/average_monthly_pay/", "/services/?q=没有这样的服务", "/services/?q=家暴",
    "/account/sign-in/", "/requests/", "/requests/new/", "/nowhere/", "/services/?category=none", COMMUNITY,
    "/dashboard/?by=organizations", "/wall/?turn=4", "/compare/?area=620902004&with=620902001",
    "/compare/?period=2022&against=2021",
    "/analysis/?figure=certified_ratio&level=self&level=street&period=2023-Q1&count=6",
]  # fmt: skip
