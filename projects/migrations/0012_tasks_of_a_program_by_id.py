from django.db import migrations, models


class Migration(migrations.Migration):
    """Let lists of a program's tasks begin at its own tasks, not at the first task of the installation."""

    dependencies = [
        ("projects", "0015_alignments_and_limits"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["program", "id"], name="task_by_program"),
        ),
    ]
