from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "lingzhi.core"
