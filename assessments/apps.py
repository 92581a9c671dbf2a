from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AssessmentsConfig(AppConfig):
    name = "assessments"
    verbose_name = "考评"

    def ready(self):
        # News that travels up is heard from here on (docs/decisions).
        from assessments.inspections import receivers as inspection_receivers  # noqa: F401
        from assessments.inspections.classes import load_classes

        post_migrate.connect(load_classes, sender=self, dispatch_uid="finding classes")
