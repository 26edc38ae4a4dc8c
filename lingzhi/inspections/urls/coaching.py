from django.urls import path

from lingzhi.inspections.views import coaching

urlpatterns = [
    path("my-quality/", coaching.own, name="own"),
    path("team-scores/", coaching.team, name="team_scores"),
    path("reviews/<int:pk>/coach/", coaching.coach, name="coach"),
    path("coachings/<int:pk>/done/", coaching.finish, name="finish_coaching"),
]
