"""Migrations that render only the models they change: on an empty database some hundred of them took ten
times as long, since Django renders again whatever is related to a changed model, here nearly everything.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ProjectState


@contextmanager
def only_what_changes() -> Iterator[None]:
    """While it lasts, a change of one model renders that model alone again.

    A change of columns and rules needs no more. Functions that migrations run need all models, with their
    relations: for these the state is marked as delayed, and Django renders it wholly anew before each.
    """
    found = ProjectState._find_reload_model  # type: ignore[attr-defined]

    def alone(
        state: Any, app_label: str, model_name: str, delay: bool = False
    ) -> set[tuple[str, str]]:
        state.is_delayed = True
        return {(app_label, model_name)}

    ProjectState._find_reload_model = alone  # type: ignore[attr-defined]
    try:
        yield
    finally:
        ProjectState._find_reload_model = found  # type: ignore[attr-defined]
