from django.db import migrations


class Migration(migrations.Migration):
    """An evaluation's provider is its project's, also when the project's provider changes."""

    dependencies = [("organizations", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE organizations_evaluation
            ADD CONSTRAINT evaluation_provider_is_the_projects
            FOREIGN KEY (project_id, provider_id)
            REFERENCES organizations_purchasedproject (id, provider_id)
            ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE organizations_evaluation DROP CONSTRAINT evaluation_provider_is_the_projects",
        )
    ]
