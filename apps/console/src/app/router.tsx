import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  type RouterHistory,
} from '@tanstack/react-router';
import { signedOutListeners } from '../api/client.js';
import { asProblem } from '../api/problem.js';
import { sessionQuery } from '../api/session.js';
import { parseSearch, pick, stringifySearch } from '../parts/address.js';
import { Waiting } from '../parts/situations.js';
import { Fault, NotFound } from './fault.js';
import { Forgotten } from './forgotten.js';
import { landingPage } from './landing.js';
import { ProviderReturn } from './provider-return.js';
import { Shell } from './shell.js';
import { SignIn } from './sign-in.js';
import { Welcome } from './welcome.js';

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet, notFoundComponent: NotFound });

const signInRoute = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>) => pick(search, ['to', 'email']),
  component: SignIn,
});
const doors = [
  signInRoute,
  createRoute({ getParentRoute: () => root, path: '/sign-in/provider', component: ProviderReturn }),
  createRoute({ getParentRoute: () => root, path: '/forgotten', component: Forgotten }),
  createRoute({ getParentRoute: () => root, path: '/welcome', component: Welcome }),
] as const;

/** Everything behind the sign-in. The session is read once before the first page is drawn. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queries.ensureQueryData(sessionQuery);
    } catch (error) {
      if (asProblem(error).status === 401) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } });
      throw error;
    }
  },
});

/** `/` leads each role to its own first page; a link to the overview says `/overview`. */
const start = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: landingPage(context.queries.getQueryData(sessionQuery.queryKey)), replace: true });
  },
});

const page = <const P extends string, const K extends string = never>(
  path: P,
  keys: readonly K[],
  load: () => Promise<{ Page: () => React.ReactNode }>,
) =>
  createRoute({
    getParentRoute: () => app,
    path,
    validateSearch: (search: Record<string, unknown>) => pick(search, keys),
    component: lazyRouteComponent(load, 'Page'),
  });

const routes = [
  start,
  page('/overview', ['hours', 'chart'], () => import('../features/overview/overview-page.js')),
  page(
    '/messages',
    [
      'q',
      'flow',
      'state',
      'legalEntity',
      'from',
      'to',
      'age',
      'currency',
      'amount',
      'release',
      'posted',
      'unposted',
      'synthetic',
      'run',
      'correlation',
      'payload',
      'payloadStage',
      'peek',
    ],
    () => import('../features/messages/messages-page.js'),
  ),
  page('/messages/$id', ['stage', 'with', 'view'], () => import('../features/messages/message-page.js')),
  page(
    '/exceptions',
    [
      'view',
      'q',
      'category',
      'flow',
      'entity',
      'owner',
      'state',
      'snoozed',
      'due',
      'age',
      'currency',
      'amount',
      'sort',
      'causeKey',
      'sel',
      'message',
    ],
    () => import('../features/exceptions/exceptions-page.js'),
  ),
  page('/exceptions/working-hours', ['sel'], () => import('../features/exceptions/working-hours-page.js')),
  page('/runs', ['kind', 'flow', 'state', 'replayed', 'age', 'show', 'height'], () => import('../features/runs/runs-page.js')),
  page('/runs/$id', [], () => import('../features/runs/run-page.js')),
  page('/approvals', ['state', 'sel'], () => import('../features/approvals/approvals-page.js')),
  page('/ops', ['tab', 'connection', 'check'], () => import('../features/operations/operations-page.js')),
  page('/alerts', ['tab', 'state', 'channel', 'sel'], () => import('../features/alerts/alerts-page.js')),
  page('/flows', ['q'], () => import('../features/flows/flows-page.js')),
  page('/flows/$name', ['tab', 'kind', 'release', 'compare', 'doc', 'a', 'b'], () => import('../features/flows/flow-page.js')),
  page('/mappings', ['q'], () => import('../features/mappings/mappings-page.js')),
  page('/mappings/$name', ['tab', 'sample', 'a', 'b', 'panel', 'at', 'last', 'doc'], () => import('../features/mappings/mapping-page.js')),
  page('/tables', ['q'], () => import('../features/tables/tables-page.js')),
  page('/tables/$name', ['q', 'asOf', 'history', 'tab', 'version'], () => import('../features/tables/table-page.js')),
  page('/tables/$name/drafts/$id', [], () => import('../features/tables/draft-page.js')),
  page('/connections', ['q'], () => import('../features/connections/connections-page.js')),
  page('/connections/new', ['connector', 'name'], () => import('../features/connections/new-connection-page.js')),
  page('/connections/$name', ['tab'], () => import('../features/connections/connection-page.js')),
  page('/schemas', ['q', 'kind', 'use'], () => import('../features/schemas/schemas-page.js')),
  page('/schemas/$kind/$name', ['tab', 'version'], () => import('../features/schemas/schema-page.js')),
  page(
    '/usage',
    ['tab', 'subject', 'type', 'state', 'from', 'to', 'customer', 'meter', 'period', 'otherCustomer', 'otherPeriod', 'days', 'sel'],
    () => import('../features/usage/usage-page.js'),
  ),
  page('/usage/summaries/$id', ['sel'], () => import('../features/usage/summary-page.js')),
  page('/usage/meters/$name', ['tab'], () => import('../features/usage/meter-page.js')),
  page('/recon', ['entity', 'days'], () => import('../features/reconciliation/board-page.js')),
  page(
    '/recon/$control/$run',
    ['kind', 'state', 'currency', 'meter', 'q', 'drift'],
    () => import('../features/reconciliation/run-page.js'),
  ),
  page('/trace', [], () => import('../features/trace/trace-start.js')),
  page('/trace/$kind/$id', [], () => import('../features/trace/trace-page.js')),
  page('/audit', ['actor', 'action', 'object', 'from', 'to', 'sel'], () => import('../features/audit/audit-page.js')),
  page('/erasures', ['sel'], () => import('../features/erasures/erasures-page.js')),
  page('/profile', [], () => import('../features/profile/profile-page.js')),
  page('/access', ['tab', 'user', 'q'], () => import('../features/access/access-page.js')),
] as const;

/** Without keys of its own: what a vendor sends back stays as it came. */
const consentReturn = createRoute({
  getParentRoute: () => app,
  path: '/consent/$connector',
  component: lazyRouteComponent(() => import('../features/connections/consent-return.js'), 'Page'),
});

/** Behind the sign-in too, so that who mistyped an address still has the navigation and the search beside the sentence that says so. */
const nowhere = createRoute({ getParentRoute: () => app, path: '/$', component: NotFound });

const routeTree = root.addChildren([...doors, app.addChildren([...routes, consentReturn, nowhere])]);

export function createConsoleRouter(queries: QueryClient, history?: RouterHistory) {
  const router = createRouter({
    routeTree,
    context: { queries },
    history,
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: () => <Waiting />,
    defaultPendingMs: 200,
    defaultErrorComponent: Fault,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
  signedOutListeners.clear();
  signedOutListeners.add(() => {
    queries.removeQueries({ queryKey: sessionQuery.queryKey });
    const here = router.state.location.href;
    if (!here.startsWith('/sign-in')) void router.navigate({ to: '/sign-in', search: { to: here } });
  });
  return router;
}

export type ConsoleRouter = ReturnType<typeof createConsoleRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: ConsoleRouter;
  }
}
