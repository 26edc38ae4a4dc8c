from django.apps import AppConfig


class ConformityConfig(AppConfig):
    name = "lingzhi.conformity"
