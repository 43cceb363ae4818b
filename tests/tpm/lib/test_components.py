"""The component includes: what they show, and that nothing in them needs a style attribute or an inline script."""

import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SPRITE = (ROOT / "static/img/icons.svg").read_text(encoding="utf-8")


def component(name: str, **values: Any) -> str:
    return " ".join(render_to_string(f"components/_{name}.html", values).replace("\u00a0", " ").split())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_obey_the_content_security_policy(path: Path) -> None:
    text = re.sub(
        r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", text)
    for attributes in re.findall(r"<script([^>]*)>", text):
        assert "src=" in attributes or "application/json" in attributes


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_icon_that_a_template_names_is_in_the_sprite(path: Path) -> None:
    named = re.findall(r"""{% icon ["']([\w-]+)["']""", path.read_text(encoding="utf-8"))
    assert [name for name in named if f'id="{name}"' not in SPRITE] == []


def test_every_icon_that_a_script_names_is_in_the_sprite() -> None:
    source = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("lib", "elements")
        for path in (ROOT / "static/js" / folder).glob("*.js")
    )
    named = set(re.findall(r'\bicon\("([\w-]+)"\)', source)) | {
        "check",
        "refresh",
        "clock",
        "warning",
        "info",
    }
    assert {name for name in named if f'id="{name}"' not in SPRITE} == set()


def test_a_figure_says_what_it_is_compared_with_and_why() -> None:
    html = component(
        "figure",
        key="finish",
        label="Finish",
        value="15 Dec",
        delta="+4 wd",
        compare="baseline 9 Dec",
        tone="watch",
        url="/why/",
    )
    assert 'data-figure="finish">15 Dec<' in html
    assert "tone-watch" in html and "+4 wd" in html and "baseline 9 Dec" in html
    assert re.search(r'<a class="figure-why" href="/why/">why\?<span class="visually-hidden"> Finish', html)


def test_a_figure_that_is_missing_is_a_dash_but_a_zero_is_a_zero() -> None:
    assert ">–<" in component("figure", label="CPI", value=None)
    assert ">0<" in component("figure", label="Late", value=0)


@pytest.mark.parametrize(
    ("revision", "words", "state"),
    [
        ({"computed": 412, "input": 412}, "computed at revision 412", "is-current"),
        ({"computed": 410, "input": 412}, "revision 410 · 2 behind, queued", "is-queued"),
        (
            {"computed": 410, "input": 412, "state": "computing"},
            "revision 410 · computing 412",
            "is-computing",
        ),
        ({"computed": 410, "input": 412, "state": "late"}, "revision 410 · 2 behind, late", "is-late"),
        (
            {"computed": 410, "input": 412, "state": "stuck", "reason": "circular link"},
            "stuck at revision 410",
            "is-stuck",
        ),
    ],
)
def test_the_revision_badge_says_how_far_behind_the_figures_are(
    revision: dict[str, Any], words: str, state: str
) -> None:
    html = component(
        "revision", revision={"program": 1042, "state": None, "reason": "", "at": None, **revision}
    )
    assert words in html and state in html
    assert 'program="1042"' in html  # an attribute is not a figure: no thousands separator
    assert (revision.get("reason") or "") in html


def test_a_table_marks_its_order_and_offers_the_next_rows() -> None:
    columns = [
        {"key": "name", "label": "Name", "sort": True},
        {"key": "slip", "label": "Slippage", "unit": "wd", "num": True, "sort": True},
    ]
    head = component("table_head", columns=columns, sort="-slip")
    assert head.count("aria-sort") == 1
    assert 'class="num " aria-sort="descending"' in head
    more = component("load_more", columns=columns, next_url="/rows/?after=9")
    assert 'colspan="2"' in more and 'hx-get="/rows/?after=9"' in more
    assert component("load_more", columns=columns, next_url="") == ""


def test_an_empty_table_says_what_it_is_for_and_what_to_do_first() -> None:
    html = component(
        "table",
        rows=[],
        empty_title="No risks yet",
        empty_text="What may hit the plan.",
        empty_url="/new/",
        empty_action="Add",
    )
    assert "<table" not in html
    assert "No risks yet" in html and 'href="/new/"' in html


def test_a_field_ties_help_and_errors_to_its_control() -> None:
    class Form(forms.Form):
        name = forms.CharField(help_text="As the committee knows it.")

    html = component("field", field=Form({"name": ""})["name"])
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described
    assert all(f'id="{part}"' in html for part in described[1].split())
    assert 'aria-invalid="true"' in html and "This field is required." in html


def test_progress_is_readable_without_seeing_it() -> None:
    html = component("progress", value=62.5, expected=70, label="Cut-over")
    assert 'aria-label="Cut-over 62 %, expected 70 %"' in html
    assert 'width="62.5"' in html


def test_a_confirmation_carries_question_version_and_reason() -> None:
    html = component("confirm", url="/delete/", label="Delete", question="Delete “A”?", version=1234)
    assert 'hx-post="/delete/"' in html and "hx-confirm=" in html and 'data-reason="required"' in html
    assert """hx-vals='{"version": 1234}'""" in html


def test_a_drawer_lists_its_kinds_as_data() -> None:
    html = component("drawer", kinds={"task": "/tasks/0/drawer/"})
    assert '<script id="drawer-kinds" type="application/json">{"task": "/tasks/0/drawer/"}</script>' in html
