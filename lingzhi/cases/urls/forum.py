from django.urls import path

from lingzhi.cases.views import forum

urlpatterns = [
    path("forum/", forum.forum, name="forum"),
    path("forum/export/", forum.export, name="forum_export"),
    path("forum/duty/", forum.roster, name="forum_duty"),
    path("forum/duty/<int:pk>/withdraw/", forum.withdraw, name="withdraw_forum_duty"),
    path("forum/<int:pk>/", forum.post, name="forum_post"),
    path("forum/<int:pk>/class/", forum.classify, name="class_forum_post"),
    path("forum/<int:pk>/answer/", forum.answer, name="answer_forum_post"),
    path("forum/<int:pk>/hand-on/", forum.hand_on, name="hand_on_forum_post"),
]
