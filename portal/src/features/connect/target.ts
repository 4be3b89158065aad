import type { Client, Form, RouteKind, System } from './clients.ts';
import { renderWays, type Target } from './render.ts';

/** What a product's description says that matters here. */
export interface ConnectProduct {
  product: string;
  title: string;
  carriers: readonly string[];
  routes: readonly {
    kind: RouteKind;
    url: string;
    scope_segment?: number | null;
  }[];
}

const QUERY = 'query:';

/** What to connect a client with: the product's MCP route, or its REST route where it has no other. */
export function targetOf(product: ConnectProduct): Target | undefined {
  // A route that names its resource in the path is no address until somebody fills that in.
  const whole = product.routes.filter((route) => (route.scope_segment ?? null) === null);
  const route = whole.find((candidate) => candidate.kind === 'mcp') ?? whole[0];
  if (route === undefined) {
    return undefined;
  }
  return {
    name: `keyway-${product.product}`,
    title: product.title,
    url: route.url,
    variable: variableOf(product.product),
    header: product.carriers.includes('bearer') ? 'bearer' : 'x-api-key',
    queryParameter: product.carriers
      .find((carrier) => carrier.startsWith(QUERY))
      ?.slice(QUERY.length),
    route: route.kind,
  };
}

/** The forms in which a client can carry a key that the product takes. */
export function formsOf(
  client: Client,
  product: ConnectProduct,
  target: Target,
  os: System,
): Form[] {
  return client.forms.filter(
    (form) =>
      carries(form, product.carriers, target) && renderWays(client, form, os, target).length > 0,
  );
}

/** The clients that can call the product at all. */
export function clientsFor(
  clients: readonly Client[],
  product: ConnectProduct,
  target: Target,
  os: System,
): Client[] {
  return clients.filter(
    (client) =>
      (client.routes ?? ['mcp']).includes(target.route) &&
      formsOf(client, product, target, os).length > 0,
  );
}

function carries(form: Form, carriers: readonly string[], target: Target): boolean {
  switch (form.form) {
    case 'env':
    case 'inline':
      return carriers.includes('bearer') || carriers.includes('x-api-key');
    case 'basic':
      return carriers.includes('basic');
    case 'url':
      return target.queryParameter !== undefined;
  }
}

export function variableOf(slug: string): string {
  const name = `${slug.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_API_KEY`;
  return /^[A-Z_]/.test(name) ? name : `_${name}`;
}
