from lingzhi.inspections.urls import (
    archives,
    findings,
    floor,
    gates,
    grades,
    joint,
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
    *joint.urlpatterns,
    *sheets.urlpatterns,
    *runs.urlpatterns,
]
