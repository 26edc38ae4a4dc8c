from lingzhi.cases.urls import cases, changing, flows

app_name = "cases"
urlpatterns = [*flows.urlpatterns, *cases.urlpatterns, *changing.urlpatterns]
