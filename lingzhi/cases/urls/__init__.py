from lingzhi.cases.urls import cases, desk, flows, follow_ups, receptions

app_name = "cases"
urlpatterns = [
    *desk.urlpatterns,
    *flows.urlpatterns,
    *follow_ups.urlpatterns,
    *receptions.urlpatterns,
    *cases.urlpatterns,
]
