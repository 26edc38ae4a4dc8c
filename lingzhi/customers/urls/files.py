from django.urls import path

from lingzhi.customers.views import files, notes

urlpatterns = [
    path("", files.customers, name="list"),
    path("add/", files.add, name="add"),
    path("<int:pk>/", files.detail, name="detail"),
    path("<int:pk>/edit/", files.edit, name="edit"),
    path("<int:pk>/manager/", files.give_manager, name="give_manager"),
    path("<int:pk>/identifiers/add/", files.add_identifier, name="add_identifier"),
    path("<int:pk>/identifiers/<uuid:identifier>/reveal/", files.reveal, name="reveal"),
    path(
        "<int:pk>/identifiers/<uuid:identifier>/drop/",
        files.drop_identifier,
        name="drop_identifier",
    ),
    path("<int:pk>/notes/<slug:kind>/", notes.notes, name="notes"),
    path("<int:pk>/notes/<slug:kind>/add/", notes.add_note, name="add_note"),
    path("<int:pk>/notes/<slug:kind>/<int:row>/<slug:act>/", notes.settle_note, name="settle_note"),
]
