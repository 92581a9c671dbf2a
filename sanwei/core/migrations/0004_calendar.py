"""The years of the working calendar that come with the product."""

from django.db import migrations

from sanwei.core.workdays.seed import seed


def enter(apps, schema_editor):
    seed(apps.get_model("core", "CalendarYear"), apps.get_model("core", "CalendarDay"))


class Migration(migrations.Migration):
    dependencies = [("core", "0003_search")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
