from django.urls import path

from lingzhi.inspections.views import behaviours, incidents, supervision

urlpatterns = [
    path("behaviours/", behaviours.listed, name="behaviours"),
    path("behaviours/adopt/", behaviours.adopt, name="adopt_behaviours"),
    path("behaviours/new/", behaviours.new, name="new_behaviour"),
    path("behaviours/sheet/", behaviours.make_sheet, name="sheet_of_behaviours"),
    path("behaviours/<int:pk>/", behaviours.edit, name="edit_behaviour"),
    path("behaviours/<int:pk>/retire/", behaviours.retire, name="retire_behaviour"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/new/", incidents.new_incident, name="new_incident"),
    path("incidents/<int:pk>/", incidents.incident, name="incident"),
    path("incidents/<int:pk>/answer/", incidents.answer, name="answer_incident"),
    path("incidents/<int:pk>/withdraw/", incidents.withdraw, name="withdraw_incident"),
    path("supervision/", supervision.supervision, name="supervision"),
    path("supervision/day/", supervision.supervise, name="supervise"),
]
