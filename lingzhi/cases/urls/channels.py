from django.urls import path

from lingzhi.cases.views import channels

urlpatterns = [
    path("complaints/channels/", channels.channels, name="complaint_channels"),
    path("complaints/channels/pdf/", channels.printed, name="complaint_channels_pdf"),
    path("complaints/channels/new/", channels.edit, name="new_complaint_channel"),
    path("complaints/channels/<int:pk>/", channels.edit, name="edit_complaint_channel"),
    path("complaints/channels/<int:pk>/end/", channels.end, name="end_complaint_channel"),
]
