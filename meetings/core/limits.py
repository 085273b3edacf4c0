"""How often one address may ask."""

from collections import deque


class Limiter:
    """At most ``most`` askings in ``seconds`` from one address; kept in this process, forgotten at its end."""

    def __init__(self, most: int = 30, seconds: float = 60, addresses: int = 10_000) -> None:
        self.most, self.seconds, self.addresses = most, seconds, addresses
        self._asked: dict[str, deque[float]] = {}

    def admits(self, address: str, now: float) -> bool:
        """Whether the address may ask at ``now`` (seconds); counts the asking if so."""
        asked = self._asked.setdefault(address, deque())
        while asked and asked[0] <= now - self.seconds:
            asked.popleft()
        if len(asked) >= self.most:
            return False
        asked.append(now)
        if len(self._asked) > self.addresses:
            self._asked = {a: times for a, times in self._asked.items() if times and times[-1] > now - self.seconds}
        return True
