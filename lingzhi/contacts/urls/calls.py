from django.urls import path

from lingzhi.contacts.views import calls as views

urlpatterns = [
    path("calls/doubts/", views.doubts, name="doubts"),
    path("calls/doubts/<int:pk>/seen/", views.seen, name="see_doubt"),
    path("calls/figures/", views.figures, name="call_figures"),
]
