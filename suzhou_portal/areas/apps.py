from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "suzhou_portal.areas"
    verbose_name = "行政区划"

    def import_models(self):
        """What was decided of divisions is kept beside them."""
        super().import_models()
        from suzhou_portal.areas import changes  # noqa: F401
