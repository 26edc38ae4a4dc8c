from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "lingzhi.cases"
