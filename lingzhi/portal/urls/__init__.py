from django.urls import path

from lingzhi.portal.views import desk, following, public, submitting

app_name = "portal"
urlpatterns = [
    path("", public.home, name="home"),
    path("answers/", public.answers, name="answers"),
    path("answers/<int:pk>/", public.answer, name="answer"),
    path("answers/<int:pk>/said/", public.answer_said, name="answer_said"),
    path("channels/", public.channels, name="channels"),
    path("rules/", public.rules, name="rules"),
    path("privacy/", public.privacy, name="privacy"),
    path("improvements/", public.improvements, name="improvements"),
    path("improvements/<int:pk>/said/", public.improvement_said, name="improvement_said"),
    path("theme.css", public.theme, name="theme"),
    path("logo.png", public.logo, name="logo"),
    path("write/", submitting.begin, name="begin"),
    path("write/<slug:kind>/", submitting.write, name="write"),
    path("write/<slug:kind>/way/", submitting.take, name="take_way"),
    path("find/", following.find, name="find"),
    path("follow/<slug:code>/", following.follow, name="follow"),
    path("follow/<slug:code>/write/", following.write, name="follow_write"),
    path("follow/<slug:code>/answer/", following.answer, name="follow_answer"),
    path("follow/<slug:code>/reopen/", following.reopen, name="follow_reopen"),
    path("desk/", desk.inbox, name="inbox"),
    path("desk/settings/", desk.settings, name="settings"),
    path("desk/improvements/", desk.improvements, name="desk_improvements"),
    path("desk/improvements/new/", desk.edit_improvement, name="new_improvement"),
    path("desk/improvements/<int:pk>/", desk.edit_improvement, name="edit_improvement"),
    path("desk/improvements/<int:pk>/publish/", desk.publish, name="publish_improvement"),
    path("desk/improvements/<int:pk>/withdraw/", desk.withdraw, name="withdraw_improvement"),
    path("desk/rules/", desk.rules, name="desk_rules"),
    path("desk/rules/new/", desk.edit_rule, name="new_rule"),
    path("desk/rules/<int:pk>/", desk.edit_rule, name="edit_rule"),
    path("desk/rules/<int:pk>/end/", desk.end_public_rule, name="end_rule"),
    path("desk/codes/<int:pk>/", desk.issue, name="issue_code"),
]
