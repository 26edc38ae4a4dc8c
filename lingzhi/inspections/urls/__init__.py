from lingzhi.inspections.urls import (
    coaching,
    findings,
    policies,
    reviews,
    rules,
    runs,
    sheets,
    tasks,
)

app_name = "inspections"
urlpatterns = [
    *coaching.urlpatterns,
    *findings.urlpatterns,
    *policies.urlpatterns,
    *rules.urlpatterns,
    *reviews.urlpatterns,
    *sheets.urlpatterns,
    *runs.urlpatterns,
    *tasks.urlpatterns,
]
