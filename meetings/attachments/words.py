"""Wording of attachments: why a file is not taken."""

from collections.abc import Mapping

from meetings.core.i18n import N_

# Under the label of a control that takes files; (max) is the setting in megabytes.
HINT = N_("可传 PDF、OFD、Word、Excel、PPT（pptx）、WPS、图片（jpg、png）、txt、csv，每个不超过 %(max)s MB")

REFUSALS: Mapping[str, str] = {
    "file.empty": N_("“%(name)s”是空文件，没有保存。请核对后重新选择"),
    "file.too_large": N_("“%(name)s”有 %(size)s MB，超过每个文件 %(max)s MB 的上限，没有保存。请压缩或拆分后再传"),
    "file.type": N_("“%(name)s”不在可传的类型之内，没有保存。可传 %(taken)s；压缩包请解压后分别上传"),
    "file.disguised": N_(
        "“%(name)s”的内容与扩展名 %(extension)s 不符或已损坏，没有保存。请用原软件另存后再传，含宏的请去掉宏"
    ),
    "file.secret": N_("“%(name)s”中有密级标志“%(mark)s”，没有保存。本系统不得存放涉密文件"),
    "file.personal_data": N_(
        "“%(name)s”中有身份证号或多人姓名电话，没有保存。请删去后再传；确需保留的，请勾选确认并重新选择文件"
    ),
    "file.too_many": N_("一次最多选择 %(max)s 个文件，现有 %(count)s 个，请分次上传"),
    "file.lost": N_("文件“%(name)s”的内容读不出来，请联系系统管理员核对存储"),
}
