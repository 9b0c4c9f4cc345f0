import json
import logging
import os
from datetime import datetime, timezone


class AuditLogger:
    """Writes one JSON line for each event; the audit trail has a file for each day."""

    def __init__(self, folder):
        self.audit_folder = os.path.join(folder, "audit")
        self.compliance_folder = os.path.join(folder, "compliance")
        security_folder = os.path.join(folder, "security")
        for each in (self.audit_folder, self.compliance_folder, security_folder):
            os.makedirs(each, exist_ok=True)
        self.security = logging.getLogger("datalogic.security")
        self.security.addHandler(logging.FileHandler(os.path.join(security_folder, "security.log")))

    def write(self, folder, event):
        now = datetime.now(timezone.utc)
        line = {"timestamp": now.isoformat(), **event}
        with open(os.path.join(folder, f"{now:%Y-%m-%d}.jsonl"), "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    def authentication(self, username, address, success):
        self.write(
            self.audit_folder,
            {"event": "authentication", "user": username, "address": address, "success": success},
        )
        if not success:
            self.security.warning("failed login of %s from %s", username, address)

    def authorisation_denied(self, user, resource):
        self.write(self.audit_folder, {"event": "denied", "user": user, "resource": resource})
        self.security.warning("%s was denied %s", user, resource)

    def data_access(self, user, resource, action):
        self.write(
            self.audit_folder,
            {"event": "access", "user": user, "resource": resource, "action": action},
        )

    def settings_changed(self, user, setting):
        self.write(self.compliance_folder, {"event": "setting", "user": user, "setting": setting})
