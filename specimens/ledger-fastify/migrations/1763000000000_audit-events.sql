-- Up Migration
CREATE TABLE audit_events (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  event text NOT NULL CHECK (event IN ('account.created', 'transaction.posted', 'transaction.reversed', 'access.denied')),
  actor text,
  subject text,
  request_id text NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX audit_events_actor_at ON audit_events (actor, at);

CREATE TRIGGER audit_events_append_only BEFORE UPDATE ON audit_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Down Migration
DROP TRIGGER audit_events_append_only ON audit_events;
DROP TABLE audit_events;
