from lingzhi.cases.urls import cases, flows, follow_ups

app_name = "cases"
urlpatterns = [*flows.urlpatterns, *follow_ups.urlpatterns, *cases.urlpatterns]
