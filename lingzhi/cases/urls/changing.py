from django.urls import path

from lingzhi.cases.views import changing

urlpatterns = [
    path("<int:pk>/change/", changing.change, name="change"),
    path("<int:pk>/raise/", changing.raise_one, name="raise"),
]
