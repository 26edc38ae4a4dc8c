from django.urls import path

from lingzhi.cases.views import call_backs, directory, dispatch

urlpatterns = [
    path("<int:pk>/dispatch/", dispatch.dispatch, name="dispatch"),
    path("<int:pk>/assist/", dispatch.assist, name="assist"),
    path("<int:pk>/rule/", dispatch.rule, name="rule"),
    path("<int:pk>/review/pass/", dispatch.passed, name="pass_review"),
    path("<int:pk>/redo/", dispatch.redo, name="redo"),
    path("<int:pk>/urge/", dispatch.urge, name="urge"),
    path("<int:pk>/supervise/", dispatch.supervise, name="supervise"),
    path("work-orders/", directory.work_orders, name="work_orders"),
    path("dispatch-board/", directory.board, name="dispatch_board"),
    path("work-orders/settings/", directory.settings, name="dispatch_settings"),
    path("work-orders/<int:pk>/sign/", dispatch.sign, name="sign_order"),
    path("work-orders/<int:pk>/return/", dispatch.send_back, name="return_order"),
    path("work-orders/<int:pk>/answer/", dispatch.answer, name="answer_order"),
    path("work-orders/<int:pk>/take-back/", dispatch.take_back, name="take_back_order"),
    path("<int:pk>/call-back/", call_backs.call, name="call_back"),
    path("<int:pk>/close-unreached/", call_backs.close, name="close_unreached"),
    path("<int:pk>/hide/", call_backs.hide, name="hide"),
    path("<int:pk>/complainant/", call_backs.look, name="look_at_complainant"),
    path("<int:pk>/show/", call_backs.show, name="show_complainant"),
    path("work-orders/<int:pk>/exclude/", call_backs.exclude, name="exclude_order"),
    path("supervisions/<int:pk>/report/", dispatch.report, name="report"),
    path("supervisions/<int:pk>/raise/", dispatch.raise_level, name="raise_supervision"),
    path("supervisions/<int:pk>/end/", dispatch.end, name="end_supervision"),
    path("directory/", directory.directory, name="directory"),
    path("directory/new/", directory.matter, name="add_matter"),
    path("directory/<int:pk>/", directory.matter, name="change_matter"),
]
