from lingzhi.cases.urls import cases, changing, flows, limits

app_name = "cases"
urlpatterns = [*flows.urlpatterns, *cases.urlpatterns, *changing.urlpatterns, *limits.urlpatterns]
