"""What the admin of each kind of record is put together from: its filters, its columns, its rows."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field
from django.db.models import Q

from suzhou_portal import formats
from suzhou_portal.accounts.record_form import ChineseForm
from suzhou_portal.accounts.searched import SearchedChoices
from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area
from suzhou_portal.desks.waiting import offered, waiting
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.records.columns import Column, cell, columns, joins
from suzhou_portal.records.kinds import Number, Rows


class StreetFilter(admin.SimpleListFilter):
    """Records of a division the person answers for itself, or inside one a level below it."""

    title = "所属地区"
    parameter_name = "within"

    def lookups(self, request, model_admin):
        """What the person answers for, each followed by what lies directly inside it."""
        own = settings.PORTAL_AREA
        roots = request.user.roots(model_admin.model, "view", "change")
        self.roots = {own if codes.contains(code, own) else code for code in roots}
        areas = Area.objects.filter(Q(pk__in=self.roots) | Q(parent__in=self.roots))
        return [(area.pk, f"{area}本级" if area.pk in self.roots else area.name) for area in areas]

    def queryset(self, request, queryset):
        """The records inside it; of a division the person answers for, those that stand in no smaller one."""
        code = self.value()
        if code is None:
            return queryset
        if code not in dict(self.lookup_choices):
            raise IncorrectLookupParameters
        if code in self.roots:
            return queryset.filter(area=code)
        return queryset.found_in(code)


class TodoFilter(admin.SimpleListFilter):
    """Records that wait for something."""

    title = "待办"
    parameter_name = "todo"

    def lookups(self, request, model_admin):
        """What the person can do something about."""
        self.offered = {todo.key: todo for todo in offered(request.user, model_admin.kind)}
        self.day = site_as_of(request)
        return [(todo.key, todo.label) for todo in self.offered.values()]

    def queryset(self, request, queryset):
        """The records that wait for it."""
        todo = self.offered.get(self.value() or "")
        return waiting(todo, queryset, request.user, self.day) if todo else queryset


def list_column(model: Any, declared: Any) -> Any:
    """A column of the list as Django takes it: a name as it is, anything else as a function."""
    if isinstance(declared, Number):
        return _number(model, declared)
    return _shown(declared) if isinstance(declared, Column) else declared


def _number(model: Any, number: Number) -> Callable:
    def column(record):
        value = getattr(record, number.name)
        return None if value is None else formats.number(value, number.places)

    # Django makes the cell's CSS class of the name: numbers stand to the right.
    column.__name__ = f"numeric_{number.name}"
    label = str(label_for_field(number.name, model))
    return admin.display(column, description=label, ordering=number.name)


def _shown(declared: Column) -> Callable:
    def column(record):
        return cell(record, declared)

    column.__name__ = declared.path.replace(".", "_")
    return admin.display(column, description=declared.label, ordering=declared.order or None)


def masked_column(model: Any, name: str) -> Callable:
    """A column that shows a value as far as everybody may read it."""

    def column(record):
        return formats.masked(record, name) or None

    return admin.display(column, description=str(label_for_field(name, model)))


class RowsFormSet(forms.BaseInlineFormSet):
    """Rows below a record, whose messages call fields by what a clerk sees."""

    @property
    def filled(self) -> list[Any]:
        """The records that are, or will be, below the one on the page."""
        return [
            form.instance
            for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        ]

    def get_unique_error_message(self, unique_check):
        """Two rows are the same."""
        names = [name for name in unique_check if name != self.fk.name]
        labels = [str(label_for_field(name, self.fk.model)) for name in names]
        return f"各行的{'、'.join(labels)}不能重复。"

    def get_form_error(self):
        """This row is one of them."""
        return "这一行与上面的某行重复。"


class RowsInline(SearchedChoices, admin.TabularInline):
    """Records below another one, as far as the person sees them: new ones are entered there, kept ones
    opened by their link. A search field asks the database for its own text, so hundreds of them on a page
    would be slow.
    """

    form = ChineseForm
    formset = RowsFormSet
    extra = 0
    show_change_link = True
    rows: Rows

    def get_queryset(self, request):
        """The rows with the records their columns name."""
        shown = [*columns(self.model, self.rows.fields), Column("", "__str__")]
        seen: Any = super().get_queryset(request)
        return seen.select_related(*joins(self.model, shown)).visible_to(request.user)

    def has_add_permission(self, request, obj=None):
        """Rows that are only listed are added on their own page, and so are those of what is decided: its
        page takes nothing any more.
        """
        written = not self.rows.listed and getattr(obj, "may_change", True)
        return written and super().has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Rows go by the page that takes them."""
        return getattr(obj, "may_change", True) and super().has_delete_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        """Rows are changed on their own page."""
        return False


def inline(rows: Rows) -> type[RowsInline]:
    """The class of rows as they are declared."""
    return type(
        f"{rows.model.__name__}Rows",
        (RowsInline,),
        {
            "rows": rows,
            "model": rows.model,
            "fields": rows.fields,
            "readonly_fields": rows.readonly,
            "can_delete": rows.deleted and not rows.listed,
            "formset": rows.formset or RowsFormSet,
        },
    )
