from lingzhi.cases.urls import cases, flows

app_name = "cases"
urlpatterns = [*flows.urlpatterns, *cases.urlpatterns]
