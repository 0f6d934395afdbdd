"""Fixtures of the page tests."""

from tests.demonstrated import demonstration  # noqa: F401 - a fixture
