"""Comments: who may read and write them, whom they may call, what is kept of them, and that nothing shows by default."""

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import timezone

from programs.models import Program
from risks.services import risks
from tests.factories import plans
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.activity import comments, subjects
from tpm.activity.models import ChangeSet, ChangeSetRevision, Comment
from tpm.activity.selectors import rows_changed
from tpm.activity.subjects import Subject, Unknown

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Program:
    return plans.program(plans.portfolio())


def _as(person: Actor) -> Actor:
    return Actor(person.user, actors.WEB)


def _say(who: Actor, kind: str, pk: int, text: str, parent: int | None = None) -> Comment:
    return comments.write(seen=subjects.look(_as(who), kind, pk), text=text, parent=parent)


def test_there_is_no_way_to_comments_that_does_not_say_who_asks(program: Program) -> None:
    for refused in (Comment.objects.all, Comment.objects.count, lambda: Comment.objects.filter(pk=1)):
        with pytest.raises(TypeError, match="Say who asks"):
            refused()
    with pytest.raises(TypeError, match="nobody could be kept out"):
        subjects.register(
            Subject("user", type(plans.user()), str, str, str, lambda one: None, lambda one: [])
        )
    manager = plans.member("TPM", program)
    task = plans.tasks(plans.project(program), 2)[0]
    _say(manager, "task", task.pk, "Seen")
    with pytest.raises(Unknown):
        subjects.look(_as(manager), "no_such_kind", task.pk)
    # A kind that nobody registered any more: what was said is there, and shows to no one.
    kept = subjects._kinds.pop("task")
    try:
        assert not Comment.objects.visible_to(_as(manager)).exists()
        with pytest.raises(Unknown):
            subjects.look(_as(manager), "task", task.pk)
    finally:
        subjects._kinds["task"] = kept
    assert Comment.objects.visible_to(_as(manager)).count() == 1


def test_comments_are_for_those_who_see_the_thing_and_a_program_s_for_those_who_read_the_whole_of_it(
    program: Program,
) -> None:
    here, there = plans.project(program), plans.project(program)
    manager, auditor = plans.member("TPM", program), plans.member("AU", program)
    inside, outside = plans.member("PM", here), plans.member("PM", there)
    task = plans.tasks(here, 2)[0]
    _say(inside, "task", task.pk, "Ready?")
    _say(manager, "program", program.pk, "Behind closed doors")

    def read(who: Actor) -> set[str]:
        return set(Comment.objects.visible_to(_as(who)).values_list("text", flat=True))

    assert read(manager) == read(auditor) == {"Ready?", "Behind closed doors"}
    assert read(inside) == {"Ready?"}
    assert (
        read(outside)
        == read(plans.member("SV", program))
        == read(plans.member("PO", plans.portfolio()))
        == set()
    )
    with pytest.raises(Unknown):
        _say(outside, "task", task.pk, "Hello")
    with pytest.raises(PermissionError):
        _say(auditor, "task", task.pk, "I only look")
    reading = Actor(manager.user, actors.API, may_write=False)
    with pytest.raises(PermissionError):
        comments.write(seen=subjects.look(reading, "task", task.pk), text="By a token that reads")


def test_a_mention_reaches_a_reader_and_is_refused_for_whom_the_thing_is_hidden(program: Program) -> None:
    project = plans.project(program)
    manager = plans.member("TPM", program)
    people = {}
    for name, role, at in (
        ("Ann Lee", "CO", program), ("Ann Lee-Smith", "PM", project), ("Sven Stakeholder", "SV", program),
        ("Twin", "CO", program), ("Twin", "PM", program),
    ):  # fmt: skip
        people.setdefault(name, []).append(plans.user(name))
        plans.grant(people[name][-1], role, at)
    task = plans.tasks(project, 1)[0]
    text = f"@ann lee-smith and @Ann Lee, mail@example.org, @nobody, see @{people['Twin'][1].email}."
    said = _say(manager, "task", task.pk, text)
    assert [one["user"] for one in said.mentions] == [
        people["Ann Lee-Smith"][0].pk, people["Ann Lee"][0].pk, people["Twin"][1].pk,
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="Sven Stakeholder can not see this"):
        _say(manager, "task", task.pk, "@Sven Stakeholder what do you think?")
    with pytest.raises(ValidationError, match="Several people are called “Twin”"):
        _say(manager, "task", task.pk, "@Twin")
    # Somebody of another portfolio is nobody here: the name stays text, and says nothing about whether there is one.
    stranger = plans.user("Otto Elsewhere")
    plans.grant(stranger, "PO", plans.portfolio())
    assert _say(manager, "task", task.pk, "@Otto Elsewhere").mentions == []
    # A confidential risk: those who read the register do not all read this one.
    secret = risks.create(
        actor=manager, program=program, title="Takeover", probability=0.1, is_confidential=True
    )
    with pytest.raises(ValidationError, match="Ann Lee can not see this"):
        _say(manager, "risk", secret.pk, "@Ann Lee")
    names = {str(one) for one in subjects.readers(subjects.look(_as(manager), "risk", secret.pk))}
    assert "Ann Lee" not in names and str(manager.user) in names


def test_one_s_own_comment_is_mended_and_taken_back_and_the_audit_keeps_all_of_it(program: Program) -> None:
    manager, other = plans.member("TPM", program), plans.member("PM", program)
    risk = risks.create(actor=manager, program=program, title="Late", probability=0.5)
    revisions = ChangeSetRevision.objects.count()
    first = _say(manager, "risk", risk.pk, "  One  ")
    answer = _say(other, "risk", risk.pk, "Two", parent=first.pk)
    deeper = _say(manager, "risk", risk.pk, "Three", parent=answer.pk)
    assert first.text == "One" and deeper.parent_id == first.pk, "there is one level of answers"
    at = timezone.now()
    with pytest.raises(PermissionError):
        comments.edit(actor=_as(other), comment=comments.get_for(_as(other), first.pk), text="Mine", at=at)
    mended = comments.edit(actor=_as(manager), comment=first, text="One, rather", at=at)
    assert [text for _at, text in comments.earlier(mended)] == ["One"]
    comments.resolve(seen=subjects.look(_as(other), "risk", risk.pk), comment=mended, is_resolved=True, at=at)
    with pytest.raises(ValidationError):
        comments.resolve(
            seen=subjects.look(_as(other), "risk", risk.pk), comment=answer, is_resolved=True, at=at
        )
    gone = comments.delete(actor=_as(manager), comment=comments.get_for(_as(manager), first.pk), at=at)
    assert gone.text == "" and comments.earlier(gone) == []
    with pytest.raises(ValidationError, match="no longer there"):
        _say(other, "risk", risk.pk, "Too late", parent=first.pk)
    told = [
        row.after.get("text", row.before.get("text"))
        for one in ChangeSet.objects.filter(event__startswith="activity.comment").order_by("pk")
        for row in rows_changed(one, [Comment])
        if row.pk == first.pk and "text" in row.after
    ]
    assert told == ["One", "One, rather", ""]
    assert ChangeSetRevision.objects.count() == revisions, "talking is no change of the plan"
    for nothing in ("", "   ", "x" * 10_001):
        with pytest.raises(ValidationError):
            _say(manager, "risk", risk.pk, nothing)


def test_a_text_is_shown_as_text_with_links_to_the_web_only(program: Program) -> None:
    manager, friend = plans.member("TPM", program), plans.user("Ann <b>")
    plans.grant(friend, "CO", program)
    said = _say(
        manager, "program", program.pk,
        '<script>x</script> @Ann <b> javascript:alert(1) (see https://example.org/?a=1&b="2" ).\nNext',
    )  # fmt: skip
    shown = Template("{% load talk %}{{ one|comment_text }}").render(Context({"one": said}))
    assert shown == (
        '&lt;script&gt;x&lt;/script&gt; <span class="mention">@Ann &lt;b&gt;</span> javascript:alert(1) (see '
        '<a href="https://example.org/?a=1&amp;b=" rel="noopener noreferrer nofollow" target="_blank">'
        "https://example.org/?a=1&amp;b=</a>&quot;2&quot; ).<br>Next"
    )
