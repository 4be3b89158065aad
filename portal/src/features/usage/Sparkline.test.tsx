import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Sparkline, trendWords } from '@/features/usage/Sparkline.tsx';
import { batchesOf, useTrends } from '@/features/usage/useTrends.tsx';
import { render } from '@/test/render.tsx';
import { KEY } from '@/test/samples.ts';
import { serve } from '@/test/server.ts';

const days = (first: number) => [first, ...Array<number>(29).fill(0)];

test.each([
  [days(1201), days(3), '1,204 requests in 30 days, 3 refused'],
  [days(1), days(0), '1 request in 30 days'],
  [days(0), days(1), '1 request in 30 days, 1 refused'],
  [days(0), days(0), 'No requests in 30 days'],
])('a trend says in words what it draws', (requests, refusals, words) => {
  expect(trendWords({ requests, refusals })).toBe(words);
  render(<Sparkline trend={{ requests, refusals }} />);
  expect(screen.getByRole('img', { name: words })).toBeInTheDocument();
});

test('a list in another order asks for the same keys', () => {
  const batches = batchesOf(['key_b', 'key_a']);
  expect(batches.get('key_a')).toEqual(batchesOf(['key_a', 'key_b']).get('key_b'));
});

test('a hundred keys are one call, and a key the answer leaves out has a dash', async () => {
  const keys = Array.from({ length: 101 }, (_, n) => ({
    ...KEY,
    id: `key_${String(n).padStart(12, '0')}`,
  }));
  const sent = serve({
    'GET /v1/usage': ({ query }) => ({
      body: {
        from: '2026-10-24T00:00:00Z',
        step: 'day',
        accuracy_seconds: 5,
        data: (query.get('keys') ?? '')
          .split(',')
          .slice(1)
          .map((key) => ({ key, requests: days(2), refusals: days(0) })),
      },
    }),
  });
  function Cells() {
    const trend = useTrends()(keys);
    return keys.map((key) => <div key={key.id}>{trend(key)}</div>);
  }
  render(<Cells />);
  expect(await screen.findAllByRole('img', { name: '2 requests in 30 days' })).toHaveLength(99);
  expect(screen.getAllByText('–')).toHaveLength(2);
  expect(sent.map(({ query }) => query.get('keys')?.split(',').length)).toEqual([100, 1]);
  expect(sent[0]?.query.get('days')).toBe('30');
});
