from django.urls import path

from lingzhi.cases.views import extending

urlpatterns = [
    path("clocks/<int:pk>/extend/", extending.extend, name="extend"),
    path("clocks/<int:pk>/approve-wait/", extending.approve_wait, name="approve_wait"),
]
