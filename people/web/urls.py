"""Addresses of the pages about oneself."""

from django.urls import path

from people.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.SignInPage.as_view(), name="sign-in"),
    path("sign-out/", views.SignOut.as_view(), name="sign-out"),
    path("people/password/", views.OwnPasswordPage.as_view(), name="password"),
    path("people/privacy/", views.PrivacyPage.as_view(), name="privacy"),
    path("people/invitation/<uidb64>/<token>/", views.InvitationPage.as_view(), name="invitation"),
    path("i18n/setlang/", views.choose_language, name="set_language"),
]
