from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "lingzhi.approvals"
