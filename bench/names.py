"""The demonstrated district, and the pages measured, by the names under which they are reported."""

ONE = "620902"
DISTRICT = "区页"
PAGES = {
    DISTRICT: f"/areas/{ONE}/", "社区页": f"/areas/{ONE}004004/", "全国页": "/areas/CN/",
    "区数据总览": f"/dashboard/?area={ONE}", "全国数据总览": "/dashboard/?area=CN",
    "服务目录（全国）": "/services/", "服务目录（省）": "/services/?area=62",
    "服务搜索（全国）": "/services/?q=助餐",
}  # fmt: skip
WITH_FLOOR = (DISTRICT, "社区页", "全国页", "区数据总览", "全国数据总览")
