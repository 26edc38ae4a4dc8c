from lingzhi.surveys.urls import results

app_name = "surveys"
urlpatterns = [*results.urlpatterns]
