from lingzhi.cases.urls import afterwards, cases, dispatch, flows, visits

app_name = "cases"
urlpatterns = [
    *flows.urlpatterns,
    *cases.urlpatterns,
    *dispatch.urlpatterns,
    *visits.urlpatterns,
    *afterwards.urlpatterns,
]
