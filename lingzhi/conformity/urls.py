from django.urls import path

from lingzhi.conformity.views import assessments, collected, files, pages, thresholds, told

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
    path("<int:pk>/", pages.regulation, name="regulation"),
    path("<int:pk>/gaps/", pages.gaps, name="gaps"),
    path("<int:pk>/pdf/", files.pdf, name="pdf"),
    path("<int:pk>/table/", files.table, name="table"),
    path("<int:pk>/clauses/<str:number>/", pages.clause, name="clause"),
]
