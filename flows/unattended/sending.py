"""Run as a program: send one message through apprise. A process of its own: apprise takes a second to load, and a
server that hangs must not hold up a run. Reads JSON from standard input, prints how many addresses failed.
"""

from __future__ import annotations

import json
import logging
import sys


def main() -> int:
    """0 where every address took the message, 1 else."""
    asked = json.loads(sys.stdin.buffer.read())
    from apprise import Apprise, AppriseAsset, NotifyFormat

    logging.disable(logging.CRITICAL)  # apprise may log parts of an address
    asset = AppriseAsset(app_id="rasoat", app_desc="Rà soát văn bản", app_url="", image_url_mask=None,
                         image_url_logo=None, secure_logging=True, async_mode=False, http_redirects=0)  # fmt: skip
    failed = 0
    for address in asked["addresses"]:
        one = Apprise(asset=asset)
        good = one.add(address) and one.notify(body=asked["body"], title=asked["title"], body_format=NotifyFormat.TEXT)
        failed += not good
    print(failed)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
