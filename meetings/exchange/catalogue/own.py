"""The columns that the system fills in by itself, in every table."""

from meetings.core.i18n import N_
from meetings.exchange.rules.cells import Column

KEY = Column("key", N_("编号"), note=N_("系统填写，不要改动；新增的行留空。"), is_fixed=True, width=8)
VERSION = Column("version", N_("版本"), note=N_("系统填写，不要改动：据此发现下载之后的改动。"), is_fixed=True, width=6)
