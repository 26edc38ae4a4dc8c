from django.urls import path

from lingzhi.conformity.views import (
    assessments,
    collected,
    files,
    own,
    pages,
    requests,
    thresholds,
    told,
)

app_name = "conformity"
urlpatterns = [
    path("", pages.overview, name="overview"),
    path("collected/", collected.collected, name="collected"),
    path("threshold/", thresholds.threshold, name="threshold"),
    path("told/", told.told, name="told"),
    path("refused/", told.refused, name="refused"),
    path("refused/<int:pk>/withhold/", told.withhold, name="withhold"),
    path("refused/<int:pk>/release/", told.release, name="release"),
    path("assessments/", assessments.register, name="assessments"),
    path("assessments/new/", assessments.begin, name="begin_assessment"),
    path("assessments/<int:pk>/", assessments.assessment, name="assessment"),
    path("assessments/<int:pk>/edit/", assessments.edit, name="edit_assessment"),
    path("assessments/<int:pk>/submit/", assessments.submit, name="submit_assessment"),
    path("assessments/<int:pk>/again/", assessments.again, name="assess_again"),
    path("assessments/<int:pk>/pdf/", assessments.pdf, name="assessment_pdf"),
    path("mine/", own.mine, name="mine"),
    path("mine/copy/", own.copy, name="own_copy"),
    path("mine/ask/", own.ask, name="ask"),
    path("requests/", requests.register, name="requests"),
    path("requests/term/", requests.term, name="request_term"),
    path("requests/<int:pk>/", requests.one, name="request"),
    path("requests/<int:pk>/answer/", requests.answer, name="answer_request"),
    path("<int:pk>/", pages.regulation, name="regulation"),
    path("<int:pk>/gaps/", pages.gaps, name="gaps"),
    path("<int:pk>/pdf/", files.pdf, name="pdf"),
    path("<int:pk>/table/", files.table, name="table"),
    path("<int:pk>/clauses/<str:number>/", pages.clause, name="clause"),
]
