from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "units"
    verbose_name = "单位"

    def ready(self):
        # News that travels up is heard from here on (docs/decisions).
        from units.campaigns import receivers as campaign_receivers  # noqa: F401
        from units.plans import receivers as plan_receivers  # noqa: F401
        from units.rectification import receivers as rectification_receivers  # noqa: F401
