"""Persons, and the communities they serve."""

from django.contrib import admin

from communities.models import Certificate, CommunityProfile, ExamRegistration, Person, Post
from suzhou_portal.accounts.scoped import ScopedListedInline
from suzhou_portal.areas.admin import numeric
from suzhou_portal.figures.admin import RecordAdmin


class PostInline(ScopedListedInline):
    model = Post
    fields = ("area", "title", "full_time", "started_on", "ended_on")
    related = ("person",)


class CertificateInline(ScopedListedInline):
    model = Certificate
    fields = ("area", "level", "number", "issued_on", "valid_to")
    related = ("person",)


class ExamRegistrationInline(ScopedListedInline):
    model = ExamRegistration
    fields = ("area", "year", "level", "exam_on", "passed")
    related = ("person",)


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    list_display = ("name", "masked_phone")
    search_fields = ("name", "=phone")
    inlines = (PostInline, CertificateInline, ExamRegistrationInline)

    def get_inlines(self, request, obj):
        """A new person has nothing to list yet."""
        return super().get_inlines(request, obj) if obj else []


@admin.register(CommunityProfile)
class CommunityProfileAdmin(RecordAdmin):
    list_display = (
        "__str__",
        "address",
        "phone",
        "office_hours",
        numeric(CommunityProfile, "population"),
        numeric(CommunityProfile, "households"),
    )
    search_fields = ("address",)
