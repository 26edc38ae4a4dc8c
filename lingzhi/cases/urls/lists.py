from django.urls import path

from lingzhi.cases.views import lists

urlpatterns = [
    path("at-once/", lists.at_once, name="at_once"),
    path("views/new/", lists.keep, name="keep_view"),
    path("views/<int:pk>/drop/", lists.drop, name="drop_view"),
]
