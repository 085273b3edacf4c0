"""Wording of what backups refuse."""

from meetings.core.i18n import N_

REFUSALS = {
    "backup.exists": N_("%(file)s 已经存在，没有覆盖；请换一个文件名"),
    "backup.cannot_write": N_("%(file)s 写不进去（%(reason)s），没有留下不完整的备份"),
    "backup.not_one": N_("%(file)s 不是本系统的备份，或者没有传完整"),
    "backup.damaged": N_("备份已损坏：%(part)s 与记录的校验值不符，没有恢复任何内容"),
    "backup.other_format": N_("这份备份出自更新的版本，请先升级程序"),
    "backup.not_empty": N_("数据库中已有数据，没有恢复。请用一个空的数据文件夹（或空的数据库）"),
    "backup.does_not_fit": N_("备份中的记录互相对不上（%(tables)s），没有恢复"),
}
