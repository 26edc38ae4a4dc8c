from lingzhi.cases.urls import cases, changing, escalation, extending, flows, limits

app_name = "cases"
urlpatterns = [
    *flows.urlpatterns,
    *limits.urlpatterns,
    *escalation.urlpatterns,
    *changing.urlpatterns,
    *extending.urlpatterns,
    *cases.urlpatterns,
]
