from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "lingzhi.governance"
