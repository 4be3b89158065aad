/** What the use of a key tells about who came with it. */
export interface SeenUsage {
  clients: readonly SeenClient[];
  recent_refusals: readonly { at: string; reason: string }[];
}

export interface SeenClient {
  /** A short form of User-Agent; null where the client sent none. */
  client: string | null;
  address: string | null;
  first_seen_at: string;
  last_seen_at: string;
}

export type Sighting =
  | { kind: 'seen'; client: string | null; at: string; isFirst: boolean }
  | { kind: 'refused'; reason: string; at: string };

/** What happened between two looks at a key's use; null while nothing did. */
export function sighting(before: SeenUsage, now: SeenUsage): Sighting | null {
  const known = new Map(before.clients.map((client) => [nameOf(client), client.last_seen_at]));
  const come = now.clients.filter((client) =>
    isLater(client.last_seen_at, known.get(nameOf(client))),
  );
  const latest = latestOf(come);
  if (latest !== null) {
    const isFirst = before.clients.length === 0;
    const at = isFirst ? latest.first_seen_at : latest.last_seen_at;
    return { kind: 'seen', client: latest.client, at, isFirst };
  }
  const last = newest(now.recent_refusals, (refusal) => refusal.at);
  const lastBefore = newest(before.recent_refusals, (refusal) => refusal.at);
  return last !== null && isLater(last.at, lastBefore?.at)
    ? { kind: 'refused', reason: last.reason, at: last.at }
    : null;
}

export function latestOf<C extends SeenClient>(clients: readonly C[]): C | null {
  return newest(clients, (client) => client.last_seen_at);
}

function newest<T>(all: readonly T[], timeOf: (one: T) => string): T | null {
  return all.reduce<T | null>(
    (found, one) => (found === null || isLater(timeOf(one), timeOf(found)) ? one : found),
    null,
  );
}

function isLater(at: string, than: string | undefined): boolean {
  return than === undefined || Date.parse(at) > Date.parse(than);
}

function nameOf({ client, address }: SeenClient): string {
  return JSON.stringify([client, address]);
}
