"""Separation of duties, held by the database: triggers that refuse what must not happen, whoever writes and by whatever means.

A refusal is a check violation with the name of its rule as constraint; ``REFUSALS`` says it to people. *Who* writes is read
from the open change set (the audit), so that nobody has to tell.
"""

import pgtrigger
from django.utils.translation import gettext_lazy as _

from tpm.activity.models import RULES

REFUSALS = {
    "vote_round_open": _("It does not wait for a vote any more."),
    "vote_current_content": _("The request was changed since you opened it. Look at it again."),
    "vote_by_person": _("Service accounts and closed accounts never approve."),
    "vote_by_involved": _("Who requested, edited or funded it can not approve it."),
    "vote_once": _("One person has one vote, be it as a delegate: this one is cast."),
    "vote_role": _("The step that is open now is for other roles."),
    "vote_step": _("This step is not open: it comes later, or is complete."),
    "vote_delegation": _("The delegation is not in force."),
    "round_unfinished": _("Not everybody that the policy asks for has agreed."),
    "round_settled": _("The round is settled and can not change."),
    "capital_without_approval": _("Only an approved round authorises money."),
    "capital_closed": _("The request is closed."),
    "capital_requester_fixed": _("The requester of a request does not change."),
    "policy_confirmed": _("A confirmed policy does not change. Write a new version."),
    "delegation_fixed": _("A delegation is not changed. Revoke it, and give another."),
}
RULES.update(REFUSALS)

_WHO = (
    "(SELECT actor_id FROM activity_changeset"
    " WHERE context_id = NULLIF(current_setting('pghistory.context_id', true), '')::uuid)"
)
_INVOLVE = "INSERT INTO budgets_involvement (kind, subject_id, user_id, what)"


def _refuse(rule: str) -> str:
    return f"RAISE EXCEPTION '{rule}' USING ERRCODE = '23514', CONSTRAINT = '{rule}';"


# ---- capital requests -----------------------------------------------------------------------------------------------

_CONTENT = f"""
NEW.vendor_key := left(lower(regexp_replace(NEW.vendor, '[^[:alnum:]]+', '', 'g')), 300);
NEW.content := jsonb_build_object(
    'program', NEW.program_id, 'project', NEW.project_id, 'title', NEW.title, 'business_case', NEW.business_case,
    'asset_class', NEW.asset_class, 'alternatives', NEW.alternatives, 'benefits', NEW.benefits, 'risks', NEW.risks,
    'vendor', NEW.vendor, 'cost_line', NEW.cost_line_id, 'currency', NEW.currency,
    'planned_in_service_on', NEW.planned_in_service_on,
    'amounts', coalesce((
        SELECT jsonb_agg(jsonb_build_object('year', a.year, 'amount', a.amount::text, 'benefit', a.benefit::text)
                         ORDER BY a.year)
          FROM budgets_capitalamount AS a WHERE a.request_id = NEW.id), '[]'::jsonb));
-- Only where there is one: what was approved without a what-if keeps its hash.
IF NEW.scenario_id IS NOT NULL THEN
    NEW.content := NEW.content || jsonb_build_object('scenario', NEW.scenario_id, 'simulation', NEW.simulation);
END IF;
NEW.content_sha256 := encode(sha256(convert_to(NEW.content::text, 'UTF8')), 'hex');
IF TG_OP = 'UPDATE' THEN
    IF NEW.requester_id <> OLD.requester_id THEN {_refuse("capital_requester_fixed")} END IF;
    IF NEW.content_sha256 <> OLD.content_sha256 THEN
        IF OLD.state = 'closed' THEN {_refuse("capital_closed")} END IF;
        NEW.state := 'draft';
        NEW.submitted_at := NULL;
        NEW.authorised := NULL;
        NEW.authorised_at := NULL;
    END IF;
ELSIF NEW.state <> 'draft' THEN {_refuse("capital_without_approval")}
END IF;
IF NEW.state = 'approved' OR NEW.authorised IS NOT NULL THEN
    IF NOT EXISTS (SELECT FROM budgets_approvalround AS r WHERE r.kind = 'capital_request' AND r.subject_id = NEW.id
                      AND r.state = 'approved' AND r.content_sha256 = NEW.content_sha256 AND r.amount = NEW.authorised)
    THEN {_refuse("capital_without_approval")} END IF;
END IF;
RETURN NEW;
"""

_HANDS = f"""
IF TG_OP = 'INSERT' THEN
    {_INVOLVE} VALUES ('capital_request', NEW.id, NEW.requester_id, 'requested') ON CONFLICT DO NOTHING;
END IF;
IF TG_OP = 'INSERT' OR NEW.content_sha256 <> OLD.content_sha256 THEN
    {_INVOLVE} SELECT 'capital_request', NEW.id, who, 'edited' FROM (SELECT {_WHO} AS who) AS w WHERE who IS NOT NULL
        ON CONFLICT DO NOTHING;
    {_INVOLVE} SELECT DISTINCT 'capital_request', NEW.id, c.actor_id, 'funded' FROM budgets_costlineevent AS e
          JOIN activity_changeset AS c ON c.context_id = e.pgh_context_id
         WHERE e.pgh_obj_id = NEW.cost_line_id AND c.actor_id IS NOT NULL ON CONFLICT DO NOTHING;
    UPDATE budgets_approvalround SET state = 'voided', closed_at = clock_timestamp(), version = version + 1
     WHERE kind = 'capital_request' AND subject_id = NEW.id AND state IN ('open', 'approved');
END IF;
RETURN NULL;
"""

CAPITAL_REQUEST = [
    pgtrigger.Trigger(
        name="content", operation=pgtrigger.Insert | pgtrigger.Update, when=pgtrigger.Before, func=_CONTENT
    ),
    pgtrigger.Trigger(
        name="hands", operation=pgtrigger.Insert | pgtrigger.Update, when=pgtrigger.After, func=_HANDS
    ),
]
CAPITAL_AMOUNT = [
    pgtrigger.Trigger(
        name="content_of_request",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.After,
        func=(
            "UPDATE budgets_capitalrequest SET content_sha256 = ''"
            " WHERE id IN (NEW.request_id, OLD.request_id); RETURN NULL;"
        ),
    )
]


def funders(name: str = "funders") -> list[pgtrigger.Trigger]:
    """Return the trigger of a table whose rows book to a capital request: who writes one has funded it."""
    return [
        pgtrigger.Trigger(
            name=name,
            operation=pgtrigger.Insert | pgtrigger.Update,
            when=pgtrigger.After,
            condition=pgtrigger.Q(new__capital_request_id__isnull=False),
            func=(
                f"{_INVOLVE} SELECT 'capital_request', NEW.capital_request_id, who, 'funded' FROM (SELECT {_WHO} AS who) AS w"
                " WHERE who IS NOT NULL ON CONFLICT DO NOTHING; RETURN NULL;"
            ),
        )
    ]


COST_LINE = [
    pgtrigger.Trigger(
        name="funders",
        operation=pgtrigger.Update,
        when=pgtrigger.After,
        condition=pgtrigger.Q(old__amount__df=pgtrigger.F("new__amount")),
        func=(
            f"{_INVOLVE} SELECT 'capital_request', r.id, who, 'funded' FROM budgets_capitalrequest AS r, (SELECT {_WHO} AS who) AS w"
            " WHERE r.cost_line_id = NEW.id AND who IS NOT NULL ON CONFLICT DO NOTHING; RETURN NULL;"
        ),
    )
]

# ---- rounds and votes -----------------------------------------------------------------------------------------------

_COMPLETE = (
    "(SELECT count(*) FROM budgets_vote AS v WHERE v.round_id = {round} AND v.step = s.n - 1 AND v.decision = 'approve')"
    " >= (s.step ->> 'quorum')::int"
)
_STEPS = "jsonb_array_elements({steps}) WITH ORDINALITY AS s (step, n)"

_ROUND = f"""
IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' OR jsonb_array_length(NEW.steps) = 0 THEN {_refuse("round_unfinished")} END IF;
    {_INVOLVE} VALUES (NEW.kind, NEW.subject_id, NEW.requester_id, 'requested') ON CONFLICT DO NOTHING;
    {_INVOLVE} SELECT DISTINCT NEW.kind, NEW.subject_id, c.actor_id, 'funded' FROM budgets_exchangerateevent AS e
          JOIN activity_changeset AS c ON c.context_id = e.pgh_context_id
         WHERE e.pgh_obj_id = NEW.exchange_rate_id AND c.actor_id IS NOT NULL ON CONFLICT DO NOTHING;
    RETURN NEW;
END IF;
IF ROW(NEW.kind, NEW.subject_id, NEW.requester_id, NEW.content_sha256, NEW.policy_id, NEW.steps, NEW.amount, NEW.counted, NEW.rate)
   IS DISTINCT FROM
   ROW(OLD.kind, OLD.subject_id, OLD.requester_id, OLD.content_sha256, OLD.policy_id, OLD.steps, OLD.amount, OLD.counted, OLD.rate)
   OR (OLD.state <> 'open' AND NEW.state <> OLD.state AND NOT (OLD.state = 'approved' AND NEW.state = 'voided'))
THEN {_refuse("round_settled")} END IF;
IF NEW.state = 'approved' AND OLD.state = 'open' AND (
    EXISTS (SELECT FROM {_STEPS.format(steps="NEW.steps")} WHERE NOT {_COMPLETE.format(round="NEW.id")})
    OR EXISTS (SELECT FROM budgets_vote WHERE round_id = NEW.id AND decision = 'reject'))
THEN {_refuse("round_unfinished")} END IF;
RETURN NEW;
"""

_VOTE = f"""
SELECT * INTO r FROM budgets_approvalround WHERE id = NEW.round_id FOR UPDATE;
IF r.state <> 'open' THEN {_refuse("vote_round_open")} END IF;
IF NEW.content_sha256 <> r.content_sha256 THEN {_refuse("vote_current_content")} END IF;
IF EXISTS (SELECT FROM accounts_user WHERE id IN (NEW.voter_id, NEW.principal_id) AND (is_service OR NOT is_active))
   OR (SELECT count(*) FROM accounts_user WHERE id = NEW.voter_id) = 0
THEN {_refuse("vote_by_person")} END IF;
IF EXISTS (SELECT FROM budgets_involvement WHERE kind = r.kind AND subject_id = r.subject_id
              AND user_id IN (NEW.voter_id, NEW.principal_id))
   OR EXISTS (SELECT FROM budgets_delegation WHERE giver_id = r.requester_id AND delegate_id = NEW.voter_id
                 AND revoked_at IS NULL AND clock_timestamp() >= starts_at AND clock_timestamp() < ends_at)
THEN {_refuse("vote_by_involved")} END IF;
IF EXISTS (SELECT FROM budgets_vote WHERE round_id = r.id AND (voter_id IN (NEW.voter_id, NEW.principal_id)
              OR principal_id IN (NEW.voter_id, NEW.principal_id)))
THEN {_refuse("vote_once")} END IF;
IF NEW.voter_id <> NEW.principal_id THEN
    PERFORM FROM budgets_delegation WHERE id = NEW.delegation_id AND giver_id = NEW.principal_id
        AND delegate_id = NEW.voter_id AND revoked_at IS NULL AND role IN ('', NEW.role)
        AND clock_timestamp() >= starts_at AND clock_timestamp() < ends_at FOR SHARE;
    IF NOT FOUND THEN {_refuse("vote_delegation")} END IF;
END IF;
IF NOT coalesce(r.steps -> NEW.step::int -> 'roles' @> to_jsonb(NEW.role::text), false)
   OR NOT EXISTS (
        SELECT FROM programs_grant AS g JOIN programs_program AS p ON p.id = r.program_id
         WHERE g.user_id = NEW.principal_id AND g.role = NEW.role AND g.portfolio_id = p.portfolio_id
           AND (g.program_id IS NULL OR g.program_id = p.id) AND (g.project_id IS NULL OR g.project_id = r.project_id)
           AND (g.ends_on IS NULL OR g.ends_on >= (clock_timestamp() AT TIME ZONE 'UTC')::date))
THEN {_refuse("vote_role")} END IF;
IF (SELECT min(s.n) - 1 FROM {_STEPS.format(steps="r.steps")} WHERE NOT {_COMPLETE.format(round="r.id")})
   IS DISTINCT FROM NEW.step::bigint
THEN {_refuse("vote_step")} END IF;
NEW.at := clock_timestamp();
RETURN NEW;
"""

ROUND = [
    pgtrigger.Trigger(
        name="settled", operation=pgtrigger.Insert | pgtrigger.Update, when=pgtrigger.Before, func=_ROUND
    ),
    pgtrigger.Trigger(
        name="kept",
        operation=pgtrigger.Delete,
        when=pgtrigger.Before,
        func=_refuse("round_settled"),
    ),
]
VOTE = [
    pgtrigger.Trigger(
        name="separate",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        declare=[("r", "budgets_approvalround%ROWTYPE")],
        func=_VOTE,
    )
]

# ---- policies and delegations ---------------------------------------------------------------------------------------

POLICY = [
    pgtrigger.Trigger(
        name="confirmed",
        operation=pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        condition=pgtrigger.Q(old__confirmed_by_id__isnull=False),
        func=f"""
IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'effective_to' - 'version') <> (to_jsonb(OLD) - 'effective_to' - 'version')
THEN {_refuse("policy_confirmed")} END IF;
RETURN NEW;
""",
    )
]
DELEGATION = [
    pgtrigger.Trigger(
        name="fixed",
        operation=pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=f"""
IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'revoked_at' - 'version') <> (to_jsonb(OLD) - 'revoked_at' - 'version')
   OR OLD.revoked_at IS NOT NULL
THEN {_refuse("delegation_fixed")} END IF;
RETURN NEW;
""",
    )
]
