from django.urls import path

from lingzhi.surveys.views import questionnaires

urlpatterns = [
    path("surveys/questionnaires/", questionnaires.questionnaires, name="questionnaires"),
    path("surveys/questionnaires/lay/", questionnaires.lay, name="lay"),
    path("surveys/questionnaires/new/", questionnaires.add, name="add_questionnaire"),
    path("surveys/questionnaires/<int:pk>/revise/", questionnaires.revise, name="revise"),
    path("surveys/versions/<int:pk>/", questionnaires.version, name="version"),
    path("surveys/versions/<int:pk>/preview/", questionnaires.preview, name="preview"),
    path("surveys/versions/<int:pk>/words/", questionnaires.words, name="words"),
    path("surveys/versions/<int:pk>/questions/new/", questionnaires.question, name="add_question"),
    path(
        "surveys/versions/<int:pk>/questions/<str:code>/", questionnaires.question, name="question"
    ),
    path(
        "surveys/versions/<int:pk>/questions/<str:code>/move/",
        questionnaires.move,
        name="move_question",
    ),
    path(
        "surveys/versions/<int:pk>/questions/<str:code>/remove/",
        questionnaires.remove,
        name="remove_question",
    ),
    path("surveys/versions/<int:pk>/activate/", questionnaires.activate, name="activate"),
    path("surveys/versions/<int:pk>/discard/", questionnaires.discard, name="discard"),
]
