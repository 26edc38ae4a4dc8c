from django.urls import path

from lingzhi.cases.views import feedback

urlpatterns = [
    path("<int:pk>/feedback/analyse/", feedback.analyse, name="analyse_feedback"),
    path("<int:pk>/feedback/plan/", feedback.plan, name="plan_feedback"),
    path("<int:pk>/feedback/judge/", feedback.judge, name="judge_feedback"),
]
