from django.urls import path

from lingzhi.contacts.views import channels as views
from lingzhi.contacts.views import flow

urlpatterns = [
    path("channels/", views.channels, name="channels"),
    path("channels/new/", views.edit, name="channel_new"),
    path("channels/<int:pk>/", views.channel, name="channel"),
    path("channels/<int:pk>/edit/", views.edit, name="channel_edit"),
    path("channels/<int:pk>/norm/", views.norm, name="channel_norm"),
    path("channels/clear/", flow.flow, name="flow"),
    path("channels/congestions/", flow.past, name="congestions"),
    path("channels/<int:pk>/flow/", flow.channel, name="channel_flow"),
    path("channels/<int:pk>/seats/", flow.seats, name="channel_seats"),
    path("channels/<int:pk>/limits/", flow.limits, name="channel_limits"),
    path("channels/seats/<int:pk>/drop/", flow.seats_drop, name="seats_drop"),
]
