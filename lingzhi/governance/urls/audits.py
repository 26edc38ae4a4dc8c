from django.urls import path

from lingzhi.governance.views import audit_lines, audits

urlpatterns = [
    path("audits/", audits.audits, name="audits"),
    path("audits/coverage/", audits.coverage, name="coverage"),
    path("audits/new/", audits.add_audit, name="add_audit"),
    path("audits/<int:pk>/", audits.audit, name="audit"),
    path("audits/<int:pk>/edit/", audits.edit_audit, name="edit_audit"),
    path("audits/<int:pk>/draw/", audits.draw, name="draw"),
    path("audits/<int:pk>/collect/", audits.collect, name="collect"),
    path("audits/<int:pk>/begin/", audits.begin, name="begin_audit"),
    path("audits/<int:pk>/scan/", audits.scan, name="scan"),
    path("audits/<int:pk>/scan/file/", audit_lines.scan_report, name="scan_report"),
    path("audits/<int:pk>/close/", audits.close, name="close_audit"),
    path("audits/<int:pk>/cancel/", audits.cancel, name="cancel_audit"),
    path("audits/<int:pk>/pdf/", audits.pdf, name="audit_pdf"),
    path("audits/<int:pk>/word/", audits.word, name="audit_word"),
    path("audits/lines/<int:pk>/", audit_lines.line, name="line"),
    path("audits/lines/<int:pk>/answer/", audit_lines.answer, name="answer_line"),
    path("audits/lines/<int:pk>/remove/", audit_lines.remove, name="remove_line"),
    path("audits/lines/<int:pk>/file/", audit_lines.add_file, name="add_line_file"),
    path("audits/files/<int:pk>/", audit_lines.file, name="line_file"),
]
