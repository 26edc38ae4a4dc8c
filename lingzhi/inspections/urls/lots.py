from django.urls import path

from lingzhi.inspections.views import lots

urlpatterns = [
    path("lots/", lots.acceptances, name="acceptances"),
    path("lots/new/", lots.new_acceptance, name="new_acceptance"),
    path("lots/<int:pk>/", lots.acceptance, name="acceptance"),
    path("lots/<int:pk>/draw/", lots.draw, name="draw_lot"),
    path("lots/<int:pk>/resume/", lots.resume, name="resume_lots"),
    path("lots/decide/<int:pk>/", lots.decide, name="decide_lot"),
]
