"""Columns that the rows of many figures share."""

from suzhou_portal.figures.registry import Column

AREA = Column("所属地区", "area")
