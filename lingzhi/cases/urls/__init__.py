from lingzhi.cases.urls import cases, changing, escalation, flows, limits

app_name = "cases"
urlpatterns = [
    *flows.urlpatterns,
    *limits.urlpatterns,
    *escalation.urlpatterns,
    *changing.urlpatterns,
    *cases.urlpatterns,
]
