import type { CreatedKey, Product } from '@/api/types.ts';
import { slug } from '@/lib/words.ts';

/** The text that is saved beside a key, made here: the secret makes no second trip. */
export function keyFileText(created: CreatedKey, product: Product, origin: string): string {
  const { key, secret, endpoint_url: endpoint } = created;
  const lines: [string, string | null | undefined][] = [
    ['Product', product.title],
    ['Name', key.name],
    ['Description', key.description],
    ['Key ID', key.id],
    [product.key.show === 'id' ? 'Key Secret' : 'API key', secret],
    ['Endpoint', endpoint ?? mcpUrl(product)],
    ['Created', key.created_at],
    ['Expires', key.expires_at ?? 'never'],
    ['Scope', `${key.scope.kind} ${key.scope.id}`],
    [product.portal.revoke, `${origin}/keys/${key.id}`],
  ];
  const width = Math.max(...lines.map(([label]) => label.length)) + 2;
  const body = lines
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([label, value]) => `${`${label}:`.padEnd(width)}${value}`);
  return [
    'Whoever has this file can use the key. Keep it in a password manager, and delete the file.',
    '',
    ...body,
    '',
  ].join('\r\n');
}

/** "memo-laptop-cursor-2026-11-22.txt". */
export function keyFileName(created: CreatedKey, product: Product): string {
  const name = created.key.name ?? created.key.description ?? 'key';
  return `${product.product}-${slug(name) || 'key'}-${created.key.created_at.slice(0, 10)}.txt`;
}

/** Hands a text to the browser as a file. */
export function saveFile(name: string, text: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then; a link that stays would keep the text in memory.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** The address for MCP clients, where the product has one. */
export function mcpUrl(product: Product): string | null {
  return product.routes.find((route) => route.kind === 'mcp')?.url ?? null;
}
