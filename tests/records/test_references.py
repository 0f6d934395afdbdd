"""No record forgets another: what one refers to is not deleted, unless the one is a part of the other."""

from django.apps import apps
from django.db import models

from suzhou_portal.areas.models import AreaRecord


def test_no_record_loses_what_it_refers_to():
    lost = [
        str(field)
        for model in apps.get_models()
        if issubclass(model, AreaRecord)
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey)
        and issubclass(field.related_model, AreaRecord)
        and field.remote_field.on_delete not in (models.PROTECT, models.CASCADE)
    ]
    assert not lost


def test_only_a_part_is_deleted_with_its_whole():
    deleted = {
        (model, field.name)
        for model in apps.get_models()
        if issubclass(model, AreaRecord)
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
    }
    wholes = {
        (model, name)
        for model, _ in deleted
        for name in (model.stands_with, getattr(model, "part_of", ""))
        if name
    }
    assert deleted <= wholes, sorted(str(one) for one in deleted - wholes)
