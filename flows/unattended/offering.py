"""Run as a program by `rasoat serve`: offer the deployments to Prefect's server and carry out their runs.

`python -m flows.unattended.offering CORPUS OUTPUTS`; Prefect's environment is set by who starts it. The same four
deployments stand in `prefect.yaml` for those who use work pools (a test holds the two together).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, cast

from flows.unattended.catching_up import ANNUAL_CLOCK, ANNUAL_DAY, MAINTENANCE_CLOCK
from flows.unattended.work import space_at

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

ZONE = "Asia/Ho_Chi_Minh"


def deployments(corpus: str, outputs: str) -> list[RunnerDeployment]:
    """The four deployments of a workspace, the night at the hour of its settings."""
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from flows.annual import annual
    from flows.decree import decree
    from flows.maintenance import maintenance
    from flows.nightly import nightly

    folders: dict[str, Any] = {"corpus": corpus, "outputs": outputs}
    module = EntrypointType.MODULE_PATH
    made = [
        nightly.to_deployment(
            "nightly", parameters=folders, entrypoint_type=module, description=DESCRIPTIONS["nightly"],
            schedule=Cron(cron(space_at(corpus, outputs).settings.night), timezone=ZONE),
        ),
        decree.to_deployment(
            "decree", parameters={**folders, "file": ""}, entrypoint_type=module, description=DESCRIPTIONS["decree"]
        ),
        annual.to_deployment(
            "annual", parameters=folders, entrypoint_type=module, description=DESCRIPTIONS["annual"],
            schedule=Cron(cron(ANNUAL_CLOCK, ANNUAL_DAY), timezone=ZONE),
        ),
        maintenance.to_deployment(
            "maintenance", parameters=folders, entrypoint_type=module, description=DESCRIPTIONS["maintenance"],
            schedule=Cron(cron(MAINTENANCE_CLOCK), timezone=ZONE),
        ),
    ]  # fmt: skip
    return cast("list[RunnerDeployment]", made)  # coroutines only where an event loop is running


DESCRIPTIONS = {
    "nightly": "Lượt đêm: lấy văn bản mới từ các nguồn, đọc tệp mới, rà soát, ghi báo cáo.",
    "decree": "Văn bản mới: đưa tệp (tham số file), hoặc các tệp mới trong moi, vào kho và rà soát lại.",
    "annual": "Dự thảo hồ sơ công bố trước ngày 31 tháng 01.",
    "maintenance": "Bảo trì: kiểm tra kho dữ liệu, sao lưu, dọn kết quả cũ.",
}


def cron(clock: str, day: tuple[int, int] | None = None) -> str:
    """ "02:00" → "0 2 * * *"; with a day of the year (month, day): "0 3 15 12 *"."""
    hour, minute = (int(part) for part in clock.split(":"))
    return f"{minute} {hour} {day[1]} {day[0]} *" if day else f"{minute} {hour} * * *"


def main() -> int:
    """Serve until a signal. One run at a time: the store has one writer."""
    from prefect import serve

    from flows.unattended.limits import end_with_parent

    end_with_parent()
    serve(*deployments(sys.argv[1], sys.argv[2]), limit=1, pause_on_shutdown=False, print_starting_message=False)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
