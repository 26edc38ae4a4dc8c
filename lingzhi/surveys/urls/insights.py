from django.urls import path

from lingzhi.surveys.views import insights

urlpatterns = [
    path("surveys/insights/", insights.insights, name="insights"),
    path("surveys/insights/new/", insights.add, name="add_insight"),
    path("surveys/insights/<int:pk>/", insights.insight, name="insight"),
    path("surveys/insights/<int:pk>/change/", insights.edit, name="edit_insight"),
    path("surveys/insights/<int:pk>/review/", insights.review, name="review_insight"),
]
