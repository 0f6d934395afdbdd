"""Accounts from a table: each row read as the form of one account and of what it is entrusted with."""

from collections.abc import Iterator
from copy import copy
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.accounts.passwords import give_one_time_password
from suzhou_portal.accounts.record_form import ChineseForm
from suzhou_portal.imports.importing import in_turn
from suzhou_portal.imports.names import typed_by
from suzhou_portal.imports.outcomes import LeftOut, Problem
from suzhou_portal.imports.reading import LedgerFile
from suzhou_portal.pinyin import syllables

MOST = 100  # accounts of a file: a password takes a third of a second to be kept
ROLE, LOGIN = "role", "username"


def _column(model: type[models.Model], name: str, **otherwise: Any) -> Any:
    column: Any = copy(model._meta.get_field(name))
    vars(column).update(otherwise)
    return column


class AccountLedger:
    """What a ledger is to whoever reads and explains files, of accounts and what they are entrusted with."""

    title = "账号"
    model = Assignment
    key = ()

    def __init__(self) -> None:
        of_user = [
            _column(User, "name", blank=False),
            _column(User, LOGIN, blank=True, help_text="留空则用姓名的拼音，不与已有的重复。"),
            _column(User, "phone"),
        ]
        given = [_column(Assignment, one) for one in (ROLE, "area", "organization", "team")]
        begins = _column(Assignment, "valid_from", blank=True, help_text="留空为今天。")
        self.columns = [*of_user, *given, begins, _column(Assignment, "valid_to")]

    @property
    def headings(self) -> list[str]:
        """What the first line of a file says."""
        return [str(column.verbose_name) for column in self.columns]

    @property
    def needed(self) -> list[str]:
        """The headings that a file must have."""
        return [str(column.verbose_name) for column in self.columns if not column.blank]

    def name_of(self, field: Any) -> str:
        """The column by which a relation's record is named."""
        return str(field.related_model.called)

    def roots(self, user: Any) -> set[str]:
        """Where the person may give roles."""
        return set(user.roots(Assignment, "add", owners=False))


ACCOUNTS: Any = AccountLedger()


class AccountRowForm(ChineseForm):
    """What a row says of the account."""

    class Meta:
        model = User
        fields = (LOGIN, "name", "phone")


class EntrustedRowForm(ChineseForm):
    """What a row says of what the account is entrusted with."""

    class Meta:
        model = Assignment
        fields = (ROLE, "area", "organization", "team", "valid_from", "valid_to")


class AccountRow(NamedTuple):
    """A row that can be opened: its number, the account and its assignment, neither saved."""

    number: int
    account: User
    assignment: Assignment

    @property
    def unit(self) -> str:
        """Whose person it is: the organization or team, else the division."""
        held = self.assignment
        return str(held.organization or held.team or held.area)


class AccountPlan(NamedTuple):
    """What a file would open, what is wrong with it, and what of it is no account."""

    rows: list[AccountRow]
    problems: list[Problem]
    left_out: list[LeftOut]


class OpenedAccount(NamedTuple):
    """An account that was opened, and the password that nobody will see again."""

    row: AccountRow
    password: str


class _AccountReader:
    """Reads one file for one person."""

    def __init__(self, user: Any):
        self._user = user
        self._typed = [typed_by(ACCOUNTS, field, user) for field in ACCOUNTS.columns]
        self._logins = {one.lower() for one in User.objects.values_list(LOGIN, flat=True)}
        self._taken: set[str] = set()

    def plan(self, data: bytes) -> AccountPlan:
        """Raises ValidationError for a file that cannot be read."""
        file = LedgerFile(data, ACCOUNTS.headings, ACCOUNTS.needed)
        lines = [
            one for chunk in file.chunks() for one in zip(chunk.numbers, chunk.rows, strict=True)
        ]
        if len(lines) > MOST:
            raise ValidationError(f"一次最多开通{MOST}个账号，请分成几个文件。")
        place = ACCOUNTS.headings.index("账号")
        self._taken = {cells[place].strip().lower() for _, cells in lines} - {""}
        rows: list[AccountRow] = []
        problems: list[Problem] = []
        for number, cells in lines:
            row, found = self._row(number, cells)
            found = found or list(_repeats(row, rows))
            problems += found
            if not found and row is not None:
                rows.append(row)
        return AccountPlan(rows, problems, file.left_out)

    def _row(self, number: int, cells: list[str]) -> tuple[AccountRow | None, list[Problem]]:
        said, problems = {}, []
        columns = ACCOUNTS.columns
        for field, typed, cell in zip(columns, self._typed, cells, strict=True):
            try:
                said[field.name] = typed(cell.strip())
            except ValidationError as error:
                problems.append(_problem(number, field, cell, error))
        if problems:
            return None, problems
        made = not said[LOGIN]
        if made:
            said[LOGIN] = self._login(str(said["name"]))
        said["valid_from"] = said["valid_from"] or timezone.localdate()
        account, held = AccountRowForm(_sent(said)), EntrustedRowForm(_sent(said))
        texts = dict(zip((one.name for one in columns), cells, strict=True))
        problems = [*_wrong(number, account, texts), *_wrong(number, held, texts)]
        row = AccountRow(number, account.instance, held.instance)
        if not problems:
            problems = list(self._refused(row, made=made))
        return row, problems

    def _refused(self, row: AccountRow, *, made: bool) -> Iterator[Problem]:
        """Where the person gives no such role, or the file was sent before."""
        if not self._user.has_perm("accounts.add_assignment", row.assignment):
            yield Problem(row.number, "管辖地区", str(row.assignment.area), "不在您的管辖范围内。")
        held = row.assignment
        same = Assignment.objects.filter(
            user__name=row.account.name, role=held.role, area=held.area_id,
            organization=held.organization_id, team=held.team_id,
        )  # fmt: skip
        if made and (there := same.select_related("user").first()):
            yield Problem(
                row.number, "姓名", row.account.name,
                f"{there.user}已有这项授权，没有再开。是另一个人，请填写账号。",
            )  # fmt: skip

    def _login(self, name: str) -> str:
        """A login nobody has, from how the name is said; blank where it is not Chinese."""
        said, count = "".join(syllables(name)), 1
        login = said
        while login and login in self._logins | self._taken:
            count += 1
            login = f"{said}{count}"
        self._taken.add(login)
        return login


def _repeats(row: AccountRow | None, rows: list[AccountRow]) -> Iterator[Problem]:
    """Whether an earlier row of the file says the same login, or the same person."""
    if row is None:
        return
    number, account = row.number, row.account
    for other in rows:
        before = f"第{other.number}行"
        if account.username.lower() == other.account.username.lower():
            said = f"{before}已用了这个账号。一个人还有别的授权，开通后在账号里添加。"
            yield Problem(number, "账号", account.username, said)
        elif (account.name, row.unit) == (other.account.name, other.unit):
            said = f"与{before}同名、同单位。是两个人，请分两次开通，各填账号。"
            yield Problem(number, "姓名", account.name, said)


def _sent(said: dict[str, Any]) -> dict[str, Any]:
    """As a form is sent."""
    return {name: one.pk if isinstance(one, models.Model) else one for name, one in said.items()}


def _wrong(number: int, form: Any, texts: dict[str, str]) -> Iterator[Problem]:
    for name, errors in form.errors.items():
        label = str(form.fields[name].label) if name in form.fields else ""
        for message in errors:
            yield Problem(number, label, texts.get(name, ""), str(message))


def _problem(number: int, field: Any, cell: str, error: ValidationError) -> Problem:
    return Problem(number, str(field.verbose_name), cell.strip(), "".join(error.messages))


def planned(data: bytes, user: Any) -> AccountPlan:
    """What a file would open for the person; nothing is written. Raises ValidationError."""
    return _AccountReader(user).plan(data)


@transaction.atomic
def opened(data: bytes, user: Any) -> tuple[AccountPlan, list[OpenedAccount]]:
    """Open all accounts of a file, or none where any row is wrong. Raises ValidationError.

    Two files wait for one another, so that the same one sent twice opens nothing twice.
    """
    in_turn("accounts")
    plan = planned(data, user)
    return plan, [] if plan.problems else [_open(row) for row in plan.rows]


def _open(row: AccountRow) -> OpenedAccount:
    row.account.set_unusable_password()
    row.account.save()
    row.assignment.user = row.account
    row.assignment.save()
    return OpenedAccount(row, give_one_time_password(row.account))
