"""A real message queue (Redis) on this machine, for as long as it is needed. It keeps nothing."""

import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis, RedisError

from tests.browser.site import free_port
from tools import programs

REDIS = programs.REDIS.find()


@dataclass
class MessageQueue:
    """Redis, on loopback, in memory alone."""

    kept_in: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", "."]
        self.process = subprocess.Popen(
            [str(REDIS), "--port", str(self.port), *settings],
            cwd=self.kept_in,
            stdout=subprocess.DEVNULL,
        )
        with Redis.from_url(self.url) as asking:
            for _ in range(600):
                try:
                    asking.ping()
                except RedisError:
                    time.sleep(0.05)  # nothing else tells when a process begins to listen
                else:
                    return
        raise AssertionError("Redis didn’t start")

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stand_still(self, *, for_now: bool = True) -> None:
        """It is there, and says nothing: as behind a cable that has come out."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP if for_now else signal.SIGCONT)
