from django.urls import path

from lingzhi.cases.views import summaries

urlpatterns = [
    path("summaries/", summaries.summaries, name="summaries"),
    path("summaries/cadence/", summaries.cadence, name="summary_cadence"),
    path("summaries/<int:pk>/", summaries.summary, name="summary"),
    path("summaries/<int:pk>/submit/", summaries.submit, name="submit_summary"),
    path("summaries/<int:pk>/answer/", summaries.answer, name="answer_summary"),
    path("improvements/<int:pk>/decide/", summaries.decide, name="decide_improvement"),
]
