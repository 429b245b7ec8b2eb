"""Rows and drawings of charts, joined as text: a page of statistics has hundreds (see decision 0003)."""

from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_BAR = '<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
_SHOWN = ' class="on"'
STEP = 10
"""How far apart columns stand, in a drawing 100 high."""


class Bar(NamedTuple):
    """A line of a bar chart."""

    label: str
    value: int
    url: str = ""
    css: str = ""
    glyph: Any = ""


@register.simple_tag
def bar_chart(rows: Sequence[Any], caption: str, value_head: str, label_head: str = "") -> str:
    """A bar chart, which is a table: label, number (a link where it has an address), bar. Nothing without rows."""
    if not rows:
        return ""
    most = max(row.value for row in rows) or 1
    caption = escape(str(caption))
    return mark_safe(
        f'<figure class="chart"><div class="table-wrap" tabindex="0" role="group" aria-label="{caption}">'
        f'<table class="bars"><caption>{caption}</caption><thead><tr>'
        f'<th scope="col">{escape(str(label_head)) if label_head else caption}</th>'
        f'<th scope="col">{escape(value_head)}</th><td class="bar-head"></td></tr></thead>'
        f"<tbody>{''.join(_bar(row, most) for row in rows)}</tbody></table></div></figure>"
    )


def _bar(row: Any, most: int) -> str:
    css = f' class="{escape(row.css)}"' if row.css else ""
    return (
        f'<tr{css}><th scope="row">{row.glyph}{escape(row.label)}</th>'
        f'<td class="number">{_linked(row.value, row.url)}</td>'
        f'<td class="bar">{_BAR}<rect width="{100 * row.value / most:.1f}" height="8"></rect></svg></td></tr>'
    )


@register.simple_tag
def change_chart(rows: Sequence[Any], caption: str, heads: Sequence[str]) -> str:
    """Bars of what is there with what comes at their end: label, before, after, difference, which `heads` name."""
    if not rows:
        return ""
    most = max(max(row.after, row.today) for row in rows) or 1
    caption = escape(str(caption))
    columns = "".join(f'<th scope="col" class="number">{escape(str(head))}</th>' for head in heads)
    return mark_safe(
        f'<figure class="chart"><div class="table-wrap" tabindex="0" role="group" aria-label="{caption}">'
        f'<table class="bars"><caption>{caption}</caption><thead><tr><th scope="col">{caption}</th>{columns}'
        f'<td class="bar-head"></td></tr></thead><tbody>{"".join(_change(row, most) for row in rows)}</tbody></table>'
        "</div></figure>"
    )


def _change(row: Any, most: int) -> str:
    css = f' class="{escape(row.css)}"' if row.css else ""
    before, after = 100 * row.today / most, 100 * row.after / most
    new = f"+{row.after - row.today}" if row.after > row.today else "–"
    return (
        f'<tr{css}><th scope="row">{row.glyph}{escape(row.label)}</th><td class="number">{row.today}</td>'
        f'<td class="number">{row.after}</td><td class="number">{new}</td><td class="bar">{_BAR}'
        f'<rect class="before" width="{before:.1f}" height="8"></rect>'
        f'<rect x="{before:.1f}" width="{after - before:.1f}" height="8"></rect></svg></td></tr>'
    )


def _linked(number: int, address: str) -> str:
    return f'<a href="{escape(address)}">{number}</a>' if address else str(number)


@register.simple_tag
def growth_plot(growth: Any) -> SafeString:
    """Columns over the years: ticks, a line at each, a column for each year with its newly designated part on top.

    The years stand below; on small screens only some are shown.
    """
    top, width = growth.ticks[0], STEP * len(growth.columns)
    ticks = "".join(f"<span>{tick}</span>" for tick in growth.ticks)
    lines = "".join(f'<path class="line" d="M0 {100 - 100 * tick / top:g}H{width}"></path>' for tick in growth.ticks)
    columns = "".join(_column(at, each, 100 / top) for at, each in enumerate(growth.columns) if each.total)
    years = "".join(f"<span{'' if each.year % 5 else _SHOWN}>{each.year}</span>" for each in growth.columns)
    return mark_safe(
        f'<div class="ticks">{ticks}</div><svg viewBox="0 0 {width} 100" preserveAspectRatio="none" '
        f'aria-hidden="true" focusable="false">{lines}{columns}</svg><div class="axis">{years}</div>'
    )


def _column(position: int, column: Any, scale: float) -> str:
    height = column.total * scale
    place = f'x="{position * STEP + 1}" y="{100 - height:.2f}" width="{STEP - 2}"'
    # Of a list that also lost members, more may be new in a year than there are at its end.
    new = f'<rect class="new" {place} height="{min(height, column.new * scale):.2f}"></rect>' if column.new else ""
    return f'<rect class="before" {place} height="{height:.2f}"></rect>{new}'


@register.simple_tag
def growth_rows(growth: Any, root: str = "") -> SafeString:
    """The same as rows of a table, each number a link below `root`."""
    return mark_safe("".join(_growth_row(column, root) for column in growth.columns))


def _growth_row(column: Any, root: str) -> str:
    new, total = (
        _linked(number, f"{root}{query}" if root and query else "")
        for number, query in ((column.new, column.new_url), (column.total, column.total_url))
    )
    return f'<tr><th scope="row">{column.year}</th><td class="number">{new}</td><td class="number">{total}</td></tr>'


@register.simple_tag
def spread_plot(spread: Any, most: int) -> SafeString:
    """Values from 1 to `most` on a line: a dot for each, a bar from the lowest to the highest, a tick at the mean.

    The numbers stand beside it; nothing where there is no value.
    """
    if spread is None:
        return mark_safe("")

    def at(value: float) -> str:
        return f"{5 + 110 * (value - 1) / max(1, most - 1):.1f}"

    dots = "".join(f'<circle cx="{at(value)}" cy="8" r="3.5"></circle>' for value in spread.values)
    return mark_safe(
        '<svg class="spread" viewBox="0 0 120 16" aria-hidden="true" focusable="false">'
        f'<path class="line" d="M5 8H115"></path><path class="range" d="M{at(spread.low)} 8H{at(spread.high)}"></path>'
        f'{dots}<path class="mean" d="M{at(spread.mean)} 1V15"></path></svg>'
    )
