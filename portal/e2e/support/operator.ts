import { randomUUID } from 'node:crypto';
import type { Server } from './server.ts';

export type ProductName = 'meko' | 'mecha' | 'memorylake' | 'memo';

/** Somebody who can sign in; nobody else's test knows them. */
export interface Person {
  id: string;
  name: string;
  email: string;
  password: string;
  product: ProductName;
}

export interface WorkspaceOf {
  id: string;
  name: string;
  owner: Person;
}

export interface MadeKey {
  key: { id: string; name: string | null; status: string };
  secret: string;
  endpoint_url?: string;
}

/** What tests arrange and look up with the operator's rights, past the portal. */
export class Operator {
  constructor(private readonly server: Server) {}

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.send(method, path, body);
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    }
    return (await response.json()) as T;
  }

  send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(this.server.control + path, {
      method,
      headers: {
        Authorization: `Bearer ${this.server.operatorKey}`,
        'Content-Type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }

  async person(product: ProductName, name = 'Ana Ng'): Promise<Person> {
    const { account, invitation } = await this.invited(product, name);
    const password = `correct horse ${randomUUID()}`;
    const response = await fetch(`${this.server.control}/v1/me/password`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ invitation, password }),
    });
    if (!response.ok) {
      throw new Error(`a password could not be set: ${response.status}`);
    }
    return { ...account, password };
  }

  /** An account that has no password yet, and the link that lets its person choose one. */
  async invited(product: ProductName, name = 'Ana Ng') {
    const email = `${randomUUID()}@portal.example`;
    const { id } = await this.call<{ id: string }>('POST', '/v1/accounts', {
      product,
      email,
      name,
    });
    const { url } = await this.call<{ url: string }>('POST', `/v1/accounts/${id}/invitations`, {});
    const invitation = decodeURIComponent(url.slice(url.indexOf('#') + 1));
    return { account: { id, name, email, product }, invitation, url };
  }

  async workspace(plan = 'pro', name = 'Aurora Studio', owner?: Person): Promise<WorkspaceOf> {
    const first = owner ?? (await this.person('memo', 'Olive Owner'));
    const { id } = await this.call<{ id: string }>('POST', '/v1/workspaces', {
      product: 'memo',
      name,
      plan,
      owner: first.id,
    });
    return { id, name, owner: first };
  }

  async member(workspace: WorkspaceOf, name = 'Mona Member', role = 'member'): Promise<Person> {
    const person = await this.person('memo', name);
    await this.call('PUT', `/v1/workspaces/${workspace.id}/members/${person.id}`, { role });
    return person;
  }

  async resource(person: Person, kind: 'datapack' | 'project', name: string): Promise<string> {
    const body = { product: person.product, account: person.id, kind, name };
    return (await this.call<{ id: string }>('POST', '/v1/resources', body)).id;
  }

  key(person: Person, fields: Record<string, unknown> = {}): Promise<MadeKey> {
    const needed = person.product === 'mecha' ? { expires_in: '90d' } : {};
    return this.call('POST', '/v1/keys', {
      product: person.product,
      account: person.id,
      ...needed,
      ...fields,
    });
  }
}
