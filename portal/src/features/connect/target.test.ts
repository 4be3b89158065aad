import { describe, expect, it } from 'vitest';
import { type Client, directory } from './clients.ts';
import { type ConnectProduct, clientsFor, formsOf, targetOf } from './target.ts';

const meko: ConnectProduct = {
  product: 'meko',
  title: 'Meko',
  carriers: ['bearer'],
  routes: [{ kind: 'mcp', url: 'https://keys.example.com/meko/mcp' }],
};
const memorylake: ConnectProduct = {
  product: 'memory-lake',
  title: 'MemoryLake',
  carriers: ['query:apikey', 'bearer'],
  routes: [
    { kind: 'mcp', url: 'https://keys.example.com/lake/projects', scope_segment: 2 },
    { kind: 'mcp', url: 'https://keys.example.com/lake/mcp/v1', scope_segment: null },
  ],
};
const mecha: ConnectProduct = {
  product: 'mecha',
  title: 'Mecha',
  carriers: ['bearer', 'basic'],
  routes: [{ kind: 'http', url: 'https://keys.example.com/mecha/v1/machines' }],
};

function offered(product: ConnectProduct): string[] {
  const target = targetOf(product);
  if (target === undefined) {
    return [];
  }
  return clientsFor(directory.clients, product, target, 'linux').map((client) => client.key);
}

function formNames(product: ConnectProduct, key: string): string[] {
  const target = targetOf(product);
  const client = directory.clients.find((candidate) => candidate.key === key) as Client;
  return target === undefined
    ? []
    : formsOf(client, product, target, 'linux').map((form) => form.form);
}

describe('what to connect with', () => {
  it('is named after the product', () => {
    expect(targetOf(meko)).toMatchObject({ name: 'keyway-meko', variable: 'MEKO_API_KEY' });
    expect(targetOf(memorylake)).toMatchObject({ variable: 'MEMORY_LAKE_API_KEY' });
    expect(targetOf({ ...meko, product: '2go' })?.variable).toBe('_2GO_API_KEY');
  });

  it('is a route with a whole address', () => {
    expect(targetOf(memorylake)).toMatchObject({
      url: 'https://keys.example.com/lake/mcp/v1',
      queryParameter: 'apikey',
    });
    expect(targetOf({ ...meko, routes: [] })).toBeUndefined();
  });

  it('offers the address with the key only where the product takes it', () => {
    expect(formNames(meko, 'cursor')).toEqual(['env', 'inline']);
    expect(formNames(memorylake, 'cursor')).toEqual(['env', 'inline', 'url']);
  });

  it('offers a product without MCP to curl alone, with id and secret', () => {
    expect(offered(mecha)).toEqual(['curl']);
    expect(formNames(mecha, 'curl')).toEqual(['env', 'inline', 'basic']);
    expect(offered(meko)).toHaveLength(directory.clients.length);
  });

  it('offers nothing that would not be let in', () => {
    expect(offered({ ...meko, carriers: ['basic'] })).toEqual([]);
    expect(targetOf({ ...meko, carriers: ['x-api-key'] })?.header).toBe('x-api-key');
  });
});
