from lingzhi.inspections.urls import findings, reviews, rules, runs, sheets, trust

app_name = "inspections"
urlpatterns = [
    *findings.urlpatterns,
    *rules.urlpatterns,
    *reviews.urlpatterns,
    *sheets.urlpatterns,
    *runs.urlpatterns,
    *trust.urlpatterns,
]
