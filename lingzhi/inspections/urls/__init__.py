from lingzhi.inspections.urls import appeals, findings, reviews, rules, runs, sheets

app_name = "inspections"
urlpatterns = [
    *findings.urlpatterns,
    *rules.urlpatterns,
    *reviews.urlpatterns,
    *appeals.urlpatterns,
    *sheets.urlpatterns,
    *runs.urlpatterns,
]
