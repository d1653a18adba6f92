"""The API, to be read and tried in the browser: nothing of it comes from outside."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import TemplateView


class ApiDocs(LoginRequiredMixin, TemplateView):
    template_name = "api_docs.html"
