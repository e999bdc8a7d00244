"""What the bare SDK does with the same questions: sends each body once, so many at a time, and looks at no answer.

python -m evals.bare_client BODIES URL WIDTH
"""

import asyncio
import json
import sys
from pathlib import Path

from openai import AsyncOpenAI


async def main(bodies: Path, url: str, width: int) -> None:
    """Send every line of a file as one request."""
    with bodies.open(encoding="utf-8") as lines:
        async with AsyncOpenAI(api_key="no-key", base_url=url, max_retries=0, timeout=300) as client:

            async def work() -> None:
                # A shared file is the queue: each worker takes the next line when it is free.
                for line in lines:
                    await client.chat.completions.create(**json.loads(line))

            await asyncio.gather(*(work() for _ in range(width)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
