from lingzhi.inspections.urls import (
    archives,
    findings,
    floor,
    gates,
    grades,
    layouts,
    old_scores,
    reviews,
    rules,
    runs,
    sheets,
)

app_name = "inspections"
urlpatterns = [
    *findings.urlpatterns,
    *rules.urlpatterns,
    *reviews.urlpatterns,
    *old_scores.urlpatterns,
    *layouts.urlpatterns,
    *grades.urlpatterns,
    *archives.urlpatterns,
    *floor.urlpatterns,
    *gates.urlpatterns,
    *sheets.urlpatterns,
    *runs.urlpatterns,
]
