import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { readFamiliasProject } from '../../src/formats/familias-fam.ts';
import { type FamiliasPedigree, nameExtras } from '../../src/formats/familias-project.ts';
import {
  type AlleleLabel,
  type Locus,
  makeLocusFrequencies,
  mutationMatrix,
} from '../../src/kinship/index.ts';
import { readText, ROOT } from '../package.ts';

const fixture = (name: string): string => readText(`fixtures/familias/${name}`);
const PATERNITY = fixture('paternity.fam');

/** The file with one line changed; lines count from 1. */
function change(line: number, to: string, text = PATERNITY): string {
  const lines = text.split('\n');
  if (lines[line - 1] === undefined) throw new Error(`no line ${line}`);
  lines[line - 1] = to;
  return lines.join('\n');
}

t.test('a paternity case gives people, hypotheses and loci as they are written', (t) => {
  const { project, passedOver } = readFamiliasProject(PATERNITY);
  t.strictSame(
    project.people.map(({ genotypes, ...person }) => [person, Object.fromEntries(genotypes)]),
    [
      [
        { id: 'Man', sex: 'male', considersDropOut: false },
        { D3S1358: ['14', '15'], TH01: ['9.3', '9.3'] },
      ],
      [{ id: 'Mother', sex: 'female', considersDropOut: false }, {}],
      [
        { id: 'Child', sex: 'female', considersDropOut: false },
        { D3S1358: ['14', '16'], TH01: ['6', '9.3'] },
      ],
    ],
  );
  const founders = [
    { id: 'Man', father: null, mother: null, sex: 'male' },
    { id: 'Mother', father: null, mother: null, sex: 'female' },
  ];
  t.strictSame(project.pedigrees, [
    {
      name: 'He is the father',
      members: [...founders, { id: 'Child', father: 'Man', mother: 'Mother', sex: 'female' }],
    },
    {
      name: 'He is unrelated',
      members: [...founders, { id: 'Child', father: null, mother: 'Mother', sex: 'female' }],
    },
  ]);
  const [d3, th01] = project.loci;
  const extended = { model: 'stepwise-extended', stabilisation: 'none', rate2: 1e-6, range: 0.1 };
  t.match(d3, { name: 'D3S1358', databaseSize: 600, silentFrequency: 0, dropOut: 0 });
  t.strictSame(d3!.female, { ...extended, rate: 0.001 });
  t.strictSame(d3!.male, { ...extended, rate: 0.002 });
  t.strictSame(
    [...d3!.frequencies],
    [
      ['13', 0.15],
      ['14', 0.1],
      ['15', 0.3],
      ['16', 0.25],
      ['17', 0.2],
    ],
  );
  const none = { model: 'none', stabilisation: 'none', rate: 0, rate2: 0, range: 0.1 };
  t.strictSame([th01!.female, th01!.male], [none, none]);
  t.match(project, { theta: 0, databaseName: 'Round figures' });
  t.strictSame(passedOver, ['Advanced']);
  t.end();
});

t.test('extra people, known relations, silent alleles and the other models are read', (t) => {
  const { project, passedOver } = readFamiliasProject(fixture('everything.fam'));
  const [grandchild, unrelated] = project.pedigrees;
  const kinOf = ({ members }: FamiliasPedigree) =>
    members.map(({ id, father, mother }) => [id, father, mother]);
  t.strictSame(kinOf(grandchild!), [
    ['Grandmother', null, null],
    ['Bone 7', 'Extra male 1', 'Extra female 2'],
    ['Brother', 'Extra male 1', 'Extra female 1'],
    ['Extra female 1', null, null],
    ['Extra female 2', null, null],
    ['Extra male 1', null, 'Grandmother'],
  ]);
  t.equal(unrelated!.name, 'Unrelated');
  t.strictSame(kinOf(unrelated!)[2], ['Brother', 'Extra male 1', 'Extra female 1']);
  const models = project.loci.map(({ female, male }) =>
    [female, male].map(({ model, stabilisation }) => `${model} ${stabilisation}`),
  );
  t.strictSame(models, [
    ['stepwise none', 'stepwise PM'],
    ['proportional none', 'stepwise-extended none'],
    ['equal none', 'none none'],
    ['stepwise-extended none', 'proportional none'],
  ]);
  const [vwa, , se33] = project.loci;
  t.match(vwa, { silentFrequency: 0.01, dropOut: 0.05, minimumFrequency: 0.001 });
  t.match(vwa, { female: { rate: 0.0005, range: 0.1 }, male: { rate: 0.002, range: 0.2 } });
  t.strictSame([...se33!.frequencies.values()], [0.4, 0.6]);
  t.equal(se33!.databaseSize, null);
  t.strictSame(
    project.people.map(({ considersDropOut }) => considersDropOut),
    [false, true, false],
  );
  t.match(project, { theta: 0.01, databaseName: null });
  t.strictSame(passedOver, ['DVI', 'Prior', 'Advanced']);
  t.end();
});

t.test('line ends, a byte order mark and what follows the database change nothing', (t) => {
  for (const name of readdirSync(join(ROOT, 'fixtures/familias')).filter((file) =>
    file.endsWith('.fam'),
  )) {
    const text = fixture(name);
    const { project } = readFamiliasProject(text);
    for (const same of [
      `\uFEFF${text.replaceAll('\n', '\r\n')}`,
      text.slice(0, text.indexOf('\n[')),
      text.replace('\n[', '\n\n\n[Anything]\nat= all\n['),
    ]) {
      t.strictSame(readFamiliasProject(same).project, project, name);
    }
  }
  t.end();
});

t.test('known relations without a pedigree are a pedigree of that name', (t) => {
  const lines = PATERNITY.split('\n');
  const at = lines.indexOf('"Known relations"');
  const database = lines.findIndex((line) => line.includes('Theta'));
  const withRelation = [...lines.slice(0, at + 1), '0', '0', '1', '0', '2', '0', ...lines.slice(database)]; // prettier-ignore
  const { pedigrees } = readFamiliasProject(withRelation.join('\n')).project;
  t.match(pedigrees, [{ name: 'Known relations', members: [{}, {}, { father: 'Man' }] }]);
  const without = [...lines.slice(0, at + 1), '0', '0', '0', '0', ...lines.slice(database)];
  t.strictSame(readFamiliasProject(without.join('\n')).project.pedigrees, []);
  t.end();
});

t.test('what is not understood is refused with its line and what was expected', (t) => {
  const at = (content: string): number => PATERNITY.split('\n').indexOf(content) + 1;
  const theta = PATERNITY.split('\n').findIndex((line) => line.includes('Theta')) + 1;
  const locus = at('"D3S1358"');
  const refused: readonly (readonly [line: number, content: string, expected: RegExp])[] = [
    [1, '1 1 0 0 2 -9', /Output from Familias/],
    [1, '"something else"', /Output from Familias/],
    [3, '3.1.9 (DVI)', /version, 3\.2 or newer/],
    [3, '2.0', /version/],
    [5, '-1', /number of people, a whole number/],
    [5, '10001', /0 to 10000/],
    [5, '1e3', /number of people/],
    [5, '9999', /of which the file holds fewer/],
    [6, 'Man', /name of a person, in quotes/],
    [6, '"Ma"n"', /in quotes/],
    [6, '""', /not empty/],
    [7, '#true#', /#TRUE# or #FALSE#/],
    [8, '-2', /year of birth/],
    [11, '9999', /fewer/],
    [12, '-1', /place of an allele/],
    [12, '5', /place of an allele at its locus/],
    [14, '2', /place of a locus in the database/],
    [17, '0', /a locus once for each person/],
    [18, '"Man"', /not used before/],
    [at('"Known relations"'), '"Relations"', /Known relations/],
    [at('"Known relations"') + 1, '1000000000', /0 to 1000/],
    [at('"He is the father"') - 1, '2', /place of the pedigree/],
    [at('"He is unrelated"') - 1, '0', /a place that no pedigree before has/],
    [at('"He is the father"') + 4, '0 (Direct/Identity)', /two people are one/],
    [at('"He is the father"') + 4, '3', /place of a parent/],
    [theta, '#TRUE# (#Databases: 1 ;Theta/Kinship/Fst: 0 )', /without computed probabilities/],
    [theta, '#FALSE# (#Databases: 2 ;Theta/Kinship/Fst: 0 )', /one database/],
    [theta, '#FALSE# (#Databases: 1 ;Theta/Kinship/Fst: 1 )', /theta/],
    [theta, '#FALSE# (#Databases: 1 ;Theta/Kinship/Fst: NaN )', /theta/],
    [locus + 1, '1.5', /a mutation rate, a number from 0 to 1/],
    [locus + 1, '0x1', /a mutation rate/],
    [locus + 3, '5', /mutation model, a whole number from 0 to 4/],
    [locus + 5, '6', /as many alleles as before/],
    [locus + 11, '0.1', /0 where there is none/],
    [locus + 12, '5 (Colour = red )', /DatabaseSize/],
    [locus + 12, '0', /a locus with an allele/],
    [locus + 12, '5 (DatabaseSize = 0 )', /DatabaseSize of at least 1/],
    [locus + 12, '5 (Dropout probability = 1 )', /Dropout probability from 0 to below 1/],
    [locus + 14, '0', /frequency above 0/],
    [locus + 14, '-0.1', /frequency of an allele/],
    [locus + 15, '"13"', /name of an allele, not empty and not used before/],
    [at('"TH01"'), '"D3S1358"', /name of a locus/],
    [at('[Advanced]'), '"12"', /end of the database/],
  ];
  for (const [line, content, expected] of refused) {
    const what = `${line}: ${content}`;
    try {
      readFamiliasProject(change(line, content));
      t.fail(`not refused: ${what}`);
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      t.equal(code, 'CASE_INVALID', what);
      t.match(message, expected, what);
      // What does not fit may show one or a few lines later, never before.
      const told = Number(/^line (\d+):/.exec(message)?.[1]);
      t.ok(told >= line && told <= line + 13, `${what}: ${message}`);
    }
  }
  t.end();
});

t.test('a mutation model that programs read differently, or that has no range, is refused', (t) => {
  const line = PATERNITY.split('\n').indexOf('"D3S1358"') + 1;
  const stepwise = change(line + 3, '2');
  t.throws(() => readFamiliasProject(stepwise), { message: /second mutation rate of 0/ });
  t.throws(() => readFamiliasProject(change(line + 6, '0')), { message: /range between 0 and 1/ });
  t.throws(() => readFamiliasProject(change(line + 8, '1')), { message: /their sum/ });
  t.end();
});

t.test('two fathers and a person who is their own ancestor are refused', (t) => {
  const at = PATERNITY.split('\n').indexOf('"He is the father"') + 1;
  const own = change(at + 5, '0');
  t.throws(() => readFamiliasProject(own), { message: /their own ancestor/ });
  const secondMan = change(22, '#TRUE#');
  t.throws(() => readFamiliasProject(secondMan), { message: /one father and one mother/ });
  t.end();
});

t.test('a text cut anywhere, or with any byte changed, is read or refused, nothing else', (t) => {
  const outcomes = { read: 0, refused: 0 };
  const attempt = (text: string): void => {
    try {
      readFamiliasProject(text);
      outcomes.read++;
    } catch (error) {
      if ((error as { code?: string }).code !== 'CASE_INVALID') throw error;
      outcomes.refused++;
    }
  };
  for (let length = 0; length < PATERNITY.length; length += 7) attempt(PATERNITY.slice(0, length));
  const place = fc.nat(PATERNITY.length - 1);
  fc.assert(
    fc.property(place, fc.constantFrom('9', '-', '"', '\n', '', 'e99', '.'), (at, by) => {
      attempt(`${PATERNITY.slice(0, at)}${by}${PATERNITY.slice(at + 1)}`);
    }),
    { numRuns: 1000 },
  );
  t.ok(outcomes.read > 50 && outcomes.refused > 300, JSON.stringify(outcomes));
  t.end();
});

t.test('what is too large is refused before it is read', (t) => {
  const long = 'x'.repeat(64 * 2 ** 20 + 1);
  t.throws(() => readFamiliasProject(long), { message: /longer than 67108864 characters/ });
  const line = PATERNITY.split('\n').indexOf('"He is the father"') + 1;
  const many = change(line - 2, '9999');
  t.throws(() => readFamiliasProject(many), { message: /of which the file holds fewer/ });
  t.end();
});

t.test('messages tell no names', (t) => {
  for (const [line, content] of [
    [18, '"Man"'],
    [6, '"Ma"n"'],
    [12, '5'],
  ] as const) {
    t.throws(() => readFamiliasProject(change(line, content)), { message: /^(?!.*Man).*$/ });
  }
  t.end();
});

t.test('an extra person is named apart from people who have such a name', (t) => {
  const taken = new Set(['Extra female 1', 'Extra female 1*', 'Extra male 2']);
  t.strictSame(
    nameExtras(2, 2, taken).map(({ id }) => id),
    ['Extra female 1**', 'Extra female 2', 'Extra male 1', 'Extra male 2*'],
  );
  t.end();
});

t.test('model 3 of Familias is the PM-stabilised stepwise model where no size is missing', (t) => {
  // The formula of model 3 stands in the sources of Familias 2; docs/formats/familias.md.
  const entry = (n: number, rate: number, r: number, p: number, steps: number): number =>
    ((rate * (1 - r) ** 2) / (2 * r * (n - r * n - 1 + r ** n)) / p) * r ** steps;
  let compared = 0;
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 5, max: 100 }), { minLength: 2, maxLength: 12 }),
      fc.double({ min: 0.05, max: 0.9, noNaN: true }),
      (weights, range) => {
        const sum = weights.reduce((total, weight) => total + weight, 0);
        const table = makeLocusFrequencies(
          'vWA' as Locus,
          weights.map((weight, at) => [`${10 + at}` as AlleleLabel, weight / sum]),
          null,
        );
        const rates = { rate: 0.002, rate2: 0, range };
        const { size, values } = mutationMatrix(
          { model: 'stepwise', stabilisation: 'PM', male: rates, female: rates },
          'male',
          table,
        );
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < size; j++) {
            if (i === j) continue;
            const expected = entry(size, 0.002, range, table.frequencies[i]!, Math.abs(i - j));
            assert.ok(Math.abs(values[i * size + j]! / expected - 1) < 1e-10);
            compared++;
          }
        }
      },
    ),
    { numRuns: 100 },
  );
  t.ok(compared > 1000, `${compared} entries`);
  t.end();
});
