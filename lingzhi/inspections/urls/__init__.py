from lingzhi.inspections.urls import (
    closing,
    coaching,
    findings,
    policies,
    reviews,
    rules,
    runs,
    sheets,
)

app_name = "inspections"
urlpatterns = [
    *closing.urlpatterns,
    *coaching.urlpatterns,
    *findings.urlpatterns,
    *policies.urlpatterns,
    *rules.urlpatterns,
    *reviews.urlpatterns,
    *sheets.urlpatterns,
    *runs.urlpatterns,
]
