from django.urls import path

from lingzhi.cases.views import steering

urlpatterns = [
    path("steering/", steering.rules, name="steering"),
    path("steering/new/", steering.edit, name="new_steering"),
    path("steering/<int:pk>/", steering.edit, name="edit_steering"),
    path("steering/<int:pk>/end/", steering.end, name="end_steering"),
    path("<int:pk>/steer/<int:rule>/", steering.told, name="steer"),
]
