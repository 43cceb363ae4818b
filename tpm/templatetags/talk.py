"""How a comment is written on a page: plain text, with links to the web and the people it mentions."""

import re

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from tpm.activity.models import Comment

register = template.Library()
_URL = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
_TAIL = ".,;:!?)]}»”"


@register.filter
def comment_text(comment: Comment) -> SafeString:
    """The text, escaped; addresses of http and https become links that tell the other side nothing of this page."""
    labels = sorted({one["label"] for one in comment.mentions}, key=len, reverse=True)
    named = "|".join(re.escape(label) for label in labels)
    pattern = re.compile(f"({_URL.pattern})|({named})" if named else f"({_URL.pattern})()", re.IGNORECASE)
    parts: list[SafeString] = []
    at = 0
    for match in pattern.finditer(comment.text):
        parts.append(conditional_escape(comment.text[at : match.start()]))
        if match.group(1):
            url = match.group(1).rstrip(_TAIL)
            parts.append(
                format_html(
                    '<a href="{}" rel="noopener noreferrer nofollow" target="_blank">{}</a>', url, url
                )
            )
            parts.append(conditional_escape(match.group(1)[len(url) :]))
        else:
            parts.append(format_html('<span class="mention">{}</span>', match.group(2)))
        at = match.end()
    parts.append(conditional_escape(comment.text[at:]))
    lines = format_html_join("", "{}", ((part,) for part in parts if part))
    return SafeString(lines.replace("\n", "<br>"))
