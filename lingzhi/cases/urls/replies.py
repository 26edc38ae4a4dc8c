from django.urls import path

from lingzhi.cases.views import replies

urlpatterns = [
    path("replies/", replies.replies, name="replies"),
    path("replies/new/", replies.edit, name="new_reply"),
    path("replies/<int:pk>/", replies.edit, name="edit_reply"),
    path("replies/<int:pk>/retire/", replies.retire, name="retire_reply"),
]
