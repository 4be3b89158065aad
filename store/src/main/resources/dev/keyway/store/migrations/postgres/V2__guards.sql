-- What no program error may do: the end of a key is final, and the trail only grows.

CREATE FUNCTION keyway_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END;
$$;

CREATE TRIGGER api_key_end_is_final BEFORE UPDATE ON api_key FOR EACH ROW
WHEN ((OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)
  OR (OLD.deactivated_at IS NOT NULL AND NEW.deactivated_at IS DISTINCT FROM OLD.deactivated_at))
EXECUTE FUNCTION keyway_refuse('the end of a key is final');

CREATE TRIGGER api_key_is_kept BEFORE DELETE ON api_key FOR EACH ROW
EXECUTE FUNCTION keyway_refuse('keys are never removed');

CREATE TRIGGER api_key_is_not_emptied BEFORE TRUNCATE ON api_key FOR EACH STATEMENT
EXECUTE FUNCTION keyway_refuse('keys are never removed');

CREATE TRIGGER audit_event_is_unchangeable BEFORE UPDATE ON audit_event FOR EACH ROW
EXECUTE FUNCTION keyway_refuse('the trail only grows');

CREATE TRIGGER audit_event_is_kept BEFORE DELETE ON audit_event FOR EACH ROW
EXECUTE FUNCTION keyway_refuse('the trail only grows');

CREATE TRIGGER audit_event_is_not_emptied BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT
EXECUTE FUNCTION keyway_refuse('the trail only grows');
