from django.urls import path

from lingzhi.inspections.views import gaming

urlpatterns = [path("signs/", gaming.gaming, name="gaming")]
