from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "lingzhi.org"
