import type { Me, Product, Resource } from '@/api/types.ts';
import { capitalised, plural } from '@/lib/words.ts';
import type { IconName } from '@/ui/Icon.tsx';

export interface NavItem {
  to: string;
  label: string;
  icon: IconName;
}

export interface NavSection {
  title: string | null;
  items: NavItem[];
}

/** The noun for what keys are scoped to or connect to: "project", "datapack"; null for neither. */
export function resourceNoun(product: Product, resources: Resource[]): string | null {
  return product.portal.resource ?? resources[0]?.kind ?? null;
}

/** Whether keys live on the page of what they are scoped to, and not on a page of their own. */
export function keysLiveInResources(product: Product): boolean {
  return product.key.scope === 'resource';
}

/** The name of the page of keys, as the product calls it. */
export function keysTitle(product: Product): string {
  return product.portal.place.at(-1) ?? 'API keys';
}

/** The words before it: "Settings". */
export function keysTrail(product: Product): string | undefined {
  return product.portal.place.length > 1 ? product.portal.place[0] : undefined;
}

/** All that one can go to, in the product's own words. */
export function navigation(product: Product, me: Me, resources: Resource[]): NavSection[] {
  const noun = resourceNoun(product, resources);
  const work: NavItem[] = [
    noun === null
      ? { to: '/connect', label: 'Connect', icon: 'plug' }
      : { to: '/resources', label: capitalised(plural(noun)), icon: 'folder' },
  ];
  const settings: NavItem[] = [];
  if (!keysLiveInResources(product)) {
    settings.push({ to: '/keys', label: keysTitle(product), icon: 'key' });
  }
  if (me.workspaces.some((workspace) => workspace.role === 'owner')) {
    settings.push({ to: '/members', label: 'Members & plan', icon: 'users' });
  }
  settings.push({ to: '/account', label: 'Account', icon: 'user' });
  const trail = keysLiveInResources(product) ? 'Settings' : (keysTrail(product) ?? 'Settings');
  return [
    { title: null, items: work },
    { title: trail, items: settings },
  ];
}
