from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from people.errors import Refused
from people.models import User
from people.services import create_token


class Command(BaseCommand):
    help = (
        "Makes a token by which a program comes in as USER, and prints it once, last on the "
        "line. Send it as: Authorization: Token …"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USER")
        parser.add_argument("--name", default="", help="what the token is for")
        parser.add_argument("--days", type=int, default=365, help="good for so many days")

    def handle(self, *args: Any, username: str, name: str, days: int, **options: Any) -> None:
        if days < 1:
            raise CommandError(_("A token is good for one day at least."))
        try:
            user = User.objects.get(username=username)
            row, token = create_token(user=user, name=name, days=days)
        except User.DoesNotExist as e:
            raise CommandError(_("Nobody signs in as “%(name)s”.") % {"name": username}) from e
        except Refused as e:
            raise CommandError(str(e)) from e
        until = timezone.localtime(row.expires_at).strftime("%Y-%m-%d")
        self.stdout.write(
            _("Token of %(user)s, good until %(until)s, not shown again: %(token)s")
            % {"user": username, "until": until, "token": token}
        )
