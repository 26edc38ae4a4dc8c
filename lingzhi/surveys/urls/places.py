from django.urls import path

from lingzhi.surveys.views import places

urlpatterns = [
    path("surveys/places/", places.places, name="places"),
    path("surveys/places/new/", places.add, name="add_place"),
    path("surveys/places/<int:pk>/", places.place, name="place"),
    path("surveys/places/<int:pk>/code/", places.code, name="place_code"),
    path("surveys/places/<int:pk>/close/", places.close, name="close_place"),
]
