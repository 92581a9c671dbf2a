"""What the pipeline says no to, and in which words."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from sanwei.core.attachments.intake import take_in

BOMB = "解压后体积过大或文件过多，请减少内容、拆分后再上传"
EMBEDDED = "嵌有可执行程序或其他文件，请删除嵌入的对象后再上传"
OUTSIDE = "引用了外部文件或数据源，请用 WPS/Office 断开链接（图片改为嵌入）后另存再上传"
LOCKED = "设有打开密码或加密，系统无法检查，请取消密码后再上传"


def mismatch(extension, program=" WPS/Office "):
    return f"的内容与扩展名不符，请用{program}打开后另存为 .{extension} 再上传"


def damaged(extension):
    return f"已损坏或结构异常，请重新生成或另存为 .{extension} 再上传"


def macros(extension):
    return f"含有宏，请用 WPS/Office 打开，删除宏后另存为 .{extension} 再上传"


def refusal(name, content):
    """The sentences with which an upload is refused."""
    with pytest.raises(ValidationError) as raised:
        take_in(SimpleUploadedFile(name, content))
    return raised.value.messages


def left_in(store):
    return [path for path in store.rglob("*") if path.is_file()]


def cases(table):
    """Parametrize over {name: (make, reason)}; files are made when their test runs."""
    return pytest.mark.parametrize(("name", "make", "reason"), [(name, *row) for name, row in table.items()])
