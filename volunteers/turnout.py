"""M23: who of a team came to a training or drill, on one page: the team's roster, or a list pasted into it."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from suzhou_portal import cleaning
from suzhou_portal.accounts.choices import choices_for
from suzhou_portal.desks import drafts
from suzhou_portal.lists import key_of
from suzhou_portal.records.kinds import kinds
from volunteers.enums.trainings import Presence, TrainingState
from volunteers.models import TeamTraining, TrainingPresence, Volunteer, VolunteerTeam

_APART = re.compile(r"[\s,，、;；:：]+")
_LABELS = {label: value for value, label in Presence.choices}
MOST_LISTED = 20_000  # characters
FEWEST = 4  # digits at the end of a phone that tell two of one name apart


class TurnoutForm(forms.Form):
    """A choice for each volunteer of the roster, and a list as offices have it, which is read into these."""

    listed = forms.CharField(
        label="粘贴签到名单",
        required=False,
        max_length=MOST_LISTED,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="每行一人：姓名，重名的加电话（全号或后四位）；没有来的写明“缺席”或“请假”，不写的算到场。",
    )

    def __init__(self, *args: Any, roster: list[Volunteer], noted: dict[int, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.label_suffix = "："
        self.roster = roster
        for one in roster:
            self.fields[_name(one)] = forms.ChoiceField(
                label=str(one),
                choices=[("", "没有登记"), *Presence.choices],
                required=False,
                initial=noted.get(one.pk, ""),
            )

    def clean_listed(self) -> dict[int, str]:
        """Who is on the list, by key. Raises ValidationError naming every line that names nobody."""
        found, problems = {}, []
        for number, text in enumerate(self.cleaned_data["listed"].splitlines(), start=1):
            said = [word for word in _APART.split(text.strip()) if word]
            if not said or "姓名" in said:  # a heading
                continue
            try:
                one, presence = self._told(said)
            except ValidationError as error:
                problems.append(f"第{number}行：{error.messages[0]}")
            else:
                found[one.pk] = presence
        if problems:
            raise ValidationError(problems)
        return found

    def _told(self, said: list[str]) -> tuple[Volunteer, str]:
        at = next((at for at, word in enumerate(said) if not word.isascii()), len(said))
        name = cleaning.person(said[at]) if at < len(said) else ""
        ending = re.sub(r"\D", "", "".join(said[at + 1 :]))
        called = [one for one in self.roster if one.name == name]
        if len(ending) >= FEWEST:
            called = [one for one in called if re.sub(r"\D", "", one.phone).endswith(ending)]
        if not called:
            raise ValidationError(f"“{' '.join(said)[:40]}”不在这支队伍的名册中。")
        if len(called) > 1:
            raise ValidationError(f"有几位“{name}”，请加电话。")
        return called[0], next(
            (_LABELS[word] for word in said if word in _LABELS), Presence.PRESENT
        )

    def told(self) -> dict[int, str]:
        """What is known of each, by key: what the list says, else what was chosen; blank for nothing."""
        chosen = {one.pk: self.cleaned_data[_name(one)] for one in self.roster}
        return chosen | self.cleaned_data["listed"]


def turnout(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a team, and note of each of its volunteers whether they came."""
    desk = kinds.desk("team-trainings")
    with transaction.atomic():
        known = desk.records(request.user)
        if request.method == "POST":
            known = known.select_for_update(of=("self",))
        training = get_object_or_404(known, pk=pk)
        if not request.user.has_perm("volunteers.add_trainingpresence", training):
            raise PermissionDenied
        if training.state != TrainingState.PLANNED:
            raise Http404("登记举办以前，才能登记每人到场。")
        context: dict[str, Any] = {"desk": desk, "record": training, "teams": _teams(request.user)}
        team = context["teams"].filter(pk=key_of(request.GET.get("team", ""))).first()
        if team is None:
            return render(request, "volunteers/turnout.html", context)
        form = _form(request, training, team)
        if form.is_valid():
            came = _note(training, team, form.told())
            messages.success(request, f"已保存：{team}到场{came}人。")
            return redirect("desk_record", desk.name, training.pk)
    context |= {"team": team, "form": drafts.fill(form, request)}
    context |= drafts.context(request, f"登记每人到场：{training}，{team}")
    return render(request, "volunteers/turnout.html", context)


def _teams(user: Any) -> QuerySet:
    """Teams that the person may name, of which they see volunteers."""
    field: Any = TrainingPresence._meta.get_field("team")
    offered: Any = choices_for(user, TrainingPresence, field)
    seen = Volunteer.objects.visible_to(user).values("team")
    return offered.filter(pk__in=seen, dissolved_on=None).order_by("name", "pk")


def _form(request: HttpRequest, training: TeamTraining, team: VolunteerTeam) -> TurnoutForm:
    """The form with whoever is in the team on that day, and whom the list has already."""
    noted = dict(training.presences.filter(team=team).values_list("volunteer", "presence"))
    staying = Q(left_on=None) | Q(left_on__gt=training.planned_on)
    mine = Volunteer.objects.visible_to(request.user).filter(
        Q(team=team) & staying | Q(pk__in=noted)
    )
    return TurnoutForm(drafts.sent(request), roster=list(mine.order_by("name", "pk")), noted=noted)


def _note(training: TeamTraining, team: VolunteerTeam, told: dict[int, str]) -> int:
    """Keep what is known of each; returns how many came."""
    kept = {one.volunteer_id: one for one in training.presences.filter(volunteer__in=told)}
    for volunteer, presence in told.items():
        one = kept.get(volunteer)
        if not presence:
            if one is not None:
                one.delete()
            continue
        one = one or TrainingPresence(
            area=training.area,
            training=training,
            team=team,
            volunteer_id=volunteer,
            is_demo=training.is_demo,
        )
        if one.pk is None or one.presence != presence:
            one.presence = presence
            one.check_rules()
            one.save()
    return training.presences.filter(team=team, presence=Presence.PRESENT).count()


def _name(volunteer: Volunteer) -> str:
    return f"v{volunteer.pk}"
