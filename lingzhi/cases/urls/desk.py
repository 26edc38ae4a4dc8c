from django.urls import path

from lingzhi.cases.views import desk

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/next/", desk.take, name="take_next"),
    path("desk/team/", desk.team, name="team_desk"),
]
