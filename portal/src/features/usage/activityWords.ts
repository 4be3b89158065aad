import type { AuditEvent } from '@/api/types.ts';
import type { IconName } from '@/ui/Icon.tsx';

/** Those whose names are known, and whose page it is. */
export interface Cast {
  /** The account that looks on. */
  self: string;
  /** The key whose activity it is. */
  key: string;
  /** Members' names by account, where one may read them. */
  names?: Map<string, string>;
}

export interface ActivityWords {
  icon: IconName;
  text: string;
  /** What the caller gave as a reason; it is theirs, so it is quoted. */
  quote: string | null;
  isRefusal: boolean;
}

const DONE: Record<string, { icon: IconName; text: string }> = {
  'key.create': { icon: 'plus', text: 'Created by' },
  'key.update': { icon: 'key', text: 'Changed by' },
  'key.revoke': { icon: 'ban', text: 'Revoked by' },
};

const TRIED: Record<string, string> = {
  'key.create': 'create a key',
  'key.get': 'look at it',
  'key.list': 'list keys',
  'key.update': 'change it',
  'key.revoke': 'revoke it',
  'key.revoke_many': 'revoke several keys',
  'key.verify': 'have it verified',
};

/** Codes of refused calls, as the end of a sentence. */
const BECAUSE: Record<string, string> = {
  conflict: 'the key was no longer active',
  csrf_failed: 'the call did not come from the portal',
  forbidden: 'they may not',
  idempotency_in_progress: 'the same call was still running',
  idempotency_mismatch: 'another call had used its Idempotency-Key',
  invalid_expiry: 'the expiry was not allowed',
  invalid_name: 'the name was not allowed',
  invalid_request: 'the request was not valid',
  key_limit_reached: 'all places for active keys were taken',
  not_found: 'it was not found',
  api_access_denied: 'the plan has no API access',
  precondition_failed: 'it had changed in between',
  rate_limited: 'there were too many calls',
  reauthentication_required: 'the password had to be given again',
  revocation_unconfirmed: 'the change was not confirmed yet',
  too_large: 'the request was too large',
  unauthenticated: 'nobody was signed in',
  unavailable: 'the server was not ready',
};

const MORE = /^and (\d+) more$/;

/** One line of a key's activity, for people. */
export function activityWords(event: AuditEvent, cast: Cast): ActivityWords {
  const who = actorWords(event.actor, cast);
  const reason = event.reason ?? null;
  if (event.outcome === 'refused') {
    return {
      icon: 'alert',
      text: refusedWords(event.action, who, reason),
      quote: null,
      isRefusal: true,
    };
  }
  const done = DONE[event.action];
  return {
    icon: done?.icon ?? 'activity',
    text: done === undefined ? `“${event.action}” by ${who}` : `${done.text} ${who}`,
    quote: reason,
    isRefusal: false,
  };
}

function refusedWords(action: string, who: string, reason: string | null): string {
  const more = MORE.exec(reason ?? '')?.[1];
  if (more !== undefined) {
    return `${more} more calls by ${who} were refused`;
  }
  const what = TRIED[action] ?? `call “${action}”`;
  const why = reason === null ? '' : `: ${BECAUSE[reason] ?? reason.replaceAll('_', ' ')}`;
  return `Refused: ${who} tried to ${what}${why}`;
}

/** Who did it, within a sentence. */
export function actorWords(actor: AuditEvent['actor'], cast: Cast): string {
  const name = actor.name ?? cast.names?.get(actor.id) ?? null;
  switch (actor.kind) {
    case 'account':
      return actor.id === cast.self ? 'you' : (name ?? 'a former member');
    case 'operator':
      return name === null ? 'an operator' : `the operator ${name}`;
    case 'key':
      return actor.id === cast.key ? 'the key itself' : `the key ${actor.id}`;
    case 'system':
      return 'the system';
  }
}
