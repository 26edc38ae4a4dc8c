from lingzhi.inspections.urls import findings, layouts, old_scores, reviews, rules, runs, sheets

app_name = "inspections"
urlpatterns = [
    *findings.urlpatterns,
    *rules.urlpatterns,
    *reviews.urlpatterns,
    *old_scores.urlpatterns,
    *layouts.urlpatterns,
    *sheets.urlpatterns,
    *runs.urlpatterns,
]
