import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import t from 'tap';
import { ROOT, readText } from '../package.ts';
import { type Answer, FATHER, MOTHER, relativesCsv, startTestService } from './service.ts'; // prettier-ignore

const TABLES = ['samples', 'profiles', 'search_requests', 'batches', 'cases', 'families'];

/** One for all tests: each has samples of its own. */
const service = await startTestService(t, { policy: false, search: false });

async function countRows(): Promise<number[]> {
  const counts = TABLES.map(
    async (table) => (await service.db.execute(`select 1 from ${table}`)).length,
  );
  return Promise.all(counts);
}

const send = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  service.call('collection-point', 'POST', `/v1/batches?side=${path}`, body, headers);

/** A CSV that was answered, by the names of its columns. */
const readCsv = (text: string): Record<string, string>[] =>
  parse(text, { bom: true, columns: true });

t.test(
  'every template goes through a dry run without a fault, and nothing is written',
  async (t) => {
    const before = await countRows();
    let tried = 0;
    for (const format of ['csv', 'csv-two-columns', 'genemapper', 'codis-xml', 'json']) {
      for (const side of ['relatives', 'unknowns']) {
        const path = `/v1/templates/${format}?side=${side}`;
        const template = await service.call('collection-point', 'GET', path);
        t.equal(template.status, 200, path);
        t.match(template.headers.get('content-disposition'), /^attachment; filename="homeward-/);
        const { status, body } = await send(`${side}&dryRun=true`, template.body);
        t.match({ status, body }, { status: 200, body: { batchId: null, accepted: 2, refused: 0 } }, path); // prettier-ignore
        t.equal(body.format, format.replace('-two-columns', ''));
        t.ok(body.rows.every(({ caseId, notes }: any) => caseId === null && notes.length === 0));
        tried++;
      }
    }
    t.equal(tried, 10);
    t.same(await countRows(), before);
    const csv = await service.call('collection-point', 'GET', '/v1/templates/csv');
    t.match(await send('relatives', csv.body), { status: 201, body: { accepted: 2 } });
  },
);

t.test('a dry run says what the batch will come to', async (t) => {
  await send('relatives', relativesCsv([['P1f', 'F1', 'father', FATHER]]));
  const before = await countRows();
  const csv = relativesCsv([
    ['P1f', 'F1', 'father', FATHER],
    ['P1m', 'F1', 'mother', MOTHER],
    ['P2m', 'F2', 'mother', MOTHER],
    ['P3m', 'F2', 'mother', MOTHER],
  ]);
  const dry = await send('relatives&dryRun=true', csv);
  const again = await send('relatives&dryRun=true', csv);
  t.same(await countRows(), before);
  const real = await send('relatives', csv);
  t.match(real, { status: 201, body: { accepted: 2, unchanged: 1, refused: 1 } });
  const [, , opened] = real.body.rows;
  t.equal(dry.body.rows[2].caseId, null, 'a case that would be opened has no number');
  for (const { body } of [dry, again]) {
    t.same(
      body.rows,
      real.body.rows.map((row: any) => (row.caseId === opened.caseId ? { ...row, caseId: null } : row)), // prettier-ignore
    );
    t.equal(body.contentHash, real.body.contentHash);
  }
});

t.test('a laboratory sends a CODIS file, GeneMapper tables and Chinese CSV', async (t) => {
  const xml = { 'content-type': 'application/xml' };
  const codis = await send('unknowns', readText('fixtures/codis/nist-three.xml'), xml);
  t.match(codis, { status: 201, body: { format: 'codis-xml', encoding: 'utf-8', accepted: 1 } });
  t.same(
    codis.body.rows.map(({ row, outcome }: any) => [row, outcome]),
    [
      [1, 'refused'],
      [2, 'refused'],
      [3, 'accepted'],
    ],
    'relatives go to the other side',
  );
  const relatives = await send('relatives', readText('fixtures/codis/nist-three.xml'), xml);
  t.match(relatives.body, { accepted: 2, refused: 1 });
  const csv = await send('unknowns', readText('fixtures/codis/nist-three.csv').split('\n').filter((_, row) => row !== 1 && row !== 2).join('\n')); // prettier-ignore
  t.match(csv.body, { accepted: 0, unchanged: 1, refused: 0 }, 'the same person from another file');

  const table = 'Sample Name\tMarker\tAllele 1\tAllele 2\nG1\tTH01\t6\t9,3\nG1\tAMEL\tX\tY\n';
  const tabs = { 'content-type': 'text/tab-separated-values' };
  t.match((await send('unknowns', table, tabs)).body, { format: 'genemapper', accepted: 1 });

  const project = readText('fixtures/familias/family.fam');
  const familias = await send('relatives', project, { 'content-type': 'application/octet-stream' });
  t.match(familias.body, { format: 'familias', accepted: 2, refused: 0, rows: [{ row: 1 }, { row: 2 }] }); // prettier-ignore
  t.equal(new Set(familias.body.rows.map(({ caseId }: any) => caseId)).size, 1, 'one family');
  const wrongSide = await send('unknowns&dryRun=true', project);
  t.match(wrongSide.body, { accepted: 0, refused: 2 }, 'relatives are nobody of unknown origin');

  // "sample_id,TH01\n样本,9\n" in GBK
  const gbk = Buffer.from('73616d706c655f69642c544830310ad1f9b1be2c390a', 'hex');
  const found = await send('unknowns', gbk);
  t.match(found.body, { encoding: 'gb18030', accepted: 1, rows: [{ sampleId: '样本' }] });
  const said = await send('unknowns', gbk, { 'content-type': 'text/csv; charset=GBK' });
  t.match(said.body, { encoding: 'gb18030', unchanged: 1 }, 'read in another way, another batch');
  const lie = await send('unknowns', gbk, { 'content-type': 'text/csv; charset=utf-8' });
  t.match(lie, { status: 400, body: { code: 'ENCODING_UNKNOWN' } });
});

t.test('a suspect in a CODIS file refuses it whole', async (t) => {
  const xml = readText('fixtures/codis/nist-three.xml');
  const before = await countRows();
  for (const category of [
    'Suspect, Known',
    'Convicted Offender',
    'Arrestee',
    'Forensic, Unknown',
    'Anything',
  ]) {
    const bad = xml.replace('Biological Mother', category);
    for (const path of ['unknowns', 'relatives', 'unknowns&dryRun=true']) {
      const { status, body } = await send(path, bad);
      t.match({ status, body }, { status: 422, body: { code: 'SAMPLE_KIND_REFUSED', detail: /^Row 2: / } }); // prettier-ignore
    }
  }
  t.same(await countRows(), before);
});

t.test('what is compressed, or not what it is said to be, is refused', async (t) => {
  const csv = 'sample_id,TH01\nU1,9\n';
  const before = await countRows();
  const cases: [
    path: string,
    body: unknown,
    headers: Record<string, string>,
    status: number,
    code: string,
  ][] = [
    ['unknowns', csv, { 'content-encoding': 'gzip' }, 415, 'FILE_COMPRESSED'],
    ['unknowns', { rows: [] }, { 'content-encoding': 'br' }, 415, 'FILE_COMPRESSED'],
    ['unknowns', csv, { 'content-type': 'application/zip' }, 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['unknowns&format=json', csv, {}, 400, 'FORMAT_MISMATCH'],
    ['unknowns&format=csv', { rows: [] }, {}, 400, 'FORMAT_MISMATCH'],
    ['unknowns&format=codis-xml', csv, {}, 400, 'FORMAT_MISMATCH'],
    ['unknowns&format=xlsx', csv, {}, 400, 'REQUEST_INVALID'],
    ['unknowns&dryRun=perhaps', csv, {}, 400, 'REQUEST_INVALID'],
  ];
  for (const [path, body, headers, status, code] of cases) {
    t.match(await send(path, body, headers), { status, body: { code } }, `${path} ${code}`);
  }
  const folder = join(ROOT, 'fixtures/bad-files');
  const names = readdirSync(folder);
  for (const name of names) {
    const { status, body } = await send('unknowns&dryRun=true', readFileSync(join(folder, name)));
    t.ok(status === 200 ? body.refused > 0 : status < 500 && body.code && body.detail, `${name}: ${status}`); // prettier-ignore
    t.notMatch(JSON.stringify(body), /node_modules|\.ts:|\.js:|at \w+ \(/, name);
  }
  t.ok(names.length > 30);
  t.same(await countRows(), before);
});

t.test(
  'the report as CSV is the file with more columns, and can be mended and sent again',
  async (t) => {
    const csv = [
      'sample_id;comment;TH01_1;TH01_2;vWA',
      'Z1;"=cmd|\' /C calc\'!A0";6;9,3;15/16',
      'Z2;@x;6;z;15/16',
      'Z3;short',
      'Z4;fine;6;7;15/16;more',
      '=1+1;-1;6;7;15/16',
    ].join('\r\n');
    const { status, headers, body } = await send('unknowns', csv, { accept: 'text/csv, */*' });
    t.equal(status, 201);
    t.equal(headers.get('content-type'), 'text/csv; charset=utf-8');
    t.ok(body.startsWith('sample_id;comment;TH01_1;TH01_2;vWA;row;outcome;case_id;faults;notes\n'));
    t.notMatch(body, /(^|[;\n]"?)[=+@-]/, 'no cell is a formula');
    const rows = parse(body, {
      delimiter: ';',
      relax_column_count: true,
      from_line: 2,
    });
    t.same(
      rows.map((cells) => [cells[0], cells[4], cells[5], cells[6], cells[10]]),
      [
        ['Z1', '15/16', '2', 'accepted', undefined],
        ['Z2', '15/16', '3', 'refused', undefined],
        ['Z3', '', '4', 'refused', undefined],
        ['Z4', '15/16', '5', 'refused', 'more'],
        ["'=1+1", '15/16', '6', 'refused', undefined],
      ],
    );
    t.match(rows[1]![8], /^TH01_1: ALLELE_INVALID: not an allele of TH01/);
    t.match(rows[0]![7], /^HW-/);

    const mended = [body.split('\n')[0], ...body.split('\n').slice(1, 3)]
      .join('\n')
      .replace(';z;', ';8;');
    t.match((await send('unknowns', mended)).body, { accepted: 1, unchanged: 1, refused: 0 });

    const json = await send('unknowns', csv);
    t.equal(json.status, 201, 'rows were refused, so all of them are judged again');
    const path = `/v1/batches/${json.body.batchId}`;
    const stored = await service.call('collection-point', 'GET', path, undefined, { accept: 'text/csv' }); // prettier-ignore
    t.same(
      readCsv(stored.body).map(({ sample_id, row, outcome }) => [sample_id, row, outcome]),
      json.body.rows.map(({ sampleId, row, outcome }: any) => [sampleId === '=1+1' ? "'=1+1" : (sampleId ?? ''), String(row), outcome]), // prettier-ignore
    );
    t.notMatch(stored.body, /15.16/, 'genotypes are not in the receipt');
    const table = 'Sample Name\tMarker\tAllele 1\nU9\tTH01\t6\n';
    const other = await send('unknowns', table, { accept: 'text/csv' });
    t.match(readCsv(other.body), [{ sample_id: 'U9', row: '2', outcome: 'accepted', faults: '' }]);
  },
);
