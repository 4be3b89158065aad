import { describe, expect, test } from 'vitest';
import { csvOf, exportName, jsonOf, readAllKeys } from '@/features/members/keyExport.ts';
import { ANA, WORKSPACE } from '@/test/members.ts';
import { KEY, PRODUCT } from '@/test/samples.ts';
import { problem, serve } from '@/test/server.ts';

const NOW = new Date('2026-11-22T10:00:00Z');

function rowsOf(csv: string): string[] {
  return csv.replace('\uFEFF', '').trimEnd().split('\r\n');
}

describe('the table', () => {
  test('has a line for its columns and one for each key, with the name of who made it', () => {
    const [head, row, ...more] = rowsOf(csvOf([{ ...KEY, created_by: ANA.account }], [ANA]));
    expect(more).toEqual([]);
    expect(head?.split(',')).toHaveLength(row?.split(',').length ?? 0);
    expect(row).toContain('laptop/cursor');
    expect(row).toContain('Ana Alvarez,ana@acme.example');
  });

  test.each([
    '=HYPERLINK("http://evil.example")',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
  ])('does not let a name be a formula: %j', (name) => {
    const csv = csvOf([{ ...KEY, name }], []);
    const quoted = name.replaceAll('"', '""');
    expect(csv).toContain(/[",\r\n]/.test(name) ? `"'${quoted}"` : `,'${quoted},`);
  });

  test('leaves signs within a name alone, and doubles quotes', () => {
    const csv = csvOf([{ ...KEY, name: 'a=b "x", y', description: null }], []);
    expect(csv).toContain(',"a=b ""x"", y",,');
  });
});

test('the document names the workspace, the time and who made each key', () => {
  const text = jsonOf([{ ...KEY, created_by: 'acc_gone' }], [ANA], WORKSPACE, NOW);
  const { workspace, exported_at, keys } = JSON.parse(text);
  expect(workspace).toEqual({ id: WORKSPACE.id, name: WORKSPACE.name });
  expect(exported_at).toBe('2026-11-22T10:00:00.000Z');
  expect(keys[0]).toMatchObject({ id: KEY.id, created_by: 'acc_gone', created_by_name: null });
});

test('the file is called after the product, the workspace and the day', () => {
  expect(exportName(PRODUCT, { ...WORKSPACE, name: 'Field / Team ✓' }, NOW, 'csv')).toBe(
    'acme-field-team-keys-2026-11-22.csv',
  );
});

describe('reading all keys', () => {
  test('goes on to the last page and tells how far it is', async () => {
    const sent = serve({
      'GET /v1/keys': ({ query }) =>
        query.get('cursor') === null
          ? { data: [KEY, KEY], next_cursor: 'c2' }
          : { data: [KEY], next_cursor: null },
    });
    const progress: number[] = [];
    const keys = await readAllKeys(
      WORKSPACE.id,
      (n) => progress.push(n),
      new AbortController().signal,
    );
    expect(keys).toHaveLength(3);
    expect(progress).toEqual([2, 3]);
    expect(sent.map(({ query }) => query.get('status'))).toEqual(['all', 'all']);
  });

  test('fails as a whole when a page fails', async () => {
    serve({
      'GET /v1/keys': ({ query }) =>
        query.get('cursor') === null
          ? { data: [KEY], next_cursor: 'c2' }
          : problem(503, 'unavailable', 'Not now.'),
    });
    const reading = readAllKeys(WORKSPACE.id, () => {}, new AbortController().signal);
    await expect(reading).rejects.toThrow('Not now.');
  });
});
