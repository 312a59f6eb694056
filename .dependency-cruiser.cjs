// Who may import whom: kinship <- search <- casework <- http, cli, workers, main.ts.

const kinshipFiles = '^src/kinship/';
const searchFiles = '^src/search/';
const ownSourceFiles = '^(src|workers)/';
const barrels = '^src/(kinship|search)/index\\.ts$';
const repositories = '\\.repository\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'nothing-imports-the-console',
      comment: 'The service serves what was built of it. Tests look at its pure parts.',
      severity: 'error',
      from: { pathNot: '^(web|test/console)/' },
      to: { path: '^web/' },
    },
    {
      name: 'kinship-imports-only-itself',
      comment: 'The core is pure: no Node, no npm package, nothing else of ours.',
      severity: 'error',
      from: { path: kinshipFiles },
      to: { pathNot: kinshipFiles },
    },
    {
      name: 'search-imports-only-kinship',
      comment: 'The search is pure: no Node, no npm package, nothing of ours but kinship.',
      severity: 'error',
      from: { path: searchFiles },
      to: { pathNot: [searchFiles, kinshipFiles] },
    },
    {
      name: 'formats-know-kinship-only',
      comment:
        'A format turns bytes into domain types: kinship, Node, the CSV and XML packages, Zod, our errors.',
      severity: 'error',
      from: { path: '^src/formats/' },
      to: {
        pathNot: [
          '^src/formats/',
          kinshipFiles,
          '^src/platform/errors\\.ts$',
          '^node_modules/(csv-(parse|stringify)|saxes|zod)/',
        ],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'platform-knows-no-feature',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: ownSourceFiles, pathNot: ['^src/platform/', kinshipFiles] },
    },
    {
      name: 'platform-knows-kinship-for-provenance',
      comment: 'The types of what a stored result was computed from, and no more of the core.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: kinshipFiles, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'casework-knows-no-way-in',
      severity: 'error',
      from: { path: '^src/casework/' },
      to: { path: '^(src/(http|cli)/|src/main\\.ts$|workers/)' },
    },
    {
      name: 'http-knows-no-other-way-in',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^(src/cli/|src/main\\.ts$|workers/)' },
    },
    {
      name: 'repository-stays-in-its-feature',
      comment: "Features meet through a service, never through another's repository.",
      severity: 'error',
      from: { path: '^src/casework/([^/]+)/' },
      to: { path: repositories, pathNot: '^src/casework/$1/' },
    },
    {
      name: 'repository-is-for-features',
      severity: 'error',
      from: { path: ownSourceFiles, pathNot: '^src/casework/[^/]+/' },
      to: { path: repositories },
    },
    {
      name: 'routes-know-no-database',
      comment: 'HTTP only: parse, call the service, reply.',
      severity: 'error',
      from: { path: '\\.routes\\.ts$' },
      to: { path: [repositories, '^node_modules/(drizzle-orm|postgres|pg)/'] },
    },
    {
      name: 'kinship-through-its-index',
      severity: 'error',
      from: { pathNot: kinshipFiles },
      to: {
        path: kinshipFiles,
        pathNot: ['^src/kinship/index\\.ts$', '^src/kinship/reference/'],
      },
    },
    {
      name: 'reference-is-for-tests',
      comment: 'The slow versions are the oracle of the fast ones.',
      severity: 'error',
      from: { pathNot: [kinshipFiles, '^(test|bench)/'] },
      to: { path: '^src/kinship/reference/' },
    },
    {
      name: 'search-through-its-index',
      severity: 'error',
      from: { pathNot: [searchFiles, '^workers/[^/]+\\.thread\\.ts$', '^(test/search|bench)/'] },
      to: { path: searchFiles, pathNot: '^src/search/index\\.ts$' },
    },
    {
      name: 'shipped-code-knows-no-test',
      severity: 'error',
      from: { path: ownSourceFiles },
      to: { path: '^(test|bench|fixtures|openapi)/' },
    },
    {
      name: 'shipped-code-knows-no-development-package',
      comment: "The demo's issuer never starts in production, and is not imported there.",
      severity: 'error',
      from: { path: ownSourceFiles, pathNot: '^src/cli/demo/issuer\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-barrel',
      comment:
        'An index.ts hides who uses what. Only the two pure parts have one: it is their face.',
      severity: 'error',
      from: { path: '(^|/)index\\.ts$', pathNot: barrels },
      to: {},
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['^src/(cli/)?main\\.ts$', '^workers/', '^test/coverage-map\\.js$', '\\.d\\.ts$'],
      },
      to: {},
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: '^node_modules/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
