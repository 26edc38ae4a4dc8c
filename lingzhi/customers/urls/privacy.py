from django.urls import path

from lingzhi.customers.views import privacy

urlpatterns = [
    path("<int:pk>/privacy/", privacy.privacy, name="privacy"),
    path("<int:pk>/privacy/copy/", privacy.give_out, name="give_out"),
    path("<int:pk>/privacy/erase/", privacy.erase, name="erase"),
]
