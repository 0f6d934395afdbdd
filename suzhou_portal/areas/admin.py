"""Divisions in the admin, and what the admin of every record that stands in one shares."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field
from django.contrib.admin.widgets import (
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from suzhou_portal import formats
from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area
from suzhou_portal.lookups import DeclaredLookups

NOTHING_CHOSEN = "---------"
NOTED = ("is_demo", "entered_by", "created_at", "updated_at")


def numeric(model: type[models.Model], name: str, places: int | None = None) -> Callable:
    """A list column of numbers, grouped by thousands; money has two places."""

    def column(record):
        value = getattr(record, name)
        return None if value is None else formats.number(value, places)

    # Django makes the cell's CSS class of the name: numbers stand to the right.
    column.__name__ = f"numeric_{name}"
    return admin.display(column, description=str(label_for_field(name, model)), ordering=name)


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
        """Those inside; of a division the person answers for, those that stand in no smaller one."""
        code = self.value()
        if code is None:
            return queryset
        if code not in dict(self.lookup_choices):
            raise IncorrectLookupParameters
        if code in self.roots:
            return queryset.filter(area=code)
        return queryset.within(code)


class _KnownKeys(AutocompleteMixin):
    """What was sent and can be no key is not looked up when the form comes back."""

    def optgroups(self, name, value, attrs=None):
        """The choices behind what can be a key."""
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
        none = self.create_option(name, "", NOTHING_CHOSEN, not any(map(_selected, chosen)), 0)
        return [(title, [none, *chosen], index), *others]


def _selected(option: dict[str, Any]) -> bool:
    return bool(option["selected"])


class _SearchedMany(_KnownKeys, AutocompleteSelectMultiple):
    pass


class SearchedChoices(DeclaredLookups, admin.options.BaseModelAdmin):
    """Records to choose from are searched for, never listed: there may be thousands."""

    def get_view_on_site_url(self, obj=None):
        """The public page of a record that has one."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def get_autocomplete_fields(self, request):
        """Every relation a clerk fills in."""
        options = self.opts
        relations = [field for field in options.fields if field.is_relation]
        return [field.name for field in (*relations, *options.many_to_many) if field.editable]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A search field."""
        kwargs.setdefault("widget", _SearchedOne(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """A search field for several."""
        kwargs.setdefault("widget", _SearchedMany(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Beside a relation, no button that changes or deletes the other record by mistake."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = False
        return field


class ChineseForm(forms.ModelForm):
    """A form whose labels end in a full-width colon."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = "："


class AreaRecordAdmin(SearchedChoices, admin.ModelAdmin):
    """Every record has its division in list, search and filter, and what the portal noted."""

    form = ChineseForm
    list_per_page = 50
    list_select_related: ClassVar[tuple[str, ...]] = ("area",)
    readonly_fields: ClassVar[tuple[str, ...]] = NOTED

    def get_list_display(self, request):
        """What it is, where it stands, and the rest."""
        first, *others = super().get_list_display(request)
        return [first, "area", *others, "is_demo"]

    def get_list_filter(self, request):
        """Where it stands comes first."""
        return [StreetFilter, *super().get_list_filter(request)]

    def get_search_fields(self, request):
        """The name of its division is always searched too."""
        return [*super().get_search_fields(request), "area__name"]

    def get_fields(self, request, obj=None):
        """What a clerk fills in."""
        return [name for name in super().get_fields(request, obj) if name not in NOTED]

    def get_fieldsets(self, request, obj=None):
        """What a clerk fills in, then, of a record that exists, what the portal noted."""
        noted = [("登记信息", {"fields": NOTED})] if obj else []
        return [*super().get_fieldsets(request, obj), *noted]


class RecordFormSet(forms.BaseInlineFormSet):
    """Rows below a record, whose messages call fields by what a clerk sees."""

    def get_unique_error_message(self, unique_check):
        """Two rows are the same."""
        names = [name for name in unique_check if name != self.fk.name]
        labels = [str(label_for_field(name, self.fk.model)) for name in names]
        return f"各行的{'、'.join(labels)}不能重复。"

    def get_form_error(self):
        """This row is one of them."""
        return "这一行与上面的某行重复。"


class RecordInline(SearchedChoices, admin.TabularInline):
    """Records below their parent: new ones are entered there, kept ones opened by their link.

    A search field asks the database for its own text, so hundreds of them on a page would be slow.
    """

    form = ChineseForm
    formset = RecordFormSet
    extra = 0
    show_change_link = True
    related: tuple[str, ...] = ()

    def get_queryset(self, request):
        """The rows with the records their columns name."""
        return super().get_queryset(request).select_related("area", *self.related)

    def has_change_permission(self, request, obj=None):
        """Rows are changed on their own page."""
        return False


class ListedInline(RecordInline):
    """Records below their parent, to look at and to open."""

    can_delete = False

    def has_add_permission(self, request, obj=None):
        """Rows are added on their own page."""
        return False


class AreaForm(ChineseForm):
    """A division; its code says its level and what it lies in."""

    class Meta:
        model = Area
        fields = ("code", "name", "valid_from", "valid_to", "successor")

    def clean_code(self):
        """A new code, of a known length, inside a division that exists."""
        code = self.cleaned_data["code"]
        try:
            parent = codes.parent_of(code)
        except ValueError as error:
            raise ValidationError("区划代码应为2、4、6、9、12或15位数字。") from error
        if Area.objects.filter(pk=code).exists():
            raise ValidationError(f"区划代码“{code}”已存在。")
        if not Area.objects.filter(pk=parent).exists():
            raise ValidationError(f"上级“{parent}”不存在，请先添加上级。")
        return code
