"""What is not printed for outside the committee: small counts of deaths, violence and cases."""

from collections.abc import Collection, Iterable

from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.plans.queries.monitoring import Standing
from meetings.plans.rules.disclosure import LEAST_SHOWN

KEPT_INSIDE = N_("少于5，不列")
"""What stands in place of such a figure."""


def notes_for(standings: Iterable[Standing], years: Collection[int], *, is_internal: bool) -> tuple[str, ...]:
    """The note of a paper that leaves such figures of ``years`` and of baselines out; none where nothing is."""
    if is_internal or not any(
        each.is_baseline_kept_inside or any(each.is_kept_inside(year) for year in years) for each in standings
    ):
        return ()
    return (said(),)


def said() -> str:
    """The rule in words."""
    return _("死亡、暴力和病例少于 %(least)s 的不列数值。", least=LEAST_SHOWN)
