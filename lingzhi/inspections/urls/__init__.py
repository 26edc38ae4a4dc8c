from lingzhi.inspections.urls import appeals, findings, library, reviews, rules, runs, sheets

app_name = "inspections"
urlpatterns = [
    *findings.urlpatterns,
    *rules.urlpatterns,
    *reviews.urlpatterns,
    *appeals.urlpatterns,
    *library.urlpatterns,
    *sheets.urlpatterns,
    *runs.urlpatterns,
]
