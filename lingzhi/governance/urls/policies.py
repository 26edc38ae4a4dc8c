from django.urls import path

from lingzhi.governance.views import policies

urlpatterns = [
    path("policy/", policies.policies, name="policies"),
    path("policy/new/", policies.add_policy, name="add_policy"),
    path("policy/<int:pk>/", policies.policy, name="policy"),
    path("policy/<int:pk>/edit/", policies.edit_policy, name="edit_policy"),
    path("policy/<int:pk>/ask/", policies.ask_approval, name="ask_policy"),
    path("policy/<int:pk>/reopen/", policies.reopen, name="reopen_policy"),
    path("policy/<int:pk>/review/", policies.review, name="review_policy"),
    path("policy/<int:pk>/drop/", policies.drop, name="drop_policy"),
]
