from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "sanwei.core"
    label = "core"
    verbose_name = "基础"
