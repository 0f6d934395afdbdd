"""Making and removing the demonstration as a whole: all of it or nothing, and never beside reality."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from graphlib import TopologicalSorter

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

from seeds.demo import (
    charity,
    communities,
    mechanisms,
    organizations,
    returns,
    volunteers,
    workers,
)
from seeds.demo.accounts import release_demo_accounts, remove_demo_accounts
from seeds.demo.targets import DemoError, Targets
from seeds.demo.world import World
from suzhou_portal.areas.changes import DivisionChange
from suzhou_portal.areas.models import Area, AreaRecord
from suzhou_portal.figures import door
from suzhou_portal.figures.comparison import compare
from suzhou_portal.figures.enums import Agreement
from suzhou_portal.figures.models import Demonstration
from suzhou_portal.lifecycle.models import Step
from suzhou_portal.notices.causes import quietly
from suzhou_portal.notices.models import Notice

PARTS = {
    "社区": communities.seed,
    "社会工作者": workers.seed,
    "社会组织": organizations.seed,
    "社区志愿者": volunteers.seed,
    "社会慈善资源": charity.seed,
    "各项机制": mechanisms.seed,
    "上报": returns.seed,
}


@transaction.atomic
def seed(targets: Targets, say: Callable[[str], None]) -> bool:
    """Make the demonstration of PORTAL_AREA; False where there is one already.

    Raises DemoError, having written nothing, where real records exist or a figure would not come
    out as published.
    """
    district = _locked_district()
    if Demonstration.objects.exists():
        return False
    _refuse_beside_reality()
    world = World(district, targets)
    with quietly():
        for number, (party, part) in enumerate(PARTS.items(), start=1):
            say(f"[{number}/{len(PARTS)}] {party}：{part(world)}")
    Demonstration.objects.create(area=district, as_of=targets.as_of)
    _verify(district, targets)
    return True


@transaction.atomic
def clear() -> int:
    """Remove every demonstration record; returns how many there were."""
    _locked_district()
    release_demo_accounts()
    removed = 0
    Notice.objects.all().delete()
    with _clearing():
        kinds: list[type[Model]] = [Area, *_area_records()]
        for model in kinds:  # what names another of its kind would keep it
            for field in model._meta.concrete_fields:
                if field.related_model is model and field.null and field.editable:
                    model._default_manager.filter(is_demo=True).update(**{field.name: None})
        for model in _users_first([Area, DivisionChange, Step, *_area_records()]):
            removed += model._default_manager.filter(is_demo=True).delete()[0]
    Demonstration.objects.all().delete()
    return removed + remove_demo_accounts()


@contextmanager
def _clearing() -> Iterator[None]:
    """The database lets made-up pay of closed months go, which it otherwise keeps for good."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.clearing', 'on', true)")
        yield
        cursor.execute("SELECT set_config('portal.clearing', '', true)")


def record_models() -> list[type[AreaRecord]]:
    """Every kind of record that a site begins without."""
    return [model for model in _area_records() if not model.reference]


def _area_records() -> list[type[AreaRecord]]:
    return [model for model in apps.get_models() if issubclass(model, AreaRecord)]


def _locked_district() -> Area:
    """The portal's area, held so that two people making or clearing wait for each other."""
    district = Area.objects.select_for_update().filter(pk=settings.PORTAL_AREA).first()
    if district is None:
        raise DemoError(f"没有区划 {settings.PORTAL_AREA}；请先运行 manage.py load_reference。")
    return district


def _refuse_beside_reality() -> None:
    real = {
        str(model._meta.verbose_name): model._default_manager.filter(is_demo=False).count()
        for model in record_models()
    }
    found = "、".join(f"{name}{count}条" for name, count in real.items() if count)
    if found:
        raise DemoError(f"已有真实记录（{found}），不能与演示数据混在一起，没有生成。")


def _users_first(models: list[type[Model]]) -> list[type[Model]]:
    """The models, each before those its foreign keys refer to."""
    graph = TopologicalSorter[type[Model]]()
    for model in models:
        graph.add(model)
        for field in model._meta.concrete_fields:
            if field.related_model in models and field.related_model is not model:
                graph.add(field.related_model, model)
    return list(graph.static_order())


_AGREEING = (Agreement.SAME, Agreement.WITHIN, Agreement.QUALITATIVE, Agreement.UNPUBLISHED)


def _verify(district: Area, targets: Targets) -> None:
    wrong = [
        f"{value.figure.label}：应为{published.value}，算得{value.value}"
        for published in targets.values.values()
        for value in [door.value(published.figure, district.code, targets.as_of)]
        if compare(value, published).agreement not in _AGREEING
    ]
    if wrong:
        raise DemoError("演示数据与公布值不符，没有生成：\n" + "\n".join(wrong))
