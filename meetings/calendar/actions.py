"""Invite to a meeting, take the invitations back."""

from collections.abc import Callable
from datetime import timedelta

from meetings.calendar import queries
from meetings.calendar import rules as calendar_rules
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.links import actions as links
from meetings.links.models import LinkPurpose
from meetings.meetings import rules as meeting_rules
from meetings.meetings.models import Meeting, MeetingAction
from meetings.notifications import actions as notices
from meetings.notifications.models import Channel


def invite(meeting: Meeting, *, letter: Callable[[Meeting, str], tuple[str, str]], by: Actor) -> int:
    """Ask every account holder about each line of the list, once; returns how many invitations went out.

    The mail holds the meeting for the reader's calendar.

    ``letter`` makes subject and text of a mail from the meeting and who is asked, the notices' ``PLACEHOLDER`` standing
    for the token of the address. Who was asked and whose invitation still holds is not asked again. Raises what
    ``next_status`` and ``check_invited`` of the meetings' rules raise.
    """
    meeting_rules.next_status(meeting, MeetingAction.RECORD_ATTENDANCE, by)
    meeting_rules.check_invited(meeting, today=clock.today())
    assert meeting.held_on is not None
    ends = clock.begin_of(meeting.held_on + timedelta(days=1))
    event = calendar_rules.text(meeting.title, [queries.entry_of(meeting)], now=clock.now()).decode()
    given = []
    for invitee in queries.to_invite(meeting):
        link = links.give(
            LinkPurpose.INVITATION,
            user_id=invitee.user_id,
            unit_id=invitee.unit_id,
            subject_id=invitee.attendance_id,
            expires_at=ends,
            by=by,
        )
        given.append((invitee, link))
    db.session.flush()
    for invitee, link in given:
        notices.tell_account(
            "calendar.invited",
            invitee.user_id,
            title=f"{meeting.title}（{invitee.who}）",
            day=meeting.held_on,
            path=f"/calendar/invitations/{link.id}",
            is_written=bool(invitee.email),
            by=by,
        )
        if invitee.email:
            subject, text = letter(meeting, invitee.who)
            notices.write(
                f"invitation:{link.id}",
                committee_id=meeting.committee_id,
                channel=Channel.MAIL,
                subject=subject,
                text=text,
                event=event,
                address=invitee.email,
                user_id=invitee.user_id,
                link_id=link.id,
            )
    if any(invitee.email for invitee, _link in given):
        notices.ask_for_delivery()
    return len(given)


def revoke_invitations(meeting: Meeting, *, by: Actor) -> int:
    """No invitation to the meeting opens anything from now on; returns how many held. Answers stay."""
    meeting_rules.next_status(meeting, MeetingAction.RECORD_ATTENDANCE, by)
    return links.revoke_about(LinkPurpose.INVITATION, queries.lines_of(meeting), by=by)
