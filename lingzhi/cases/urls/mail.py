from django.urls import path

from lingzhi.cases.views import mail

urlpatterns = [
    path("<int:pk>/mail/", mail.reply, name="mail_reply"),
    path("mails/<int:pk>/", mail.show, name="mail_show"),
    path("mails/<int:pk>/parts/<int:number>/", mail.part, name="mail_part"),
]
