from django.urls import path

from lingzhi.inspections.views import backtests, editor, rules

urlpatterns = [
    path("rules/", rules.rules, name="rules"),
    path("rules/operators/", rules.operators, name="operators"),
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
]
