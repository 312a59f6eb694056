import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
} from '@tanstack/react-router';
import { useSession } from './api/session.ts';
import { readAuditView } from './administration/audit-view.ts';
import { readCandidateView } from './candidates/candidate-view.ts';
import { NotFoundPage } from './layout/not-found-page.tsx';
import { firstPath } from './layout/rooms.ts';
import { Shell } from './layout/shell.tsx';
import { readRedraw } from './samples/redraw-search.ts';

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

const calculator = createRoute({
  getParentRoute: () => root,
  path: '/calculator',
  component: lazyRouteComponent(() => import('./calculator/calculator-page.tsx'), 'CalculatorPage'),
});

const charts = createRoute({
  getParentRoute: () => root,
  path: '/charts',
  component: lazyRouteComponent(() => import('./charts/charts-page.tsx'), 'ChartsPage'),
});

const uploads = createRoute({
  getParentRoute: () => root,
  path: '/uploads',
  component: lazyRouteComponent(() => import('./uploads/uploads-page.tsx'), 'UploadsPage'),
});

/** The tube that is drawn again, and the sample that was in it. */
const collection = createRoute({
  getParentRoute: () => root,
  path: '/collection',
  validateSearch: readRedraw,
  component: lazyRouteComponent(() => import('./samples/collection-page.tsx'), 'CollectionPage'),
});

const tubes = createRoute({
  getParentRoute: () => root,
  path: '/tubes',
  component: lazyRouteComponent(() => import('./samples/tubes-page.tsx'), 'TubesPage'),
});

const samples = createRoute({
  getParentRoute: () => root,
  path: '/samples',
  component: lazyRouteComponent(() => import('./samples/samples-page.tsx'), 'SamplesPage'),
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

/** Administrators' first room. */
const administration = createRoute({
  getParentRoute: () => root,
  path: '/administration',
  component: FirstPage,
});

const people = createRoute({
  getParentRoute: () => root,
  path: '/administration/people',
  component: lazyRouteComponent(() => import('./administration/people-page.tsx'), 'PeoplePage'),
});

const keys = createRoute({
  getParentRoute: () => root,
  path: '/administration/keys',
  component: lazyRouteComponent(() => import('./administration/keys-page.tsx'), 'KeysPage'),
});

const points = createRoute({
  getParentRoute: () => root,
  path: '/administration/points',
  component: lazyRouteComponent(() => import('./administration/points-page.tsx'), 'PointsPage'),
});

/** What is looked for stands in the address. */
const audit = createRoute({
  getParentRoute: () => root,
  path: '/administration/audit',
  validateSearch: readAuditView,
  component: lazyRouteComponent(() => import('./administration/audit-page.tsx'), 'AuditPage'),
});

const oversight = createRoute({
  getParentRoute: () => root,
  path: '/administration/oversight',
  component: lazyRouteComponent(
    () => import('./administration/oversight-page.tsx'),
    'OversightPage',
  ),
});

const health = createRoute({
  getParentRoute: () => root,
  path: '/administration/health',
  component: lazyRouteComponent(() => import('./administration/health-page.tsx'), 'HealthPage'),
});

const steering = createRoute({
  getParentRoute: () => root,
  path: '/administration/search',
  component: lazyRouteComponent(() => import('./administration/steering-page.tsx'), 'SteeringPage'),
});

const webhooks = createRoute({
  getParentRoute: () => root,
  path: '/administration/webhooks',
  component: lazyRouteComponent(() => import('./administration/webhooks-page.tsx'), 'WebhooksPage'),
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
    calculator,
    charts,
    uploads,
    collection,
    tubes,
    samples,
    cases,
    policeCase,
    administration,
    people,
    keys,
    points,
    audit,
    oversight,
    health,
    steering,
    webhooks,
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
