"""What a city's team answers."""

from django import forms


class AnswerForm(forms.Form):
    """Yes or no."""

    answer = forms.ChoiceField(choices=[("confirm", "confirm"), ("decline", "decline")])
