from lingzhi.governance.urls import audits, references

app_name = "governance"
NOUNS = (audits, references)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
