"""What forms of meetings hold, whole, for tests that change one thing."""

from meetings.meetings import queries


def meeting_form(kind, **more):
    return {"form_key": "k1", "title": "妇女儿童工作会议", "kind_id": kind.id, "held_on": "2026-05-20", **more}


def item_form(**more):
    return {"form_key": "k2", "kind": "reading", "title": "宣读评估工作方案", **more}


def speech_form(**more):
    return {
        "form_key": "k3",
        "kind": "address",
        "text_status": "notes",
        "speaker_post": "副县长",
        "text": "要摸清底数。",
        **more,
    }


def attendee_form(**more):
    return {"form_key": "k4", "capacity": "observer", "state": "expected", "name": "特邀人员", **more}


def roll_data(client, meeting, **marks):
    """What the browser sends of the whole list as it stands, with some marks changed; hidden fields are the page's."""
    import re

    html = client.get(f"/meetings/{meeting.id}/attendance").text
    data = dict(re.findall(r'<input type="hidden"\s+name="(seen_\d+)"\s+value="([^"]*)"', html))
    for row in queries.roll_of(meeting):
        if row.state.value != "expected":
            data[f"state_{row.id}"] = row.state.value
        data |= {
            f"substitute_name_{row.id}": row.substitute_name,
            f"substitute_post_{row.id}": row.substitute_post,
            f"reason_{row.id}": row.reason,
        }
    key = re.search(r'name="form_key"\s+value="([^"]*)"\s*>', html[html.index('id="roll"') :])
    return data | {"form_key": key.group(1)} | marks
