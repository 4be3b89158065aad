import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FirstRequest } from '@/features/connect/FirstRequest.tsx';
import { type SeenUsage, sighting } from '@/features/connect/firstRequest.ts';
import { render } from '@/test/render.tsx';
import { problem, serve } from '@/test/server.ts';

const NONE: SeenUsage = { clients: [], recent_refusals: [] };
const CLAUDE = {
  client: 'claude-code/2.1.317',
  address: '192.0.2.0/24',
  first_seen_at: '2026-11-22T12:03:00Z',
  last_seen_at: '2026-11-22T12:03:00Z',
};
// A part of a second later: later as a time, earlier as a text.
const LATER = { ...CLAUDE, last_seen_at: '2026-11-22T12:03:00.500Z' };

describe('a sighting', () => {
  it('is a client that was not there before, or came again', () => {
    expect(sighting(NONE, NONE)).toBeNull();
    expect(sighting(NONE, { ...NONE, clients: [CLAUDE] })).toMatchObject({
      client: 'claude-code/2.1.317',
      isFirst: true,
    });
    expect(sighting({ ...NONE, clients: [CLAUDE] }, { ...NONE, clients: [LATER] })).toMatchObject({
      at: LATER.last_seen_at,
      isFirst: false,
    });
    expect(sighting({ ...NONE, clients: [CLAUDE] }, { ...NONE, clients: [CLAUDE] })).toBeNull();
  });

  it('is a refusal when nothing was let in', () => {
    const refused = { ...NONE, recent_refusals: [{ at: CLAUDE.first_seen_at, reason: 'expired' }] };
    expect(sighting(NONE, refused)).toMatchObject({ kind: 'refused', reason: 'expired' });
    expect(sighting(refused, refused)).toBeNull();
  });
});

describe('waiting for the first request', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const pass = (millis: number) => act(() => vi.advanceTimersByTimeAsync(millis));

  it('says politely who came, and then asks no more', async () => {
    let usage = NONE;
    const sent = serve({ 'GET /v1/keys/key_1/usage': () => usage });
    render(<FirstRequest keyId="key_1" keyTitle="laptop" />);
    await pass(100);
    const status = screen
      .getAllByRole('status')
      .find((one) => one.textContent?.includes('Waiting'));
    expect(status?.textContent).toBe('Waiting for the first request…');
    expect(status?.getAttribute('aria-live')).toBe('polite');

    usage = { ...NONE, clients: [CLAUDE] };
    await pass(2100);
    expect(status?.textContent).toMatch(/^First request seen from claude-code\/2\.1\.317 at /);
    const asked = sent.length;
    await pass(60_000);
    expect(sent).toHaveLength(asked);
  });

  it('tells of a refusal and goes on waiting', async () => {
    let usage = NONE;
    serve({ 'GET /v1/keys/key_1/usage': () => usage });
    render(<FirstRequest keyId="key_1" keyTitle="laptop" />);
    await pass(100);
    usage = { ...NONE, recent_refusals: [{ at: CLAUDE.first_seen_at, reason: 'rate_limited' }] };
    await pass(2100);
    expect(screen.getByText(/A request was refused at .*: rate limited\./)).toBeTruthy();
    usage = { ...usage, clients: [CLAUDE] };
    await pass(2100);
    expect(screen.getByText(/First request seen/)).toBeTruthy();
  });

  it('goes on when the server does not answer for a while', async () => {
    let isDown = true;
    serve({
      'GET /v1/keys/key_1/usage': () =>
        isDown ? problem(503, 'unavailable', 'Not now.') : { ...NONE, clients: [CLAUDE] },
    });
    render(<FirstRequest keyId="key_1" keyTitle="laptop" />);
    await pass(100);
    expect(screen.getByText(/Not now\. This page goes on asking\./)).toBeTruthy();
    isDown = false;
    await pass(2100);
    expect(screen.getByText(/Used before by claude-code/)).toBeTruthy();
  });

  it('gives up after ten minutes, and when it is left', async () => {
    const sent = serve({ 'GET /v1/keys/key_1/usage': () => NONE });
    const { unmount } = render(<FirstRequest keyId="key_1" keyTitle="laptop" />);
    await pass(10 * 60_000 + 100);
    expect(screen.getByText('No request came within 10 minutes')).toBeTruthy();
    const asked = sent.length;
    expect(asked).toBeGreaterThan(250);
    await pass(60_000);
    expect(sent).toHaveLength(asked);

    await act(async () => screen.getByRole('button', { name: 'Wait again' }).click());
    await pass(2100);
    expect(sent.length).toBeGreaterThan(asked);
    unmount();
    const left = sent.length;
    await pass(60_000);
    expect(sent).toHaveLength(left);
  });
});
