from django.urls import path

from lingzhi.surveys.views import invitations

urlpatterns = [
    path("surveys/", invitations.invitations, name="invitations"),
    path("surveys/<int:pk>/link/", invitations.hand_over, name="hand_over"),
    path("surveys/<int:pk>/again/", invitations.again, name="send_again"),
    path("surveys/<int:pk>/begin/", invitations.begin, name="begin_interview"),
    path("surveys/<int:pk>/interview/", invitations.interview, name="interview"),
    path("surveys/<int:pk>/refuse/", invitations.refuse, name="refuse"),
    path("surveys/answers/<int:pk>/", invitations.answering, name="answering"),
]
