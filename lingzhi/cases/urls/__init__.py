from lingzhi.cases.urls import cases, flows, links

app_name = "cases"
urlpatterns = [*flows.urlpatterns, *links.urlpatterns, *cases.urlpatterns]
