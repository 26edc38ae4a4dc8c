from lingzhi.cases.urls import cases, files, flows, links

app_name = "cases"
urlpatterns = [
    *files.urlpatterns,
    *flows.urlpatterns,
    *links.urlpatterns,
    *cases.urlpatterns,
]
