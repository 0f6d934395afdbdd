"""The unified social credit code, GB 32100-2015; the check itself is python-stdnum's."""

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength

_MESSAGES = {
    InvalidLength: "统一社会信用代码应为18位。",
    InvalidFormat: "统一社会信用代码只含数字和大写字母（不用I、O、S、V、Z）。",
    InvalidChecksum: "统一社会信用代码的校验位不对，请核对。",
}


def problem(code: str) -> str | None:
    """Why the code can't be right, in Chinese; None where it can."""
    try:
        uscc.validate(code)
    except tuple(_MESSAGES) as error:
        return _MESSAGES[type(error)]
    return None


def complete(first17: str) -> str:
    """The code made of 17 characters and their check character. For synthetic data."""
    return first17 + uscc.calc_check_digit(first17)
