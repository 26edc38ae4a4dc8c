from lingzhi.cases.urls import cases, files, flows, links, lists

app_name = "cases"
urlpatterns = [
    *files.urlpatterns,
    *flows.urlpatterns,
    *links.urlpatterns,
    *lists.urlpatterns,
    *cases.urlpatterns,
]
