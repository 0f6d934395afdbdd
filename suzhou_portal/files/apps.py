from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_delete


class FilesConfig(AppConfig):
    name = "suzhou_portal.files"
    verbose_name = "附件"

    def ready(self):
        """A file goes when its row has gone for good."""
        gone_with_its_row("files.Attachment")


def gone_with_its_row(label: str) -> None:
    """The `file` of such a row is removed once the row is."""
    post_delete.connect(_remove, sender=label, dispatch_uid=f"file of {label}")


def _remove(sender, instance, **kwargs):
    transaction.on_commit(lambda: instance.file.delete(save=False))
