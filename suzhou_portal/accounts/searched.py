"""Relations in the admin: searched for, never listed, and only among what the person may choose."""

import contextlib

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import (
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django.db.models import Q

from suzhou_portal.accounts.choices import choices_for, told_why
from suzhou_portal.accounts.hidden import found_in_full, is_hidden, used_up
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.lookups import DeclaredLookups

NOTHING_CHOSEN = "---------"


class _KnownKeys(AutocompleteMixin):
    """What was sent and can be no key is not looked up when the form comes back."""

    def optgroups(self, name, value, attrs=None):
        return super().optgroups(name, [key for key in value if self._usable(key)], attrs)

    def _usable(self, key):
        try:
            self.field.related_model._meta.pk.to_python(key)
        except ValidationError:
            return False
        return True


class _SearchedOne(_KnownKeys, AutocompleteSelect):
    """One record; nothing is chosen at first, which has a name for whoever cannot see the field."""

    def optgroups(self, name, value, attrs=None):
        """The choices, whether or not one must be made, below the one that is none."""
        (title, options, index), *others = super().optgroups(name, value, attrs)
        chosen = [one for one in options if one["value"] != ""]
        none_chosen = not any(one["selected"] for one in chosen)
        none = self.create_option(name, "", NOTHING_CHOSEN, none_chosen, 0)
        return [(title, [none, *chosen], index), *others]


class _SearchedMany(_KnownKeys, AutocompleteSelectMultiple):
    pass


class SearchedChoices(DeclaredLookups, admin.options.BaseModelAdmin):
    """Relations are search fields; what is hidden is found exactly, by those who may see it in full."""

    def get_view_on_site_url(self, obj=None):
        """The public page of a record that has one."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def get_autocomplete_fields(self, request):
        """Every relation a clerk fills in."""
        options = self.opts
        relations = [field for field in options.fields if field.is_relation]
        return [field.name for field in (*relations, *options.many_to_many) if field.editable]

    def get_search_fields(self, request):
        """The columns anybody may search who sees the records."""
        named = super().get_search_fields(request)  # type: ignore[misc]
        return [path for path in named if not is_hidden(self.model, path)]

    def get_search_results(self, request, queryset, search_term):
        """And what is found by a hidden value."""
        found, repeated = super().get_search_results(request, queryset, search_term)  # type: ignore[misc]
        told = used_up(request.user, self.model, search_term) if search_term else ""
        if told and request.resolver_match.url_name != "autocomplete":
            messages.warning(request, told)
        by_hidden = search_term and found_in_full(
            request.user, self.model, getattr(self, "search_fields", ()), search_term
        )
        if by_hidden:
            found = queryset.filter(Q(pk__in=found.values("pk")) | by_hidden)
        return found, repeated

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """What the person may choose, and, of a record being changed, what it refers to already."""
        kwargs.setdefault("widget", _SearchedOne(db_field, self.admin_site))
        kwargs["error_messages"] = told_why(self.model, db_field)
        allowed = choices_for(request.user, self.model, db_field)
        if allowed is not None:
            kwargs["queryset"] = allowed | self._referred_to(db_field, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _referred_to(self, db_field, request):
        target = db_field.related_model._base_manager
        key = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        # Below a parent the key is the parent's.
        if key is None or not isinstance(self, admin.ModelAdmin):
            return target.none()
        with contextlib.suppress(ValidationError):
            pk = self.model._meta.pk.to_python(unquote(key))
            stored = self.get_queryset(request).filter(pk=pk)
            return target.filter(pk__in=stored.values(db_field.attname))
        return target.none()

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("widget", _SearchedMany(db_field, self.admin_site))
        allowed = choices_for(request.user, self.model, db_field)
        if allowed is not None:
            kwargs["queryset"] = allowed
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Beside a relation, no button that changes or deletes the other record by mistake."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = False
        return field


class ScopedRelatedFilter(admin.RelatedFieldListFilter):
    """A list filtered by related records: those the person may choose."""

    def field_choices(self, field, request, model_admin):
        allowed = choices_for(request.user, model_admin.model, field)
        ordering = self.field_admin_ordering(field, request, model_admin)
        limit = {} if allowed is None else {"pk__in": allowed.values("pk")}
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to=limit)


admin.FieldListFilter.register(
    lambda field: (
        isinstance(field.related_model, type) and issubclass(field.related_model, AreaRecord)
    ),
    ScopedRelatedFilter,
    take_priority=True,
)
