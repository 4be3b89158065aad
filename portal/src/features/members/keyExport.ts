import { call } from '@/api/http.ts';
import type { Key, Member, Product, Workspace } from '@/api/types.ts';
import { slug } from '@/lib/words.ts';

export type ExportForm = 'csv' | 'json';

const PAGE = 200;

/**
 * Reads every key of a workspace, ended ones too.
 *
 * @throws ApiError when a page cannot be had; half a list is none
 */
export async function readAllKeys(
  workspace: string,
  onProgress: (soFar: number) => void,
  signal: AbortSignal,
): Promise<Key[]> {
  const keys: Key[] = [];
  let cursor: string | undefined;
  do {
    const page = await call('get', '/v1/keys', {
      query: { workspace, status: ['all'], limit: PAGE, cursor },
      signal,
    });
    keys.push(...page.data);
    onProgress(keys.length);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return keys;
}

type Column = [name: string, value: (key: Key, maker: Member | undefined) => string | null];

const COLUMNS: Column[] = [
  ['id', (key) => key.id],
  ['name', (key) => key.name],
  ['description', (key) => key.description],
  ['status', (key) => key.status],
  ['hint', (key) => key.hint],
  ['created_by', (key) => key.created_by],
  ['created_by_name', (_, maker) => maker?.name ?? null],
  ['created_by_email', (_, maker) => maker?.email ?? null],
  ['created_at', (key) => key.created_at],
  ['expires_at', (key) => key.expires_at],
  ['revoked_at', (key) => key.revoked_at],
  ['last_used_at', (key) => key.last_used_at],
  ['scope_kind', (key) => key.scope.kind],
  ['scope_id', (key) => key.scope.id],
];

/** A table of RFC 4180, marked as UTF-8 for the programs that would guess otherwise. */
export function csvOf(keys: Key[], members: Member[]): string {
  const makers = new Map(members.map((member) => [member.account, member]));
  const rows = keys.map((key) => COLUMNS.map(([, of]) => of(key, makers.get(key.created_by))));
  const lines = [COLUMNS.map(([name]) => name), ...rows].map((row) => row.map(cell).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

/**
 * One cell. A name that begins like a formula would be run by the program that opens the file, so
 * an apostrophe stands before it.
 */
function cell(value: string | null): string {
  const text = value ?? '';
  const tame = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}

export function jsonOf(keys: Key[], members: Member[], workspace: Workspace, at: Date): string {
  const makers = new Map(members.map((member) => [member.account, member]));
  const rows = keys.map((key) => ({
    ...key,
    created_by_name: makers.get(key.created_by)?.name ?? null,
    created_by_email: makers.get(key.created_by)?.email ?? null,
  }));
  const { id, name } = workspace;
  const document = { workspace: { id, name }, exported_at: at.toISOString(), keys: rows };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** "memo-field-team-keys-2026-11-22.csv". */
export function exportName(
  product: Product,
  workspace: Workspace,
  at: Date,
  form: ExportForm,
): string {
  const name = slug(workspace.name) || 'workspace';
  return `${product.product}-${name}-keys-${at.toISOString().slice(0, 10)}.${form}`;
}
