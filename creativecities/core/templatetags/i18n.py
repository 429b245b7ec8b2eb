"""Django's tags for languages; what never changes in them is looked up once a language, not on every page."""

from typing import Any

from django import template
from django.template.base import Node, Parser, Token, render_value_in_context
from django.templatetags import i18n
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Words(Node):
    """A `{% translate %}` of literal words."""

    child_nodelists = ()

    def __init__(self, node: i18n.TranslateNode) -> None:
        self._node = node
        self._said: dict[str | None, str] = {}

    def render(self, context: template.Context) -> str:
        code = get_language()
        if code not in self._said:
            text = self._node.render(context)
            self._said[code] = context[self._node.asvar] if self._node.asvar else text
        if self._node.asvar:
            context[self._node.asvar] = self._said[code]
            return ""
        return self._said[code]


class Sentence(Node):
    """A `{% blocktranslate %}` whose values are all given in the tag itself: only they are put in."""

    child_nodelists = ()

    def __init__(self, node: i18n.BlockTranslateNode) -> None:
        self._node = node
        self._singular, self._names = node.render_token_list(node.singular)
        self._plural, names = node.render_token_list(node.plural or [])
        self._names += names
        self._said: dict[str | None, str] = {}

    @property
    def is_complete(self) -> bool:
        return not self._node.message_context and set(self._names) <= {*self._node.extra_context, self._node.countervar}

    def render(self, context: template.Context) -> str:
        node = self._node
        values = {name: value.resolve(context) for name, value in node.extra_context.items()}
        if node.counter and node.countervar:
            values[node.countervar] = node.counter.resolve(context)
        try:
            shown = {name: render_value_in_context(values[name], context) for name in self._names}
            text = self._text(values) % shown
        except (KeyError, TypeError, ValueError):  # a faulty number or translation: Django's own says what is wrong
            whole: str = node.render(context)
            return whole
        if node.asvar:
            context[node.asvar] = SafeString(text)
            return ""
        return text

    def _text(self, values: dict[str, Any]) -> str:
        if self._node.countervar:
            return ngettext(self._singular, self._plural, values[self._node.countervar])
        code = get_language()
        if code not in self._said:
            self._said[code] = gettext(self._singular)
        return self._said[code]


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """`{% translate "words" %}`, with all that Django's own can do."""
    node: i18n.TranslateNode = i18n.do_translate(parser, token)
    said = node.filter_expression
    return node if getattr(said.var, "lookups", True) or said.filters or node.message_context else Words(node)


@register.tag("blocktranslate")
def blocktranslate(parser: Parser, token: Token) -> Node:
    """`{% blocktranslate with … %}`, with all that Django's own can do."""
    node: i18n.BlockTranslateNode = i18n.do_block_translate(parser, token)
    sentence = Sentence(node)
    return sentence if sentence.is_complete else node
