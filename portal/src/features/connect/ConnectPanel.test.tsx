import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { ClientConnect } from '@/features/connect/ClientConnect.tsx';
import { ConnectPanel } from '@/features/connect/ConnectPanel.tsx';
import {
  type ConnectSearch,
  readConnectSearch,
  systemOf,
} from '@/features/connect/connectSearch.ts';
import type { ConnectProduct } from '@/features/connect/target.ts';
import { render } from '@/test/render.tsx';
import { serve } from '@/test/server.ts';

const SECRET = 'acme_Canary0123456789';
const acme: ConnectProduct = {
  product: 'acme',
  title: 'Acme',
  carriers: ['bearer', 'query:apikey'],
  routes: [{ kind: 'mcp', url: 'https://keys.example.com/acme/mcp' }],
};
const machines: ConnectProduct = {
  product: 'machines',
  title: 'Machines',
  carriers: ['bearer', 'basic'],
  routes: [{ kind: 'http', url: 'https://keys.example.com/machines/v1/all' }],
};

function Connect({ product = acme, secret, start = {} }: ConnectProps) {
  const [search, setSearch] = useState<ConnectSearch>({ os: 'linux', ...start });
  const change = (next: Partial<ConnectSearch>) => setSearch((old) => ({ ...old, ...next }));
  return <ClientConnect product={product} search={search} onSearch={change} secret={secret} />;
}

interface ConnectProps {
  product?: ConnectProduct;
  secret?: string;
  start?: ConnectSearch;
}

function codes(): string {
  return [...document.querySelectorAll('pre')].map((pre) => pre.textContent).join('\n');
}

describe('choosing a client', () => {
  it('finds one by another name, and says why some cannot be', async () => {
    render(<Connect />);
    await userEvent.type(screen.getByLabelText('Find your client'), 'windsurf');
    const found = within(screen.getByRole('radiogroup', { name: 'Client' })).getAllByRole('radio');
    expect(found.map((one) => one.getAttribute('value'))).toEqual(['devin', 'windsurf']);

    await userEvent.clear(screen.getByLabelText('Find your client'));
    await userEvent.type(screen.getByLabelText('Find your client'), 'claude.ai');
    expect(screen.getByText(/OAuth only/)).toBeTruthy();
  });

  it('shows its form for the chosen system', async () => {
    render(<Connect />);
    await userEvent.click(screen.getByRole('radio', { name: 'Claude Code' }));
    expect(codes()).toContain(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Claude Code that fills this in
      "keyway-acme https://keys.example.com/acme/mcp --header 'Authorization: Bearer ${ACME_API_KEY}'",
    );
    expect(codes()).toContain('export ACME_API_KEY');
    await userEvent.click(screen.getByRole('radio', { name: 'Windows' }));
    expect(codes()).toContain('setx ACME_API_KEY YOUR_KEY');
    await userEvent.click(screen.getByRole('radio', { name: 'In the file' }));
    expect(codes()).toContain('Bearer YOUR_KEY');
    expect(codes()).not.toContain('setx');
  });

  it('offers the address alone where the product takes the key there', async () => {
    render(<Connect start={{ client: 'cursor' }} />);
    await userEvent.click(screen.getByRole('radio', { name: 'URL only' }));
    expect(codes()).toContain('"url": "https://keys.example.com/acme/mcp?apikey=YOUR_KEY"');
  });

  it('goes to curl at once for a product without MCP', () => {
    render(<Connect product={machines} start={{ form: 'basic' }} />);
    expect(screen.queryByRole('radiogroup', { name: 'Client' })).toBeNull();
    expect(codes()).toContain('curl -sS -i -u YOUR_KEY_ID:YOUR_KEY');
  });
});

describe('a key that is shown once', () => {
  it('fills the form that holds a key, and no other and no link', async () => {
    render(<Connect secret={SECRET} start={{ client: 'lm-studio' }} />);
    expect(codes()).toContain(`Bearer ${SECRET}`);
    const links = [...document.querySelectorAll('a')].map((link) => link.href);
    expect(links.some((href) => href.startsWith('lmstudio://'))).toBe(true);
    for (const href of links) {
      const config = new URLSearchParams(href.slice(href.indexOf('?'))).get('config') ?? '';
      expect(href + atob(config)).not.toContain('Canary');
    }
    await userEvent.click(screen.getByRole('radio', { name: 'Cursor' }));
    expect(document.body.innerHTML).not.toContain('Canary');
    expect(window.location.href).not.toContain('Canary');
  });
});

describe('the keys to connect with', () => {
  const key = (id: string, name: string) => ({
    id,
    name,
    description: null,
    hint: `acme_${id}…`,
    status: 'active',
    created_at: '2026-11-01T10:00:00Z',
    expires_at: null,
    last_used_at: null,
  });
  const panel = (search: ConnectSearch, calls: { search: unknown; create: () => void }) => (
    <ConnectPanel
      product={acme}
      scope={{}}
      search={search}
      onSearch={calls.search as (change: Partial<ConnectSearch>) => void}
      createLabel="Create key"
      onCreate={calls.create}
    />
  );

  it('are asked for by name when there are several', async () => {
    serve({
      'GET /v1/keys': () => ({ data: [key('a', 'laptop'), key('b', 'desk')], next_cursor: null }),
    });
    const calls = { search: vi.fn(), create: vi.fn() };
    render(panel({}, calls));
    await screen.findByText('Which one did you save?');
    expect(screen.getByText('acme_a…')).toBeTruthy();
    expect(screen.queryByText('Test the connection')).toBeNull();
    await userEvent.click(screen.getByRole('radio', { name: /desk/ }));
    expect(calls.search).toHaveBeenCalledWith({ key: 'b' });
    await userEvent.click(screen.getByRole('button', { name: /Create key/ }));
    expect(calls.create).toHaveBeenCalledOnce();
  });

  it('are made in place when there are none', async () => {
    serve({ 'GET /v1/keys': () => ({ data: [], next_cursor: null }) });
    const calls = { search: vi.fn(), create: vi.fn() };
    render(panel({}, calls));
    await userEvent.click(await screen.findByRole('button', { name: 'Create key' }));
    expect(calls.create).toHaveBeenCalledOnce();
  });
});

describe('the address', () => {
  it('holds choices and nothing else', () => {
    expect(
      readConnectSearch({ client: 'cursor', form: 'env', os: 'linux', key: 'key_1', secret: 'x' }),
    ).toEqual({ client: 'cursor', form: 'env', os: 'linux', key: 'key_1' });
    expect(readConnectSearch({ client: '<b>', form: 'all', os: 'beos', key: 7 })).toEqual({});
  });

  it('starts at the system that one sits at', () => {
    expect(systemOf('Mozilla/5.0 (Windows NT 10.0; Win64; x64)')).toBe('windows');
    expect(systemOf('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)')).toBe('macos');
    expect(systemOf('Mozilla/5.0 (X11; Linux x86_64)')).toBe('linux');
  });
});
