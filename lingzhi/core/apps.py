from django.apps import AppConfig

from lingzhi.core import terms


class CoreConfig(AppConfig):
    name = "lingzhi.core"

    def ready(self) -> None:
        terms.install()
