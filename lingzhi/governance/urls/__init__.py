from lingzhi.governance.urls import audits

app_name = "governance"
NOUNS = (audits,)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
