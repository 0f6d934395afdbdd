"""The unified social credit code, GB 32100-2015; the check itself is python-stdnum's."""

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength

_MESSAGES = {
    InvalidLength: "统一社会信用代码应为18位。",
    InvalidFormat: "统一社会信用代码只含数字和大写字母（不用I、O、S、V、Z）。",
    InvalidChecksum: "统一社会信用代码的校验位不对，请核对。",
}


def problem(code: str, begins: str = "") -> str | None:
    """Why the code can't be right, in Chinese; None where it can. `begins` is how it must begin: authority
    and kind that registered its bearer.
    """
    try:
        uscc.validate(code)
    except tuple(_MESSAGES) as error:
        return _MESSAGES[type(error)]
    if not code.startswith(begins):
        return f"这一类型的组织，统一社会信用代码以{begins}开头；请核对代码和类型。"
    return None


def complete(first17: str) -> str:
    """The code made of 17 characters and their check character. For synthetic data."""
    return first17 + uscc.calc_check_digit(first17)
