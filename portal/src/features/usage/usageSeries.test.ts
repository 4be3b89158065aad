import { expect, test } from 'vitest';
import { barWords, greatest, seriesOf, type UsageBar } from '@/features/usage/usageSeries.ts';
import { usageOf } from '@/test/usageSamples.ts';

test('refusals are told apart by reason, the most frequent first', () => {
  const series = seriesOf(
    usageOf([
      { requests: 5, refusals: { expired: 1 } },
      { refusals: { rate_limited: 4, expired: 1 } },
    ]),
  );
  expect(series.groups.map(({ reason, total }) => [reason, total])).toEqual([
    ['rate_limited', 4],
    ['expired', 2],
  ]);
  expect(series.bars.map(({ accepted, refused, byGroup }) => [accepted, refused, byGroup])).toEqual(
    [
      [5, 1, [0, 1]],
      [0, 5, [4, 1]],
    ],
  );
  expect([series.accepted, series.refused, greatest(series)]).toEqual([5, 6, 6]);
});

test('more reasons than there are patterns: the rare ones are put together and none is lost', () => {
  const refusals = {
    expired: 9,
    rate_limited: 8,
    out_of_scope: 7,
    plan_required: 2,
    key_in_query: 1,
  };
  const series = seriesOf(usageOf([{ refusals }, { refusals: { key_in_query: 3 } }]));
  expect(series.groups.map(({ reason, total }) => [reason, total])).toEqual([
    ['expired', 9],
    ['rate_limited', 8],
    ['out_of_scope', 7],
    [null, 6],
  ]);
  expect(series.bars.map(({ byGroup }) => byGroup)).toEqual([
    [9, 8, 7, 3],
    [0, 0, 0, 3],
  ]);
});

test('without any request there are bars of nothing', () => {
  const series = seriesOf(usageOf([{}, {}, {}]));
  expect(series.groups).toEqual([]);
  expect(greatest(series)).toBe(0);
  expect(series.bars).toHaveLength(3);
});

test('a bar in a sentence has its day in UTC, its numbers and the reasons', () => {
  const series = seriesOf(
    usageOf([{ requests: 1200, refusals: { expired: 2, rate_limited: 1 } }, { requests: 1 }, {}]),
  );
  const said = series.bars.map((bar: UsageBar) => barWords(bar, series));
  expect(said).toEqual([
    'November 20, 2026: 1,203 requests, 3 refused (2 expired, 1 over the limit)',
    'November 21, 2026: 1 request',
    'November 22, 2026: 0 requests',
  ]);
});
