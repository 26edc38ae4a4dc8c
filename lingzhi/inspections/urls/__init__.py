from lingzhi.inspections.urls import findings, reviews, rules, runs, sheets, tasks, watches

app_name = "inspections"
urlpatterns = [
    *findings.urlpatterns,
    *rules.urlpatterns,
    *reviews.urlpatterns,
    *sheets.urlpatterns,
    *runs.urlpatterns,
    *tasks.urlpatterns,
    *watches.urlpatterns,
]
