import t from 'tap';
import { openPersonFile } from '../../src/formats/person-file.ts';
import { readText } from '../package.ts';
import { faultsIn, peopleOf, readFile } from './people.ts';

const CHINESE = 'sample_id,TH01\n样本一,"6,9.3"\n采血点-２,9\n';
/** `iconv -t GB18030` of the text above. */
const IN_GB18030 = Buffer.from(
  '73616d706c655f69642c544830310ad1f9b1bed2bb2c22362c392e33220ab2c9d1aab5e32da3b22c390a',
  'hex',
);
/** `iconv -t BIG5` of "sample_id,TH01\n樣本一,9\n". */
const IN_BIG5 = Buffer.from('73616d706c655f69642c544830310abccba5bba440' + '2c390a', 'hex');

t.test('the encoding is found by its mark, by its bytes, or is declared', async (t) => {
  const utf16 = Buffer.from(`\uFEFF${CHINESE}`, 'utf16le');
  const files: [bytes: Buffer, encoding: string][] = [
    [Buffer.from(CHINESE), 'utf-8'],
    [Buffer.from(`\uFEFF${CHINESE}`), 'utf-8'],
    [IN_GB18030, 'gb18030'],
    [utf16, 'utf-16le'],
    [Buffer.from(utf16).swap16(), 'utf-16be'],
  ];
  for (const [bytes, encoding] of files) {
    t.equal(openPersonFile(bytes).encoding, encoding);
    const people = await peopleOf(bytes);
    t.strictSame(
      people.map(({ sampleId }) => sampleId),
      ['样本一', '采血点-２'],
      encoding,
    );
  }
  const [person] = await peopleOf(IN_BIG5, { charset: 'Big5' });
  t.equal(person?.sampleId, '樣本一');
  const latin = Buffer.from('sample_id,TH01\nMüller,9\n', 'latin1');
  t.equal((await peopleOf(latin, { charset: 'ISO-8859-1' }))[0]?.sampleId, 'Müller');
});

t.test('a declaration that does not hold is an error', (t) => {
  const lies: [bytes: Buffer, charset: string][] = [
    [IN_GB18030, 'utf-8'],
    [Buffer.from('\uFEFFid,TH01\n', 'utf16le'), 'utf-8'],
    [Buffer.from(CHINESE), 'utf-16'],
    [Buffer.from([0x69, 0x64, 0x2c, 0xff, 0xff]), 'gbk'],
    [Buffer.from(CHINESE), 'klingon'],
  ];
  for (const [bytes, charset] of lies) {
    t.throws(() => openPersonFile(bytes, { charset }), { code: 'ENCODING_UNKNOWN' }, charset);
  }
  t.end();
});

t.test('the format is found, and one that is named must not be plainly another', async (t) => {
  const table = 'Sample Name\tMarker\tAllele 1\tAllele 2\nU1\tTH01\t6\t9.3\n';
  const xml = readText('fixtures/codis/nist-three.xml');
  const familias = readText('fixtures/familias/paternity.fam');
  for (const [text, format] of [
    [CHINESE, 'csv'],
    [CHINESE.replaceAll(',', '\t'), 'csv'],
    [table, 'genemapper'],
    [`"Sample File"\t"Sample Name"\t"Marker"\t"Allele 1"\n`, 'genemapper'],
    ['sample name,vWA\n', 'csv'],
    [xml, 'codis-xml'],
    [familias, 'familias'],
    [`\uFEFF${familias.replaceAll('\n', '\r\n')}`, 'familias'],
    [`\uFEFF\n${xml.slice(xml.indexOf('\n') + 1)}`, 'codis-xml'],
  ] as const) {
    t.equal(openPersonFile(Buffer.from(text)).format, format);
  }
  const mismatch = { code: 'FORMAT_MISMATCH' };
  t.throws(() => openPersonFile(Buffer.from(xml), { format: 'csv' }), mismatch);
  t.throws(() => openPersonFile(Buffer.from(CHINESE), { format: 'codis-xml' }), mismatch);
  t.throws(() => openPersonFile(Buffer.from(familias), { format: 'csv' }), mismatch);
  t.throws(() => openPersonFile(Buffer.from(CHINESE), { format: 'familias' }), {
    ...mismatch,
    message: /is not a Familias project/,
  });
  await t.rejects(readFile(CHINESE, { format: 'genemapper' }), { code: 'CSV_HEADER_INVALID' });
  await t.rejects(readFile(table, { format: 'csv' }), { code: 'CSV_HEADER_INVALID' });
});

t.test('GeneMapper: rows of a sample belong together wherever they stand', async (t) => {
  const table = [
    'Sample File\tSample Name\tPanel\tMarker\tDye\tAllele 1\tAllele 2\tAllele 3\tSize 1\tFamily\tRelation\tSex',
    'a.fsa\tR1\tP\tAMEL\tB\tX\tY\t\t100\tF1\tfather\tM',
    'b.fsa\tR2\tP\tTH01\tB\t7\t9,3\t\t100\tF1\tmother\t',
    'a.fsa\tR1\tP\tTH01\tB\t6\t\t\t100\t\t\t',
    'a.fsa\tR1\tP\tPENTA_D\tB\tOL\t12\t13\t100\t\t\t',
    'b.fsa\tR2\tP\tDYS391\tB\t10',
    'b.fsa\tR2\tP\tFGA',
    '',
  ];
  const people = await peopleOf(table.join('\r\n'));
  t.strictSame(
    people.map(({ profile, notes: _, ...rest }) => ({
      ...rest,
      profile: Object.fromEntries(profile),
    })),
    [
      { sampleId: 'R1', sex: 'male', family: 'F1', relation: 'father', amelogenin: { field: 'row 2', shows: 'male' }, profile: { TH01: ['6', '6'], 'Penta D': ['12', '13', 'OL'] } }, // prettier-ignore
      { sampleId: 'R2', sex: 'female', family: 'F1', relation: 'mother', amelogenin: null, profile: { TH01: ['7', '9.3'] } }, // prettier-ignore
    ],
  );
});

t.test('GeneMapper: ladders, controls and rows that disagree are refused', async (t) => {
  const table = [
    'Sample Name\tSample Type\tMarker\tAllele 1\tAllele 2\tFamily',
    'L\tAllelic Ladder\tTH01\t4\t5\t',
    'C\tPositive Control\tTH01\t8\t9.3\t',
    'R1\tSample\tTH01\t6\t7\tF1',
    'R1\tSample\tvWA\t16\t17\tF2',
    'R1\tSample\tFGA\t20\t21\tF2',
    'R2\tSample\tTH01\t6\t7\tF2',
  ];
  const outcomes = await readFile(table.join('\n'));
  t.strictSame(faultsIn(outcomes), [
    '2 Sample Type CONTROL_REFUSED',
    '3 Sample Type CONTROL_REFUSED',
    '4 family ROWS_DISAGREE',
  ]);
  t.match(outcomes.at(-1), { row: 7, person: { sampleId: 'R2', family: 'F2' } });
});

t.test(
  'CODIS: the XML says what a CSV of the same people says, which another program wrote',
  async (t) => {
    const fromXml = await peopleOf(readText('fixtures/codis/nist-three.xml'));
    const fromCsv = await peopleOf(readText('fixtures/codis/nist-three.csv'));
    t.equal(fromXml.length, 3);
    t.strictSame(
      fromXml.map(({ sampleId, profile }) => [sampleId, profile]),
      fromCsv.map(({ sampleId, profile }) => [sampleId, profile]),
    );
    t.ok(fromXml.every(({ profile }) => profile.size >= 20));
    t.strictSame(
      fromXml.map(({ sex, family, relation }) => [sex, family, relation]),
      [
        ['male', 'TEST-001', 'father'],
        ['female', 'TEST-002', 'mother'],
        ['unknown', null, null],
      ],
    );
  },
);

t.test(
  'CODIS: prefixes, CDATA, comments, partial profiles and elements of no interest',
  async (t) => {
    const xml = `<?xml version="1.0" encoding="GB2312"?>
<c:CODISImportFile xmlns:c="urn:CODISImportFile-schema" xmlns:o="urn:other">
<!-- <c:SPECIMEN/> --><c:KIT>PowerPlex</c:KIT>
<c:SPECIMEN CASEID="F&#49;" PARTIAL="true">
  <c:SPECIMENID> <![CDATA[样本]]>1 </c:SPECIMENID><o:SPECIMENID>no</o:SPECIMENID>
  <c:SPECIMENCATEGORY>Biological Sibling</c:SPECIMENCATEGORY>
  <c:SPECIMENCOMMENT>${'long '.repeat(200)}</c:SPECIMENCOMMENT>
  <c:LOCUS KIT="x"><c:LOCUSNAME>Amelogenin</c:LOCUSNAME><c:ALLELE><c:ALLELEVALUE>X</c:ALLELEVALUE></c:ALLELE></c:LOCUS>
  <c:LOCUS><c:LOCUSNAME>THO1</c:LOCUSNAME><c:ALLELE><c:ALLELEVALUE>9.3</c:ALLELEVALUE></c:ALLELE></c:LOCUS>
</c:SPECIMEN></c:CODISImportFile>`;
    const bytes = Buffer.concat(
      xml
        .split('样本')
        .flatMap((part, place) => [
          ...(place === 0 ? [] : [Buffer.from('d1f9b1be', 'hex')]),
          Buffer.from(part),
        ]),
    );
    const [outcome] = await readFile(bytes);
    t.match(outcome, {
      row: 1,
      person: {
        sampleId: '样本1',
        family: 'F1',
        relation: 'sibling',
        notes: [{ field: 'PARTIAL' }],
      },
    });
    const [person] = await peopleOf(bytes);
    t.strictSame([...person!.profile], [['TH01', ['9.3', '9.3']]]);
  },
);
