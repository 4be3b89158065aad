-- What no program error may do: the end of a key is final, and the trail only grows.

CREATE TRIGGER api_key_end_is_final BEFORE UPDATE ON api_key
WHEN (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NOT OLD.revoked_at)
  OR (OLD.deactivated_at IS NOT NULL AND NEW.deactivated_at IS NOT OLD.deactivated_at)
BEGIN
  SELECT RAISE(ABORT, 'the end of a key is final');
END;

CREATE TRIGGER api_key_is_kept BEFORE DELETE ON api_key
BEGIN
  SELECT RAISE(ABORT, 'keys are never removed');
END;

CREATE TRIGGER audit_event_is_unchangeable BEFORE UPDATE ON audit_event
BEGIN
  SELECT RAISE(ABORT, 'the trail only grows');
END;

CREATE TRIGGER audit_event_is_kept BEFORE DELETE ON audit_event
BEGIN
  SELECT RAISE(ABORT, 'the trail only grows');
END;
