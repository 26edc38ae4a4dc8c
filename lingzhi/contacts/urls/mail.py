from django.urls import path

from lingzhi.contacts.views import mail as views

urlpatterns = [
    path("mailboxes/", views.mailboxes, name="mailboxes"),
    path("mailboxes/new/", views.set_mailbox, name="mailbox_new"),
    path("mailboxes/<int:pk>/", views.set_mailbox, name="mailbox"),
    path("mailboxes/<int:pk>/try/", views.try_out, name="mailbox_try"),
    path("mails/apart/", views.apart, name="mails_apart"),
    path("mails/outgoing/", views.outgoing, name="mails_outgoing"),
    path("mails/outgoing/<int:pk>/again/", views.again, name="mail_again"),
    path("mails/outgoing/<int:pk>/give-up/", views.abandon, name="mail_give_up"),
    path("mails/<int:pk>/", views.show, name="mail_show"),
    path("mails/<int:pk>/take/", views.take, name="mail_take"),
    path("mails/<int:pk>/parts/<int:number>/", views.part, name="mail_part"),
]
