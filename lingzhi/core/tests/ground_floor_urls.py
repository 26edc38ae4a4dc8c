from django.urls import path

from lingzhi.core.health import healthz, readyz

urlpatterns = [path("healthz", healthz), path("readyz", readyz)]
