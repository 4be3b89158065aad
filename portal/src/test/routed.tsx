import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  type RouteComponent,
  RouterProvider,
} from '@tanstack/react-router';
import { Suspense } from 'react';
import { render } from '@/test/render.tsx';

/** Renders a page at its path below the signed-in part of the portal, so that links have a router. */
export function renderPage(
  path: string,
  component: RouteComponent,
  {
    at = path,
    validateSearch = (search: Record<string, unknown>) => search,
  }: { at?: string; validateSearch?: (search: Record<string, unknown>) => object } = {},
) {
  const root = createRootRoute({
    component: () => (
      <Suspense fallback={null}>
        <Outlet />
      </Suspense>
    ),
  });
  const app = createRoute({ getParentRoute: () => root, id: '_app', component: Outlet });
  const page = createRoute({ getParentRoute: () => app, path, component, validateSearch });
  const router = createRouter({
    routeTree: root.addChildren([app.addChildren([page])]),
    history: createMemoryHistory({ initialEntries: [at] }),
  });
  // The portal's own routes are registered for types; this router has but the one that is tested.
  return { router, ...render(<RouterProvider router={router as never} />) };
}
