from lingzhi.cases.urls import cases, dispatch, flows, visits

app_name = "cases"
urlpatterns = [*flows.urlpatterns, *cases.urlpatterns, *dispatch.urlpatterns, *visits.urlpatterns]
