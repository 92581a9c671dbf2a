"""Logs as JSON lines; no bodies, no personal data."""

import json
import logging

from sanwei.core.audit.context import origin


class JsonFormatter(logging.Formatter):
    """One line each: time, level, logger, request id, message. Control characters are escaped by JSON."""

    def format(self, record):
        line = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "request": origin.get().request_id,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
