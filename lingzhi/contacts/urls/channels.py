from django.urls import path

from lingzhi.contacts.views import channels as views

urlpatterns = [
    path("channels/", views.channels, name="channels"),
    path("channels/new/", views.edit, name="channel_new"),
    path("channels/<int:pk>/", views.channel, name="channel"),
    path("channels/<int:pk>/edit/", views.edit, name="channel_edit"),
    path("channels/<int:pk>/norm/", views.norm, name="channel_norm"),
]
