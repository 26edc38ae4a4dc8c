from django.urls import path

from lingzhi.inspections.views import conversations, flags, live, results

urlpatterns = [
    path("results/", results.results, name="results"),
    path("results/export/", results.export_results, name="export_results"),
    path("results/findings/", results.export_findings, name="export_findings"),
    path("conversations/", conversations.conversations, name="conversations"),
    path("conversations/<int:contact>/why/<int:version>/", conversations.why, name="why"),
    path(
        "conversations/<int:contact>/example/<int:version>/",
        flags.add_example,
        name="add_example",
    ),
    path("conversations/<int:contact>/flag/<int:version>/", flags.flag, name="flag"),
    path("flags/<int:pk>/agree/", flags.agree, name="agree_to_flag"),
    path("flags/<int:pk>/refuse/", flags.refuse, name="refuse_flag"),
    path("live/", live.floor, name="floor"),
    path("live/<int:pk>/", live.conversation, name="live_conversation"),
]
