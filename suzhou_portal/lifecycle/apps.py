from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


class LifecycleConfig(AppConfig):
    name = "suzhou_portal.lifecycle"
    label = "lifecycle"
    verbose_name = "办理"

    def ready(self):
        """Import each app's `workflow`, module or package, whose functions register themselves."""
        for app in apps.get_app_configs():
            if module_has_submodule(app.module, "workflow"):
                workflow = import_module(f"{app.name}.workflow")
                for found in iter_modules(getattr(workflow, "__path__", ())):
                    import_module(f"{workflow.__name__}.{found.name}")
