from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "lingzhi.portal"
