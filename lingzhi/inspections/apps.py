from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "lingzhi.inspections"
