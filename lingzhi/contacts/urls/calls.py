from django.urls import path

from lingzhi.contacts.views import calls as views
from lingzhi.contacts.views import queues

urlpatterns = [
    path("calls/doubts/", views.doubts, name="doubts"),
    path("calls/doubts/<int:pk>/seen/", views.seen, name="see_doubt"),
    path("queues/", queues.queues, name="queues"),
    path("queues/<int:pk>/", queues.give, name="give_queue"),
    path("calls/figures/", views.figures, name="call_figures"),
]
