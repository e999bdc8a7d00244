"""How many articles are under way."""


def under_way(concurrency: int) -> int:
    """Articles under way for so many requests in flight.

    Half as many again: while some are repaired, checked and written, others have their next question ready, and the
    endpoint is not left waiting. One request at a time has no such need, and its articles are finished one by one.
    """
    return concurrency + concurrency // 2
