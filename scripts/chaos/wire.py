"""A wire between the house and a service that can be cut, dropped, slowed: what a bad network does (F8, F9, F16)."""

import contextlib
import selectors
import socket
import threading
import time

from scripts.services import free_port

OPEN, REFUSED, SILENT = "open", "refused", "silent"
CHUNK = 65536


class Wire:
    """Listens on `port` and passes on to 127.0.0.1:`target`.

    `mode` open passes on; refused hangs up at once; silent takes what is sent and passes nothing. `delay` seconds are
    waited before each piece is passed on to the service.
    """

    def __init__(self, target: int):
        self.target, self.port, self.mode, self.delay = target, free_port(), OPEN, 0.0
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            if self.mode == REFUSED:
                return
            with socket.create_connection(("127.0.0.1", self.target)) as service:
                self.pump(client, service)

    def pump(self, client, service) -> None:
        """Both directions until one side ends or the wire is cut; while it is silent everything waits."""
        other = {client: service, service: client}
        with selectors.DefaultSelector() as ready:
            for end in other:
                ready.register(end, selectors.EVENT_READ)
            while self.mode != REFUSED:
                for key, _ in () if self.mode == SILENT else ready.select(0.1):
                    piece = key.fileobj.recv(CHUNK)
                    if not piece:
                        return
                    if key.fileobj is client and self.delay:
                        time.sleep(self.delay)
                    other[key.fileobj].sendall(piece)
                if self.mode == SILENT:
                    time.sleep(0.05)

    def close(self) -> None:
        self.mode = REFUSED
        self.listener.close()
