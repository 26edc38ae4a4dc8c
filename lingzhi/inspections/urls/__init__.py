from lingzhi.inspections.urls import findings, policies, reviews, rules, runs, sheets

app_name = "inspections"
urlpatterns = [
    *findings.urlpatterns,
    *policies.urlpatterns,
    *rules.urlpatterns,
    *reviews.urlpatterns,
    *sheets.urlpatterns,
    *runs.urlpatterns,
]
