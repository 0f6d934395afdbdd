"""Records that stay as they are from some point on."""

from typing import Any, ClassVar


class Keeps:
    """Records that are looked at only, once `is_kept` says so."""

    is_kept: ClassVar[Any]

    def has_change_permission(self, request, obj=None):
        """Not any more."""
        may = super().has_change_permission(request, obj)  # type: ignore[misc]
        return may and (obj is None or not type(self).is_kept(obj))

    def has_delete_permission(self, request, obj=None):
        """Not any more."""
        may = super().has_delete_permission(request, obj)  # type: ignore[misc]
        return may and (obj is None or not type(self).is_kept(obj))
