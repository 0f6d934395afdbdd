"""The form with which a ledger is imported."""

from crispy_forms.helper import FormHelper
from django import forms

from suzhou_portal.form_parts import inside_a_form
from suzhou_portal.imports.reading import LARGEST, MOST_ROWS, require_size


class TableForm(forms.Form):
    """A file with a table."""

    file = forms.FileField(
        label="台账文件",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.xls"}),
        help_text=(
            f"CSV 或 Excel 工作簿（xlsx、xls），不超过{LARGEST // 1024 // 1024}MB、{MOST_ROWS:,}行。"
            "列名与空白模板相同；上面可以有标题，下面可以有合计，都不导入。"
        ),
        error_messages={
            "required": "请选择文件。",
            "empty": "文件是空的。",
            "missing": "请选择文件。",
        },
    )

    def clean_file(self):
        """Not too large to be read at once."""
        file = self.cleaned_data["file"]
        require_size(file.size)
        return file

    @property
    def helper(self) -> FormHelper:
        """Inside the page's own form."""
        return inside_a_form()


class AccountListForm(TableForm):
    """A file with those who are to have an account."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].label = "名单"
        self.fields["file"].help_text = "CSV 或 Excel 工作簿（xlsx、xls），列名与空白模板相同。"


class ImportForm(TableForm):
    """A file, and what to do about records that are there already."""

    update = forms.BooleanField(
        label="修改已有的记录",
        required=False,
        help_text="文件中的内容与已有的记录不同时，照文件修改。不选时，有一条不同，整个文件都不导入。",
    )
    skip = forms.BooleanField(
        label="跳过已有的记录",
        required=False,
        help_text="只导入新的，已有的记录不比较，也不修改。",
    )

    def clean(self):
        """Records that are there are changed or skipped, not both."""
        said = super().clean() or {}
        if said.get("skip") and said.get("update"):
            self.add_error("update", "“修改”和“跳过”只能选一个。")
        return said
