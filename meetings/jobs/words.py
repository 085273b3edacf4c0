"""Labels of states, wording of what went wrong and of refusals."""

from collections.abc import Mapping

from meetings.core.i18n import N_
from meetings.jobs.models import JobStatus

STATUSES: Mapping[JobStatus, str] = {
    JobStatus.QUEUED: N_("排队"),
    JobStatus.RUNNING: N_("正在办理"),
    JobStatus.DONE: N_("已完成"),
    JobStatus.DEAD: N_("未办成"),
    JobStatus.CANCELLED: N_("已取消"),
}

REFUSALS: Mapping[str, str] = {
    "job.interrupted": N_("办理中断，进程被终止"),
    "job.too_long": N_("超过 %(minutes)s 分钟没有办完，已中止"),
    "job.out_of_memory": N_("内存超过 %(megabytes)s MB，已中止"),
    "job.no_room": N_("磁盘空间不足"),
    "job.broken": N_("程序出错，日志编号 %(reference)s，请告知系统维护人员"),
    "job.no_handler": N_("本版本没有办理这类事项的程序"),
    "job.nobody": N_("提出人的账号已停用"),
    "job.not_stopped": N_("这件事项还在办理或已经完成，不能重试"),
    "job.is_over": N_("这件事项已经结束，不能取消"),
}
