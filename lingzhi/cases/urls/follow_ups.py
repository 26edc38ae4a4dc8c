from django.urls import path

from lingzhi.cases.views import follow_up_board, follow_up_rules, follow_ups, following_up

urlpatterns = [
    path("follow-ups/", follow_ups.follow_ups, name="follow_ups"),
    path("follow-ups/next/", follow_ups.next_one, name="next_follow_up"),
    path("follow-ups/board/", follow_up_board.board, name="follow_up_board"),
    path("follow-ups/signs/", follow_up_board.signs, name="follow_up_signs"),
    path("follow-ups/rules/", follow_up_rules.rules, name="follow_up_rules"),
    path("follow-ups/rules/lay/", follow_up_rules.lay, name="lay_follow_up_rules"),
    path("follow-ups/rules/new/", follow_up_rules.add, name="add_follow_up_rule"),
    path("follow-ups/rules/<int:pk>/", follow_up_rules.edit, name="follow_up_rule"),
    path("follow-ups/rules/<int:pk>/end/", follow_up_rules.end, name="end_follow_up_rule"),
    path("follow-ups/scripts/<int:pk>/", follow_up_rules.script, name="follow_up_script"),
    path("follow-ups/<int:pk>/", follow_ups.follow_up, name="follow_up"),
    path("follow-ups/<int:pk>/begin/", follow_ups.begin, name="begin_call"),
    path("follow-ups/<int:pk>/end/", follow_ups.end, name="end_call"),
    path("follow-ups/<int:pk>/give/", follow_ups.give, name="give_follow_up"),
    path("follow-ups/<int:pk>/reopen/", following_up.reopen, name="reopen_after"),
    path("follow-ups/<int:pk>/case/", following_up.open_one, name="open_after"),
    path("follow-ups/<int:pk>/opinion/", following_up.opinion, name="opinion_after"),
    path("follow-ups/<int:pk>/praise/", following_up.praise_one, name="praise_after"),
]
