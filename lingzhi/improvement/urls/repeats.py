from django.urls import path

from lingzhi.improvement.views import repeats

urlpatterns = [path("repeats/", repeats.repeats, name="repeats")]
