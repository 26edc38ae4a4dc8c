from django.urls import path

from lingzhi.surveys.views import rules

urlpatterns = [
    path("surveys/rules/", rules.rules, name="rules"),
    path("surveys/rules/new/", rules.add, name="add_rule"),
    path("surveys/rules/<int:pk>/", rules.edit, name="rule"),
    path("surveys/rules/<int:pk>/end/", rules.end, name="end_rule"),
]
