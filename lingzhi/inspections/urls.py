from django.urls import path

from lingzhi.inspections.views import backtests, conversations, editor, live, results, rules, runs

app_name = "inspections"
urlpatterns = [
    path("results/", results.results, name="results"),
    path("results/export/", results.export_results, name="export_results"),
    path("results/findings/", results.export_findings, name="export_findings"),
    path("conversations/", conversations.conversations, name="conversations"),
    path("conversations/<int:contact>/why/<int:version>/", conversations.why, name="why"),
    path("live/", live.floor, name="floor"),
    path("live/<int:pk>/", live.conversation, name="live_conversation"),
    path("rules/", rules.rules, name="rules"),
    path("rules/adopt/", rules.adopt, name="adopt"),
    path("rules/new/", editor.new_rule, name="new_rule"),
    path("rules/check/", editor.check, name="check"),
    path("rules/try/", editor.try_rule, name="try_rule"),
    path("rules/test/", editor.test_rule, name="test_rule"),
    path("rules/<int:pk>/edit/", editor.edit_rule, name="edit_rule"),
    path("rules/<int:pk>/", rules.rule, name="rule"),
    path("rules/<int:pk>/owner/", rules.change_owner, name="change_owner"),
    path("rules/<int:pk>/<int:number>/shadow/", rules.shadow, name="shadow"),
    path("rules/<int:pk>/<int:number>/activate/", rules.activate, name="activate"),
    path("rules/<int:pk>/<int:number>/retire/", rules.retire, name="retire"),
    path("rules/<int:pk>/<int:number>/discard/", rules.discard, name="discard"),
    path("rules/<int:pk>/<int:number>/lift/", rules.lift, name="lift"),
    path("back-tests/", backtests.back_tests, name="back_tests"),
    path("back-tests/new/", backtests.start_back_test, name="start_back_test"),
    path("back-tests/<int:pk>/", backtests.back_test, name="back_test"),
    path("back-tests/<int:pk>/progress/", backtests.progress, name="back_test_progress"),
    path("back-tests/<int:pk>/cancel/", backtests.cancel, name="cancel_back_test"),
    path("runs/", runs.runs, name="runs"),
    path("runs/new/", runs.start_run, name="start_run"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/progress/", runs.progress, name="run_progress"),
    path("runs/<int:pk>/cancel/", runs.cancel, name="cancel_run"),
]
