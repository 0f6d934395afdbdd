"""Asking what is asked, one question after another, until each answer can be read."""

import sys
from collections.abc import Callable, Mapping
from getpass import getpass

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from suzhou_portal.founding.answers import QUESTIONS, Given, Question

Say = Callable[[str], object]
CHANGED = "请看一遍。没有不对的，按回车开始；哪一项不对，输入它的序号重新回答；输入 q 放弃："


def without_asking(flags: Mapping[str, str | None], given: Given) -> None:
    """Read all answers from flags. Raises CommandError that names each that is missing, or is wrong."""
    missing = []
    for question in filter(lambda one: one.applies(given), QUESTIONS):
        flag = flags.get(question.name)
        text = question.otherwise(given) if flag is None else flag
        if not text.strip() and not question.optional:
            missing.append(f"{question.flag}（{question.asks}）")
        elif not missing:
            try:
                given[question.name] = question.read(text.strip(), given)
            except ValidationError as error:
                raise CommandError(f"{question.flag} 不正确：{_said(error)}") from error
    if missing:
        raise CommandError("没有动手，因为没有说：" + "、".join(missing) + "。")


def ask(flags: Mapping[str, str | None], given: Given, say: Say) -> None:
    """Put into `given` what is answered; what a flag says is asked for only where that cannot be read."""
    for question in QUESTIONS:
        if question.applies(given):
            given[question.name] = _answered(question, flags.get(question.name), given, say)


def agreed(given: Given, say: Say, beside: Callable[[], str]) -> None:
    """Show all answers once, and what else is to be known of them, and ask again for those that are not
    right. Raises CommandError where that is given up.
    """
    while True:
        show(given, say)
        say(beside())
        said = _typed(CHANGED).lower()
        if not said:
            return
        if said in ("q", "quit"):
            raise CommandError("已放弃，什么都没有做。")
        asked = _asked_of(given)
        if said.isdecimal() and 0 < int(said) <= len(asked):
            _again(asked[int(said) - 1], given, say)


def show(given: Given, say: Say) -> None:
    """All answers, numbered; of secrets nothing but where they lead."""
    say("")
    for number, one in enumerate(_asked_of(given), 1):
        say(f"  {number:>2}  {one.title}：{one.shown(given[one.name])}")


def _again(question: Question, given: Given, say: Say) -> None:
    """Ask it anew, and what it decides."""
    given[question.name] = _answered(question, None, given, say)
    for one in QUESTIONS:
        if one.follows == question.name:
            given.pop(one.name, None)
            if one.applies(given):
                given[one.name] = _answered(one, None, given, say)


def _asked_of(given: Given) -> list[Question]:
    return [one for one in QUESTIONS if one.applies(given)]


def _answered(question: Question, flag: str | None, given: Given, say: Say) -> object:
    text = flag
    while True:
        if text is None:
            text = _put(question, question.otherwise(given))
        try:
            if text.strip() or question.optional:
                return question.read(text.strip(), given)
            say("  这一项要填写。")
        except ValidationError as error:
            say(f"  {_said(error)}")
        text = None


def _put(question: Question, otherwise: str) -> str:
    hint = "按回车沿用已填的" if question.secret else f"按回车为 {otherwise}"
    text = f"{question.asks}{f'（{hint}）' if otherwise else ''}："
    return _typed(text, secret=question.secret) or otherwise


def _typed(text: str, *, secret: bool = False) -> str:
    """What is typed; a secret is not shown meanwhile. Raises CommandError where nobody can answer."""
    try:
        return (getpass(text) if secret and sys.stdin.isatty() else input(text)).strip()
    except (EOFError, KeyboardInterrupt):
        raise CommandError("没有回答，什么都没有做。") from None


def _said(error: ValidationError) -> str:
    return "".join(error.messages)
