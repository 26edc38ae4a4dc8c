from django.urls import path

from lingzhi.surveys.views import opinions

urlpatterns = [
    path("surveys/opinions/", opinions.opinions, name="opinions"),
    path("surveys/opinions/new/", opinions.add, name="add_opinion"),
    path("surveys/opinions/quota/", opinions.quota, name="opinion_quota"),
]
