import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { ApiError } from '@/api/problem.ts';
import { meQuery, productQuery, resourcesQuery } from '@/api/queries.ts';
import type { Me } from '@/api/types.ts';
import { keysLiveInResources } from '@/app/navigation.ts';
import { FailurePage, LoadingPage, NotFoundPage } from '@/app/OddPages.tsx';
import { queryClient, whenSignedOut } from '@/app/queryClient.ts';
import { Shell } from '@/app/Shell.tsx';
import { readConnectSearch } from '@/features/connect/connectSearch.ts';
import { type KeySearch, readKeySearch } from '@/features/keys/keySearch.ts';
import { type Prefill, readPrefill } from '@/features/keys/prefill.ts';
import { resourceQuery } from '@/features/resources/resourceQueries.ts';
import { InvitationPage } from '@/features/session/InvitationPage.tsx';
import { SignInPage } from '@/features/session/SignInPage.tsx';
import { readUsageSearch } from '@/features/usage/usageRange.ts';
import { whenPageIsFree } from '@/lib/holding.ts';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignInPage,
  validateSearch: (search): { product?: string; next?: string } => ({
    product: textOf(search.product),
    next: textOf(search.next),
  }),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: InvitationPage,
});

/** All that is for people who are signed in. */
const app = createRoute({
  getParentRoute: () => root,
  id: '_app',
  component: Shell,
  validateSearch: (search): { workspace?: string } => ({ workspace: textOf(search.workspace) }),
  search: { middlewares: [retainSearchParams(['workspace'])] },
  beforeLoad: async ({ location, search }) => {
    try {
      const me = await queryClient.ensureQueryData(meQuery);
      requireMember(me, search.workspace);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        const next = location.href === '/' ? undefined : location.href;
        throw redirect({ to: '/sign-in', search: { next } });
      }
      throw error;
    }
  },
  loader: () =>
    Promise.all([
      queryClient.ensureQueryData(productQuery),
      queryClient.ensureQueryData(resourcesQuery),
    ]),
});

const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: async () => {
    const product = await queryClient.ensureQueryData(productQuery);
    throw redirect({ to: keysLiveInResources(product) ? '/resources' : '/keys', replace: true });
  },
});

const keys = createRoute({
  getParentRoute: () => app,
  path: '/keys',
  beforeLoad: async () => {
    if (keysLiveInResources(await queryClient.ensureQueryData(productQuery))) {
      throw redirect({ to: '/resources', replace: true });
    }
  },
  component: lazyRouteComponent(() => import('@/features/keys/KeysPage.tsx'), 'KeysPage'),
  validateSearch: (search): KeySearch & Prefill => ({
    ...readKeySearch(search),
    ...readPrefill(search),
  }),
});

const resources = createRoute({
  getParentRoute: () => app,
  path: '/resources',
  component: lazyRouteComponent(
    () => import('@/features/resources/ResourcesPage.tsx'),
    'ResourcesPage',
  ),
});

const resource = createRoute({
  getParentRoute: () => app,
  path: '/resources/$resource',
  loader: ({ params }) => queryClient.ensureQueryData(resourceQuery(queryClient, params.resource)),
  component: lazyRouteComponent(
    () => import('@/features/resources/ResourcePage.tsx'),
    'ResourcePage',
  ),
  validateSearch: readConnectSearch,
});

const resourceKeys = createRoute({
  getParentRoute: () => app,
  path: '/resources/$resource/keys',
  loader: ({ params }) => queryClient.ensureQueryData(resourceQuery(queryClient, params.resource)),
  component: lazyRouteComponent(
    () => import('@/features/resources/ResourceKeysPage.tsx'),
    'ResourceKeysPage',
  ),
  validateSearch: readKeySearch,
});

const members = createRoute({
  getParentRoute: () => app,
  path: '/members',
  component: lazyRouteComponent(() => import('@/features/members/MembersPage.tsx'), 'MembersPage'),
});

const connect = createRoute({
  getParentRoute: () => app,
  path: '/connect',
  component: lazyRouteComponent(() => import('@/features/connect/ConnectPage.tsx'), 'ConnectPage'),
  validateSearch: readConnectSearch,
});

const key = createRoute({
  getParentRoute: () => app,
  path: '/keys/$key',
  component: lazyRouteComponent(() => import('@/features/keys/KeyPage.tsx'), 'KeyPage'),
  validateSearch: readUsageSearch,
});

const account = createRoute({
  getParentRoute: () => app,
  path: '/account',
  component: lazyRouteComponent(() => import('@/features/session/AccountPage.tsx'), 'AccountPage'),
});

/** Another's workspace in the address is no reason to show one's own in its place. */
function requireMember(me: Me, workspace: string | undefined): void {
  if (workspace !== undefined && !me.workspaces.some(({ id }) => id === workspace)) {
    throw new ApiError(404, 'not_found', 'There is no such workspace for you.');
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    invitation,
    app.addChildren([
      home,
      keys,
      key,
      resources,
      resource,
      resourceKeys,
      members,
      connect,
      account,
    ]),
  ]),
  defaultPendingComponent: LoadingPage,
  defaultErrorComponent: FailurePage,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

whenSignedOut(() => whenPageIsFree(signInAgain));

function signInAgain(): void {
  const { pathname, href } = router.state.location;
  if (pathname !== '/sign-in' && pathname !== '/invitation') {
    queryClient.clear();
    router.navigate({ to: '/sign-in', search: { next: href } });
  }
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
