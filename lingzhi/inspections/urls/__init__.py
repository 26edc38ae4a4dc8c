from lingzhi.inspections.urls import (
    appeals,
    coaching,
    findings,
    gaming,
    layouts,
    old_scores,
    plans,
    policies,
    reviews,
    rules,
    runs,
    sheets,
    tasks,
    watches,
)

app_name = "inspections"
urlpatterns = [
    *coaching.urlpatterns,
    *findings.urlpatterns,
    *policies.urlpatterns,
    *gaming.urlpatterns,
    *rules.urlpatterns,
    *plans.urlpatterns,
    *reviews.urlpatterns,
    *appeals.urlpatterns,
    *old_scores.urlpatterns,
    *layouts.urlpatterns,
    *sheets.urlpatterns,
    *runs.urlpatterns,
    *tasks.urlpatterns,
    *watches.urlpatterns,
]
