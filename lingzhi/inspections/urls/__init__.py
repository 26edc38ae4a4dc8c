from lingzhi.inspections.urls import findings, lots, plans, reviews, rules, runs, sheets

app_name = "inspections"
urlpatterns = [
    *findings.urlpatterns,
    *rules.urlpatterns,
    *lots.urlpatterns,
    *plans.urlpatterns,
    *reviews.urlpatterns,
    *sheets.urlpatterns,
    *runs.urlpatterns,
]
