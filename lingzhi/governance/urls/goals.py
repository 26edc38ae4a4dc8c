from django.urls import path

from lingzhi.governance.views import goals

urlpatterns = [
    path("goals/", goals.goals, name="goals"),
    path("goals/new/", goals.add_goal, name="add_goal"),
    path("goals/<int:pk>/", goals.goal, name="goal"),
    path("goals/<int:pk>/edit/", goals.edit_goal, name="edit_goal"),
    path("goals/<int:pk>/judge/", goals.judge, name="judge_goal"),
    path("goals/<int:pk>/drop/", goals.drop, name="drop_goal"),
]
