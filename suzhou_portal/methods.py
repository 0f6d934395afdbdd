"""The ways in which a page may be asked for; whatever else comes is told so before all else, as 405."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.utils.deprecation import MiddlewareMixin

from suzhou_portal import errors

READ = ("GET", "HEAD")
ANY = (*READ, "POST")
View = TypeVar("View", bound=Callable[..., Any])


def require_safe(view: View) -> View:
    """The page only shows."""
    return _answering(view, READ)


def for_anybody(view: View) -> View:
    """The page, a function or a class, only shows, and takes no account."""
    if isinstance(view, type):
        return method_decorator(login_not_required, name="dispatch")(view)
    return login_not_required(require_safe(view))


def require_POST(view: View) -> View:  # noqa: N802 - as Django's own
    """The page only writes."""
    return _answering(view, ("POST",))


def _answering(view: View, methods: tuple[str, ...]) -> View:
    view.methods = methods  # type: ignore[attr-defined]
    return view


def methods_of(view: Any) -> tuple[str, ...]:
    """The methods that the view answers; a form's are those of `ANY`."""
    made_by = getattr(view, "view_class", None)
    if made_by is None or hasattr(view, "methods"):
        return getattr(view, "methods", ANY)
    # Django's form views take PUT for POST; no page of ours sends it.
    known = [one for one in ANY if one.lower() in made_by.http_method_names]
    known = [one for one in known if hasattr(made_by, one.lower())]
    return (*known, "HEAD") if "GET" in known else tuple(known)


class MethodsMiddleware(MiddlewareMixin):
    """Refuses other methods. Stands before forms are asked for their token."""

    def process_view(self, request, view, args, kwargs):
        """405, and which methods there are, for any other."""
        allowed = methods_of(view)
        return None if request.method in allowed else errors.method_not_allowed(allowed)
