from lingzhi.cases.urls import cases, dispatch, flows

app_name = "cases"
urlpatterns = [*flows.urlpatterns, *cases.urlpatterns, *dispatch.urlpatterns]
