"""Two people talk: one mentions the other, who sees it at once – the comment, the bell, the way there."""

import time
from collections.abc import Callable

import pytest

from tests.browser.test_plan import Plan, plan
from tests.browser.visitors import Visitor
from tests.factories import plans

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
__all__ = ["plan"]


def test_a_mention_reaches_the_other_window_and_its_bell_at_once(visit: Visit, plan: Plan) -> None:
    olga_user = plans.user("Olga Other")
    plans.grant(olga_user, "TPM", plan.program)
    mia, olga = visit(plan.manager), visit(olga_user)
    address = f"{plan.path}?task={plan.free}"
    for one in (mia, olga):
        one.open(address)
        one.live()
        one.page.locator("comment-composer textarea").wait_for()
        one.page.locator("notification-bell[data-unread='0']").wait_for()
    # Olga has begun to write: what comes in must not wipe it.
    olga.page.locator("comment-composer textarea").fill("My own draft")

    field = mia.page.locator("comment-composer textarea")
    field.click()
    mia.page.keyboard.type("@olg")
    mia.page.get_by_role("option", name="Olga Other").wait_for()
    assert field.get_attribute("aria-activedescendant")
    mia.page.keyboard.press("Enter")
    mia.page.keyboard.type("is this ready?")
    # Watch Olga's window from inside: when both are there, by its own clock.
    olga.page.evaluate(
        "() => { window.seen = {}; const look = () => {"
        " if (document.querySelector('.comment .mention')) window.seen.comment ??= performance.now() + performance.timeOrigin;"
        " if (document.querySelector(\"notification-bell[data-unread='1']\")) window.seen.bell ??= performance.now() + performance.timeOrigin; };"
        " new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true }); }"
    )
    sent = time.time() * 1000
    mia.page.keyboard.press("Control+Enter")
    olga.page.wait_for_function("() => window.seen.comment && window.seen.bell")
    took = {name: at - sent for name, at in olga.page.evaluate("() => window.seen").items()}
    # Well below a second on a machine of one's own; on a shared one the figure says how busy it is, so it is printed, not held.
    print(f"\nafter sending: {', '.join(f'{name} {ms:.0f} ms' for name, ms in took.items())}")
    assert olga.page.locator("comment-composer textarea").input_value() == "My own draft"
    assert mia.page.locator(".talk-jump .count").inner_text() == "1"
    assert "@Olga Other is this ready?" in olga.page.locator(".comment-text").inner_text()

    # From the bell to the comment, read then; the answer by keyboard alone.
    olga.page.locator("notification-bell a").click()
    olga.page.get_by_text("Mia Manager mentioned you").wait_for()
    assert not (found := olga.axe()), found
    olga.page.locator(".notice-main > a").first.click()
    comment = olga.page.locator(".comment.is-meant")
    comment.wait_for()
    olga.page.locator("notification-bell[data-unread='0']").wait_for()
    comment.get_by_role("button", name="Reply").press("Enter")
    olga.page.keyboard.type("Nearly.")
    sent = time.time()
    olga.page.keyboard.press("Control+Enter")
    mia.page.locator(".replies .comment-text", has_text="Nearly.").wait_for()
    mia.page.locator("notification-bell[data-unread='1']").wait_for()
    print(f"the answer is at the other bell {(time.time() - sent) * 1000:.0f} ms after sending")
    found = [
        one for one in olga.axe() if "data-remember" not in one
    ]  # (the tree of the rail is not this test's)
    assert not found, found


def test_a_mention_of_who_may_not_see_it_is_refused_beside_the_field_and_a_comment_is_mended(
    visit: Visit, plan: Plan
) -> None:
    plans.grant(plans.user("Sven Stakeholder"), "SV", plan.program)
    mia = visit(plan.manager)
    mia.forgive(r"status 422: POST .*/comments/")
    page = mia.open(f"{plan.path}?task={plan.free}")
    mia.live()
    field = page.locator("comment-composer textarea")
    field.fill("@Sven Stakeholder look")
    page.locator("comment-composer").get_by_role("button", name="Comment").click()
    page.get_by_role("alert").get_by_text("Sven Stakeholder can not see this").wait_for()
    assert field.input_value() == "@Sven Stakeholder look", "nothing typed is lost"
    field.fill("One\nTwo")
    field.press("Control+Enter")
    said = page.locator(".comment", has_text="Two")
    said.get_by_role("button", name="Edit").click()
    assert field.input_value() == "One\nTwo"
    field.fill("Three")
    field.press("Control+Enter")
    page.locator(".comment-text", has_text="Three").wait_for()
    page.get_by_role("button", name="edited").click()
    page.locator(".versions").get_by_text("One").wait_for()
    page.locator(".comment").get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Take back").click()
    page.locator(".comment-text").wait_for(state="detached")
    assert page.locator(".talk-jump .count").inner_text() == "0"
