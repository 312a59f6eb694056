import t, { type Test } from 'tap';
import { startIssuer } from './issuer.ts';
import { BODIES } from './bodies.ts';
import { type Operation, operationsOf } from './operations.ts';
import {
  type Answer,
  CHILD,
  FATHER,
  FREQUENCIES,
  MOTHER,
  relativesCsv,
  startTestService,
  type TestService,
  unknownsCsv,
} from './service.ts';
import { settle } from './signatures.ts';

/**
 * Every operation of the served description with hostile values in every place: no fault of ours, no
 * answer that is not described, nothing repeated that was sent.
 */

/** Stands in every hostile text, so that it is known again. */
const MARK = 'Zq7xZq7x';

const HOSTILE_TEXTS = [
  `${MARK}' OR '1'='1'; drop table samples; --`,
  `${MARK}<script>alert(1)</script>`,
  `${MARK}\u0000\u0008\u202e\ufeff`,
  `${MARK}\ud800`,
  `${MARK}=cmd|'/c calc'!A1`,
  `../../${MARK}/etc/passwd`,
  `\${jndi:ldap://${MARK}}{{7*7}}%s%n`,
  `__proto__[${MARK}]`,
  MARK.repeat(500),
];

/** No parameter or field is called so. */
const HOSTILE_NAME = `${MARK}<script>`;

/** Deeper than a program can go that calls itself for every level. */
const DEPTH = 50_000;
const DEEP = '['.repeat(DEPTH) + ']'.repeat(DEPTH);

const HOSTILE_VALUES: readonly unknown[] = [
  ...HOSTILE_TEXTS,
  MARK.repeat(40_000),
  null,
  true,
  -1,
  0.1,
  1e308,
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  [MARK],
  { constructor: MARK, toString: MARK },
];

/** Fields of a document are tried with every value, parts of fields with so many less: by turns with all of them. */
const TURNS = 3;
let turn = 0;

function valuesFor(place: readonly string[]): readonly unknown[] {
  if (place.length <= 1) return HOSTILE_VALUES;
  turn++;
  return HOSTILE_VALUES.filter((_, at) => (at + turn) % TURNS === 0);
}

/** Replaces a part of a document, by its path. */
function replaceAt(document: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy: any = Array.isArray(document) ? [...document] : { ...(document as object) };
  copy[key] = replaceAt(copy[key], rest, value);
  return copy;
}

/** The paths of all parts of a document; of lists the first entries only. */
function pathsOf(document: unknown): string[][] {
  if (typeof document !== 'object' || document === null) return [[]];
  const keys = Object.keys(document).slice(0, Array.isArray(document) ? 2 : 12);
  return [[], ...keys.flatMap((key) => pathsOf((document as any)[key]).map((path) => [key, ...path]))]; // prettier-ignore
}

/**
 * People of a calculation have the names that whoever asks gives them; what is wrong with one is said under
 * its name.
 */
const NAMES_PEOPLE = /^(people\.\d|question\.relatives\.\d)\.id |^question\.person /;

/** Good values of what operations ask for beside a body. */
type Known = Readonly<Record<string, string>>;

function pathOf({ path, parameters }: Operation, known: Known, changed: Known = {}): string {
  const valueOf = (name: string): string =>
    // By way of bytes, which have no half characters.
    encodeURIComponent(Buffer.from(changed[name] ?? known[name] ?? '').toString());
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => valueOf(name) || '%00');
  const query = parameters
    .filter(
      ({ name, in: place }) => place === 'query' && (changed[name] ?? known[name]) !== undefined,
    )
    .map(({ name }) => `${name}=${valueOf(name)}`);
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`;
}

function check(
  t: Test,
  operation: Operation,
  { status, headers, body }: Answer,
  sent: string,
): void {
  const name = `${operation.method} ${operation.path} with ${sent.slice(0, 60)}`;
  if (status >= 500) t.fail(`${name}: ${status}`);
  else if (status < 400) {
    if (!operation.responses.includes(String(status)))
      t.fail(`${name}: ${status} is not described`);
  } else {
    const isProblem = headers.get('content-type')?.startsWith('application/problem+json');
    if (!isProblem || body.status !== status || typeof body.code !== 'string') {
      t.fail(`${name}: ${status} is no problem document`);
    }
    if (!NAMES_PEOPLE.test(sent) && JSON.stringify(body).includes(MARK)) {
      t.fail(`${name}: ${status} repeats what was sent`);
    }
  }
}

async function startWithCandidate(t: Test): Promise<{ service: TestService; known: Known }> {
  const { config: signIn } = await startIssuer(t);
  const service = await startTestService(t, { signIn });
  const { call } = service;
  const family = relativesCsv([
    ['P1f', 'F1', 'father', FATHER],
    ['P1m', 'F1', 'mother', MOTHER],
  ]);
  const parents = await call('collection-point', 'POST', '/v1/batches?side=relatives', family);
  const batch = await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknownsCsv([['U1', CHILD], ['U2', CHILD]])); // prettier-ignore
  await service.searched();
  const { body } = await call('analyst', 'GET', '/v1/candidates');
  const [open, supported] = body.candidates;
  const settled = await settle(service, supported.id, 'supported');
  const begun = await call('analyst', 'POST', `/v1/candidates/${supported.id}/reunions`, { remark: 'tried' }, { 'if-match': settled.headers.get('etag')! }); // prettier-ignore
  const sweeps = await call('analyst', 'GET', '/v1/sweeps');
  const key = await service.createKey({ role: 'analyst', name: 'rotated' });
  const user = await call('admin', 'POST', '/v1/users', { role: 'analyst', name: 'a', subject: 'a' }); // prettier-ignore
  const { caseId } = batch.body.rows[0];
  const opened = await call('analyst', 'POST', '/v1/break-glass', { caseId, reason: 'tried with hostile values' }); // prettier-ignore
  // Of the other case, so that the child can be withdrawn.
  const hold = await call('admin', 'POST', '/v1/legal-holds', { caseId: parents.body.rows[0].caseId, reason: 'tried', until: '2099-01-01' }); // prettier-ignore
  const points = await call('admin', 'GET', '/v1/collection-points');
  const pointId = points.body.collectionPoints[0].id;
  const tubes = await call('admin', 'POST', '/v1/barcodes', { collectionPointId: pointId, count: 1, kit: 'k', lot: 'l', expiresOn: '2099-01-01' }); // prettier-ignore
  const early = { barcode: tubes.body.first, event: 'typed', at: '2026-01-01T00:00:00Z', scanner: 's', sampleId: 'U1' }; // prettier-ignore
  await call('analyst', 'POST', '/v1/custody/scans', { scans: [early] });
  const alarms = await call('analyst', 'GET', '/v1/custody/alarms');
  const findings = await call('analyst', 'GET', '/v1/findings');
  const tables = await call('analyst', 'GET', '/v1/frequency-tables');
  const known = {
    pointId,
    blockId: tubes.body.blockId,
    barcode: tubes.body.first,
    alarmId: alarms.body.alarms[0].id,
    near: '30.67,104.06',
    division: '51',
    batchId: batch.body.batchId,
    candidateId: open.id,
    reunionId: begun.body.id,
    analystId: key.id,
    caseId,
    sampleId: 'U1',
    findingId: findings.body.findings[0].id,
    staffCode: 'T1',
    grantId: opened.body.id,
    holdId: hold.body.id,
    tableId: tables.body.frequencyTables[0].id,
    sweepId: sweeps.body.sweeps[0]?.id ?? '00000000-0000-4000-8000-000000000000',
    keyId: key.id,
    userId: user.body.id,
    state: 'ended',
    code: 'a-code',
    side: 'unknowns',
    prefix: 'U',
    difference: 'gone',
    name: 'table',
    relationship: 'parent-child',
    loci: '2',
  };
  return { service, known };
}

type Attempt = {
  /** What is hostile in it. */
  readonly what: string;
  readonly where: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
};

const JSON_TYPE = { 'content-type': 'application/json' };

function goDeep(document: unknown, place: readonly string[]): string {
  return JSON.stringify(replaceAt(document, place, 'DEEP')).replace('"DEEP"', DEEP);
}

function* attempts(operation: Operation, known: Known): Generator<Attempt> {
  const { method, path, parameters, takesText } = operation;
  const documents = BODIES[`${method} ${path}`] ?? [];
  const isTable = method === 'POST' && path.endsWith('/frequency-tables');
  const body = isTable ? FREQUENCIES : documents[0];
  const where = pathOf(operation, known);
  yield { what: 'an unknown parameter', where: `${where}${where.includes('?') ? '&' : '?'}${encodeURIComponent(HOSTILE_NAME)}=1`, body }; // prettier-ignore
  for (const { name, in: place } of parameters) {
    for (const text of HOSTILE_TEXTS) {
      const what = `${name}=${text}`;
      if (place !== 'header')
        yield { what, where: pathOf(operation, known, { [name]: text }), body };
      else if (/^[\x20-\x7e]*$/.test(text)) yield { what, where, body, headers: { [name]: text } };
    }
  }
  for (const document of documents) {
    for (const place of pathsOf(document)) {
      for (const value of valuesFor(place)) {
        yield {
          what: `${place.join('.')} changed`,
          where,
          body: replaceAt(document, place, value),
        };
      }
      const more = replaceAt(document, [...place, HOSTILE_NAME], MARK);
      yield { what: `${place.join('.')} and more`, where, body: more };
      yield {
        what: `${place.join('.')} deep`,
        where,
        body: goDeep(document, place),
        headers: JSON_TYPE,
      };
    }
  }
  if (takesText) {
    for (const text of HOSTILE_TEXTS) {
      yield { what: 'as a file', where, body: text };
      yield {
        what: 'as a cell',
        where,
        body: `sample_id,TH01\n"${text.replaceAll('"', '""')}",9\n`,
      };
    }
  }
}

t.test('hostile values in every place of every operation', { timeout: 300_000 }, async (t) => {
  const { service, known } = await startWithCandidate(t);
  const operations = await operationsOf(service);
  t.ok(operations.length >= 45, `${operations.length} operations`);
  let sent = 0;
  for (const operation of operations) {
    for (const { what, where, body, headers } of attempts(operation, known)) {
      const [role = null] = operation.roles;
      const answer = await service.call(role, operation.method, where, body, {
        'if-match': '"1"',
        ...headers,
      });
      check(t, operation, answer, what);
      sent++;
    }
  }
  t.ok(sent > 1_000, `${sent} requests`);
  t.equal((await service.call(null, 'GET', '/health')).status, 200);
});
