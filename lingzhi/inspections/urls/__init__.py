from lingzhi.inspections.urls import findings, reviews, rules, runs, sheets, tasks

app_name = "inspections"
urlpatterns = [
    *findings.urlpatterns,
    *rules.urlpatterns,
    *reviews.urlpatterns,
    *sheets.urlpatterns,
    *runs.urlpatterns,
    *tasks.urlpatterns,
]
