from django.urls import path

from lingzhi.governance.views import meetings, minutes, series, team_reports

urlpatterns = [
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/edit/", meetings.edit_meeting, name="edit_meeting"),
    path("meetings/<int:pk>/cancel/", meetings.cancel_meeting, name="cancel_meeting"),
    path("meetings/<int:pk>/propose/", meetings.propose_point, name="propose_point"),
    path("meetings/points/<int:pk>/withdraw/", meetings.withdraw_point, name="withdraw_point"),
    path("meetings/<int:pk>/fix/", meetings.fix_agenda, name="fix_agenda"),
    path("meetings/<int:pk>/minutes.docx", meetings.minutes_word, name="minutes_word"),
    path("meetings/<int:pk>/minutes.pdf", meetings.minutes_pdf, name="minutes_pdf"),
    path("meetings/<int:pk>/sign-in/", minutes.sign_in, name="sign_in"),
    path("meetings/<int:pk>/presence/", minutes.note_presence, name="note_presence"),
    path("meetings/<int:pk>/minutes/", minutes.write_minutes, name="write_minutes"),
    path("meetings/<int:pk>/decision/", minutes.write_decision, name="write_decision"),
    path("meetings/<int:pk>/action/", minutes.write_action, name="write_action"),
    path("meetings/<int:pk>/hand-over/", minutes.hand_over, name="hand_over"),
    path("meetings/<int:pk>/return/", minutes.return_minutes, name="return_minutes"),
    path("meetings/<int:pk>/confirm/", minutes.confirm_minutes, name="confirm_minutes"),
    path("meetings/<int:pk>/read/", minutes.acknowledge, name="acknowledge"),
    path("meetings/<int:pk>/reports/", team_reports.team_reports, name="team_reports"),
    path("actions/", minutes.actions, name="actions"),
    path("actions/<int:pk>/done/", minutes.action_done, name="action_done"),
    path("series/", series.series_list, name="series"),
    path("series/new/", series.new_series, name="new_series"),
    path("series/<int:pk>/edit/", series.edit_series, name="edit_series"),
    path("series/<int:pk>/end/", series.stop_series, name="stop_series"),
    path("team-reports/", team_reports.my_reports, name="my_reports"),
    path("team-reports/<int:pk>/", team_reports.team_report, name="team_report"),
    path("demands/<int:pk>/answer/", team_reports.answer_demand, name="answer_demand"),
]
