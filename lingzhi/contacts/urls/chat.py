"""Addresses of chats: the agents' desk, the sites, what the widget calls, message lines."""

from django.urls import path

from lingzhi.contacts.api import lines as doors
from lingzhi.contacts.views import chat_desk, chat_sites, lines
from lingzhi.contacts.views import chat_visitors as visitors

app_name = "chat"
urlpatterns = [
    path("", chat_desk.desk, name="desk"),
    path("lists/", chat_desk.lists, name="lists"),
    path("<int:pk>/", chat_desk.talk, name="talk"),
    path("<int:pk>/messages/", chat_desk.messages, name="messages"),
    path("<int:pk>/answer/", chat_desk.answer, name="answer"),
    path("<int:pk>/attach/", chat_desk.attach, name="attach"),
    path("<int:pk>/files/<int:seq>/", chat_desk.file, name="file"),
    path("<int:pk>/signs/", chat_desk.signs, name="desk_signs"),
    path("<int:pk>/accept/", chat_desk.accept, name="accept"),
    path("<int:pk>/pass-on/", chat_desk.pass_on, name="pass_on"),
    path("<int:pk>/invite/", chat_desk.invite, name="invite"),
    path("<int:pk>/leave/", chat_desk.leave, name="leave"),
    path("<int:pk>/end/", chat_desk.end, name="end"),
    path("sites/", chat_sites.sites, name="sites"),
    path("sites/new/", chat_sites.new_site, name="new_site"),
    path("sites/<int:pk>/", chat_sites.edit_site, name="edit_site"),
    path("sites/<int:pk>/retire/", chat_sites.retire, name="retire_site"),
    path("sites/<int:pk>/try/", chat_sites.try_site, name="try_site"),
    path("lines/", lines.lines, name="lines"),
    path("lines/new/", lines.choose, name="choose_line"),
    path("lines/new/<slug:kind>/", lines.new_line, name="new_line"),
    path("lines/<int:pk>/", lines.line, name="line"),
    path("lines/<int:pk>/try/", lines.try_out, name="try_line"),
    path("lines/<int:pk>/retire/", lines.retire, name="retire_line"),
    path("lines/messages/<int:pk>/again/", lines.again, name="message_again"),
    path("lines/messages/<int:pk>/give-up/", lines.abandon, name="message_give_up"),
    path("in/<slug:key>/", doors.take, name="line_in"),
    path("w/<slug:key>/", visitors.widget, name="widget"),
    path("w/<slug:key>/start/", visitors.start, name="start"),
    path("w/<slug:key>/message/", visitors.leave_message, name="leave_message"),
    path("w/<slug:key>/way/", visitors.take_way, name="take_way"),
    path("v/messages/", visitors.read, name="read"),
    path("v/say/", visitors.send, name="say"),
    path("v/file/", visitors.attach, name="visitor_attach"),
    path("v/file/<int:number>/", visitors.file, name="visitor_file"),
    path("v/signs/", visitors.signs, name="visitor_signs"),
    path("v/end/", visitors.end, name="visitor_end"),
    path("v/transcript/", visitors.transcript, name="transcript"),
]
