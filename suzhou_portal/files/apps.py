from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_delete


class FilesConfig(AppConfig):
    name = "suzhou_portal.files"
    verbose_name = "附件"

    def ready(self):
        """A file goes when its row has gone for good."""
        post_delete.connect(_remove, sender="files.Attachment", dispatch_uid="files")


def _remove(sender, instance, **kwargs):
    transaction.on_commit(lambda: instance.file.delete(save=False))
