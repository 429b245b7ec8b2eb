"""What a city answers when it is named as a partner."""

from django import forms


class AnswerForm(forms.Form):
    """Yes or no."""

    answer = forms.ChoiceField(choices=[("confirm", "confirm"), ("decline", "decline")])
