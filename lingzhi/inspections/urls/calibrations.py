from django.urls import path

from lingzhi.inspections.views import calibration_talks as talks
from lingzhi.inspections.views import calibrations as views

urlpatterns = [
    path("calibrations/", views.calibrations, name="calibrations"),
    path("calibrations/new/", views.new_calibration, name="new_calibration"),
    path("calibrations/<int:pk>/", views.calibration, name="calibration"),
    path("calibrations/<int:pk>/edit/", views.edit_calibration, name="edit_calibration"),
    path("calibrations/<int:pk>/discard/", views.discard_calibration, name="discard_calibration"),
    path("calibrations/<int:pk>/invite/", views.invite_calibrators, name="invite_calibrators"),
    path("calibrations/<int:pk>/discuss/", views.open_discussion, name="open_discussion"),
    path("calibrations/<int:pk>/round/", views.begin_next_round, name="begin_next_round"),
    path("calibrations/<int:pk>/minutes/", views.write_minutes, name="write_minutes"),
    path("calibrations/<int:pk>/guidance/", views.decide_guidance, name="decide_guidance"),
    path("calibrations/<int:pk>/settle/", views.settle_calibration, name="settle_calibration"),
    path("calibrations/<int:pk>/close/", views.close_calibration, name="close_calibration"),
    path("calibrations/<int:pk>/print/", views.print_calibration, name="print_calibration"),
    path("calibrations/<int:pk>/table/", views.calibration_table, name="calibration_table"),
    path("calibrations/talks/<int:pk>/", talks.calibration_talk, name="calibration_talk"),
    path("calibrations/talks/<int:pk>/score/", talks.score_calibration, name="score_calibration"),
    path("calibrations/talks/<int:pk>/agree/", talks.agree_on, name="agree_on"),
    path("calibrations/talks/<int:pk>/comment/", talks.comment_on, name="comment_on"),
    path("calibrations/talks/<int:pk>/leave-out/", talks.leave_out, name="leave_out"),
]
