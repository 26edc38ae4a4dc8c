from lingzhi.inspections.urls import calibrations, findings, quality, reviews, rules, runs, sheets

app_name = "inspections"
urlpatterns = [
    *findings.urlpatterns,
    *rules.urlpatterns,
    *reviews.urlpatterns,
    *sheets.urlpatterns,
    *runs.urlpatterns,
    *calibrations.urlpatterns,
    *quality.urlpatterns,
]
