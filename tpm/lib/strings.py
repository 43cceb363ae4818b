"""Every string that a script of the browser side shows, translated on the server.

Named placeholders in braces are filled in by ``js/lib/strings.js``.
"""

from django.utils.translation import gettext as _


def ui_strings() -> dict[str, str]:
    """Key to translated text, in the active language."""
    return {
        "cancel": _("Cancel"),
        "close": _("Close"),
        "confirm": _("Confirm"),
        "dismiss": _("Dismiss"),
        "undo": _("Undo"),
        "undone": _("Taken back."),
        "retry": _("Try again"),
        "reason": _("Reason"),
        "reason.help": _("Kept in the history of this record."),
        "confirm.title": _("Please confirm"),
        "live.idle": _("not live"),
        "live.live": _("live"),
        "live.catching-up": _("catching up"),
        "live.polling": _("live, every few seconds"),
        "live.offline": _("offline"),
        "live.revision": _("rev {n}"),
        "live.offline.tip": _(
            "No connection to the server. What you see may be out of date; changes can not be saved."
        ),
        "live.live.tip": _("Changes by anybody appear here by themselves."),
        "live.polling.tip": _("The live stream is not available; this page asks for news every few seconds."),
        "revision.current": _("computed at revision {n}"),
        "revision.queued": _("revision {n} · {behind} behind, queued"),
        "revision.computing": _("revision {n} · computing {target}"),
        "revision.late": _("revision {n} · {behind} behind, late"),
        "revision.stuck": _("stuck at revision {n}"),
        "revision.short": _("{n} · {behind} behind"),
        "changed.was": _("was {value}"),
        "error.network": _("The server can not be reached. Nothing was saved."),
        "error.timeout": _(
            "The server did not answer in time. Look whether the change is there before you try again."
        ),
        "error.400": _("The request was not understood."),
        "error.401": _("You are signed out. Sign in and try again."),
        "error.403": _("Your role does not allow this."),
        "error.404": _("This no longer exists, or you may not see it."),
        "error.409": _("Somebody else changed this in the meantime. Look at the new values and try again."),
        "error.412": _("Somebody else changed this in the meantime. Look at the new values and try again."),
        "error.413": _("The file is too large."),
        "error.429": _("Too many requests. Wait a moment and try again."),
        "error.500": _("The server failed. The fault was recorded; your change was not saved."),
        "error.503": _("The service is not available at the moment. Try again shortly."),
        "error.other": _("The request failed ({status})."),
        "conflict.title": _("Somebody else changed this meanwhile"),
        "conflict.help": _("Both values stand here: choose whose stay. All else that you typed is kept."),
        "conflict.field": _("Field"),
        "conflict.mine": _("Yours"),
        "conflict.theirs": _("Theirs"),
        "conflict.back": _("Go on typing"),
        "conflict.keep_theirs": _("Keep theirs"),
        "conflict.save": _("Save as chosen"),
        "conflict.merged": _("Somebody else changed this meanwhile; both changes are kept."),
        "yes": _("yes"),
        "no": _("no"),
        "drawer.loading": _("Loading …"),
        "drawer.failed": _("This could not be loaded."),
        "palette.placeholder": _("Search or jump to …"),
        "palette.empty": _("Nothing found for “{query}”."),
        "palette.hint": _("Type to search programs, projects, tasks, risks and reports."),
        "palette.searching": _("Searching …"),
        "palette.failed": _("The search can not be reached."),
        "palette.count": _("{n} results"),
        "palette.recent": _("Recent"),
        "palette.actions": _("Actions"),
        "action.theme": _("Change the theme"),
        "action.rail": _("Fold or unfold the side bar"),
        "action.shortcuts": _("Keyboard shortcuts"),
        "theme.auto": _("Theme: as the system"),
        "theme.light": _("Theme: light"),
        "theme.dark": _("Theme: dark"),
        "theme.notSaved": _("The theme was not saved with your account; it holds until you leave this page."),
    }
