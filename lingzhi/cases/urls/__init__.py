from lingzhi.cases.urls import cases, complaints, flows

app_name = "cases"
urlpatterns = [*flows.urlpatterns, *complaints.urlpatterns, *cases.urlpatterns]
