from django.urls import path

from lingzhi.inspections.views import joint

urlpatterns = [
    path("joint/", joint.joints, name="joints"),
    path("joint/new/", joint.new, name="new_joint"),
    path("joint/<int:pk>/", joint.joint, name="joint"),
    path("joint/<int:pk>/record/", joint.add, name="add_joint_record"),
    path("joint/<int:pk>/sign/", joint.sign, name="sign_joint"),
]
