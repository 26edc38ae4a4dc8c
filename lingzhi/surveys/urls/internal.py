from django.urls import path

from lingzhi.surveys.views import internal

urlpatterns = [
    path("surveys/internal/", internal.surveys, name="internals"),
    path("surveys/internal/new/", internal.add, name="add_internal"),
    path("surveys/internal/mine/", internal.mine, name="my_judgements"),
    path("surveys/internal/mine/<int:pk>/", internal.judge, name="judge_unit"),
    path("surveys/internal/<int:pk>/", internal.survey, name="internal"),
    path("surveys/internal/<int:pk>/change/", internal.edit, name="edit_internal"),
    path("surveys/internal/<int:pk>/open/", internal.begin, name="open_internal"),
    path("surveys/internal/<int:pk>/close/", internal.close, name="close_internal"),
]
