from django.urls import path

from lingzhi.inspections.views import closing

urlpatterns = [
    path("closing/", closing.closing, name="closing"),
    path("closing/<int:pk>/", closing.close, name="close_month"),
    path("corrections/", closing.corrections, name="corrections"),
    path("corrections/late/", closing.late, name="late_scores"),
    path("reviews/<int:pk>/correct/", closing.correct, name="correct_review"),
]
