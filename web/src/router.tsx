import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
} from '@tanstack/react-router';
import { useSession } from './api/session.ts';
import { readCandidateView } from './candidates/candidate-view.ts';
import { NotFoundPage } from './layout/not-found-page.tsx';
import { firstPath } from './layout/rooms.ts';
import { Shell } from './layout/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });

function FirstPage() {
  const session = useSession();
  return session.state === 'signed-in' ? (
    <Navigate to={firstPath(session.session.role)} replace />
  ) : null;
}

const first = createRoute({ getParentRoute: () => root, path: '/', component: FirstPage });

/** What the list shows stands in its address: it can be kept, sent, and gone back to. */
const candidates = createRoute({
  getParentRoute: () => root,
  path: '/candidates',
  validateSearch: readCandidateView,
  component: lazyRouteComponent(() => import('./candidates/candidates-page.tsx'), 'CandidatesPage'),
});

const candidate = createRoute({
  getParentRoute: () => root,
  path: '/candidates/$candidateId',
  component: lazyRouteComponent(() => import('./candidates/candidate-page.tsx'), 'CandidatePage'),
});

const findings = createRoute({
  getParentRoute: () => root,
  path: '/findings',
  component: lazyRouteComponent(() => import('./findings/findings-page.tsx'), 'FindingsPage'),
});

const reunions = createRoute({
  getParentRoute: () => root,
  path: '/reunions',
  component: lazyRouteComponent(() => import('./reunions/reunions-page.tsx'), 'ReunionsPage'),
});

const reunion = createRoute({
  getParentRoute: () => root,
  path: '/reunions/$reunionId',
  component: lazyRouteComponent(() => import('./reunions/reunion-page.tsx'), 'ReunionPage'),
});

const searches = createRoute({
  getParentRoute: () => root,
  path: '/searches',
  component: lazyRouteComponent(() => import('./searches/searches-page.tsx'), 'SearchesPage'),
});

const uploads = createRoute({
  getParentRoute: () => root,
  path: '/uploads',
  component: lazyRouteComponent(() => import('./uploads/uploads-page.tsx'), 'UploadsPage'),
});

const cases = createRoute({
  getParentRoute: () => root,
  path: '/cases',
  component: lazyRouteComponent(() => import('./police/cases-page.tsx'), 'CasesPage'),
});

const policeCase = createRoute({
  getParentRoute: () => root,
  path: '/cases/$caseId',
  component: lazyRouteComponent(() => import('./police/case-page.tsx'), 'CasePage'),
});

const administration = createRoute({
  getParentRoute: () => root,
  path: '/administration',
  component: lazyRouteComponent(
    () => import('./administration/administration-page.tsx'),
    'AdministrationPage',
  ),
});

export const router = createRouter({
  routeTree: root.addChildren([
    first,
    candidates,
    candidate,
    findings,
    reunions,
    reunion,
    searches,
    uploads,
    cases,
    policeCase,
    administration,
  ]),
  basepath: '/console',
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  /* eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- only an interface can be extended */
  interface Register {
    router: typeof router;
  }
}
