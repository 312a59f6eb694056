import fc from 'fast-check';
import t from 'tap';
import { writeFamiliasProject } from '../../src/formats/familias-fam-writer.ts';
import type { FamiliasLocus, FamiliasPerson } from '../../src/formats/familias-project.ts';
import type { Relation } from '../../src/formats/relation.ts';
import type { PersonRow, RowOutcome } from '../../src/formats/row.ts';
import { isOnLadder, type PedigreeMember } from '../../src/kinship/index.ts';
import { readText } from '../package.ts';
import { faultsIn, peopleOf, peopleWith, plain, readFile } from './people.ts';

type Drawn = Pick<PedigreeMember, 'id' | 'father' | 'mother'>;

/**
 * Where each relation is drawn, with C the missing child, F and M the parents. Written by hand, so that it does not
 * follow how relations are found: who they are, their parents, and what they change of others.
 */
const DRAWINGS: Readonly<Record<Relation, { is?: string; parents?: [string, string] }>> = {
  father: { is: 'F' },
  mother: { is: 'M' },
  sibling: { parents: ['F', 'M'] },
  'paternal-half-sibling': { parents: ['F', ''] },
  'maternal-half-sibling': { parents: ['', 'M'] },
  'paternal-grandfather': { is: 'FF' },
  'paternal-grandmother': { is: 'FM' },
  'maternal-grandfather': { is: 'MF' },
  'maternal-grandmother': { is: 'MM' },
  'paternal-uncle': { parents: ['FF', 'FM'] },
  'paternal-aunt': { parents: ['FF', 'FM'] },
  'maternal-uncle': { parents: ['MF', 'MM'] },
  'maternal-aunt': { parents: ['MF', 'MM'] },
};

/** The family of a child as a project; untyped relatives are extras, so that only the child has a name. */
function writeFamily(family: string, relatives: readonly PersonRow[]): string {
  const named = new Map<string, string>([['C', 'missing']]);
  for (const { sampleId, relation } of relatives) {
    const place = DRAWINGS[relation!].is;
    if (place !== undefined) named.set(place, sampleId);
  }
  const males = ['F', 'FF', 'MF'].filter((place) => !named.has(place));
  const females = ['M', 'FM', 'MM'].filter((place) => !named.has(place));
  males.forEach((place, nth) => named.set(place, `Extra male ${nth + 1}`));
  females.forEach((place, nth) => named.set(place, `Extra female ${nth + 1}`));
  const of = (place: string): string | null => named.get(place) ?? null;
  const core: Record<string, [string, string]> = {
    C: ['F', 'M'],
    F: ['FF', 'FM'],
    M: ['MF', 'MM'],
  };
  const drawn = (place: string): Drawn => {
    const [father = '', mother = ''] = core[place] ?? [];
    return { id: of(place)!, father: of(father), mother: of(mother) };
  };
  const people = relatives.map((person) => ({ person, sex: person.sex === 'female' ? 'female' : 'male' }) as const); // prettier-ignore
  const members: PedigreeMember[] = [
    ...people.map(({ person, sex }) => {
      const { is, parents = ['', ''] } = DRAWINGS[person.relation!];
      if (is !== undefined) return { ...drawn(is), sex };
      return { id: person.sampleId, father: of(parents[0]), mother: of(parents[1]), sex };
    }),
    { ...drawn('C'), sex: 'male' },
    ...females.map((place) => ({ ...drawn(place), sex: 'female' as const })),
    ...males.map((place) => ({ ...drawn(place), sex: 'male' as const })),
  ];
  return writeFamiliasProject({
    people: [
      ...people.map(({ person, sex }) => typedPerson(person, sex)),
      { id: 'missing', sex: 'male', considersDropOut: false, genotypes: new Map() },
    ],
    pedigrees: [{ name: family, members }],
    loci: lociOf(relatives),
    theta: 0,
    databaseName: null,
  });
}

function typedPerson({ sampleId, profile }: PersonRow, sex: 'male' | 'female'): FamiliasPerson {
  const genotypes = [...profile].map(([locus, [a, b]]) => [locus, [a!, b!]] as const);
  return { id: sampleId, sex, considersDropOut: false, genotypes: new Map(genotypes) };
}

/** Every allele that somebody shows, at any frequency. */
function lociOf(people: readonly PersonRow[]): FamiliasLocus[] {
  const alleles = new Map<string, Set<string>>();
  for (const { profile } of people) {
    for (const [locus, genotype] of profile) {
      alleles.set(locus, new Set([...(alleles.get(locus) ?? []), ...genotype]));
    }
  }
  const none = { model: 'none', stabilisation: 'none', rate: 0, rate2: 0, range: 0.1 } as const;
  return [...alleles].map(([name, labels]) => ({
    ...{ name, male: none, female: none, silentFrequency: 0, dropOut: 0, minimumFrequency: 0 },
    databaseSize: 100,
    frequencies: new Map([...labels].map((label) => [label, 1 / labels.size])),
  }));
}

/** Two alleles with a size at every locus: more, and others, Familias does not hold. */
function isHoldable({ profile }: PersonRow): boolean {
  return [...profile.values()].every((genotype) => genotype.length === 2 && genotype.every(isOnLadder)); // prettier-ignore
}

/** One family; of parents and grandparents one each. */
const families = fc
  .tuple(fc.stringMatching(/^F-[0-9]{4}$/), peopleWith(Object.keys(DRAWINGS) as Relation[]))
  .map(([family, people]) => {
    const taken = new Set<string>();
    const relatives = people.filter(({ sampleId, relation }) => {
      const { is } = DRAWINGS[relation!];
      if (sampleId === 'missing' || (is !== undefined && taken.has(is))) return false;
      if (is !== undefined) taken.add(is);
      return true;
    });
    return { family, relatives: relatives.filter(isHoldable).map((one) => ({ ...one, family })) };
  })
  .filter(({ relatives }) => relatives.length > 0);

t.test('whatever family is drawn, it is read again', async (t) => {
  const relations = new Set<Relation>();
  const property = fc.asyncProperty(families, async ({ family, relatives }) => {
    for (const { relation } of relatives) relations.add(relation!);
    const read = await peopleOf(writeFamily(family, relatives));
    // Familias knows men and women alone.
    const sexed = relatives.map((one) => ({ ...plain(one), sex: one.sex === 'female' ? 'female' : 'male' })); // prettier-ignore
    t.strictSame(read, sexed);
  });
  await fc.assert(property, { numRuns: 100 });
  t.equal(relations.size, Object.keys(DRAWINGS).length, 'every relation was among them');
});

const PATERNITY = readText('fixtures/familias/paternity.fam');

const mother = (await peopleOf('sample_id,family,relation,TH01\nR1,F-1,mother,"6,7"\n'))[0]!;
const FAMILY = writeFamily('F-1', [mother]);

/** A project of people of whom those with `*` are typed, each written `name father mother`; women by `♀`. */
function writeDrawing(...drawn: readonly string[]): string {
  const members = drawn.map((line) => {
    const [id = '', father = '-', mother = '-'] = line.replace(/[*♀]/g, '').split(' ');
    const of = (parent: string): string | null => (parent === '-' ? null : parent);
    const sex = line.includes('♀') ? ('female' as const) : ('male' as const);
    return { id, father: of(father), mother: of(mother), sex, isTyped: line.includes('*') };
  });
  return writeFamiliasProject({
    people: members.map(({ id, sex, isTyped }) =>
      isTyped
        ? typedPerson({ ...mother, sampleId: id }, sex)
        : { id, sex, considersDropOut: false, genotypes: new Map() },
    ),
    pedigrees: [{ name: 'F-1', members }],
    ...{ loci: lociOf([mother]), theta: 0, databaseName: null },
  });
}

t.test('people are placed by the only pedigree, and nobody by a guess', async (t) => {
  // Two pedigrees, which differ: which of them holds is what Familias was asked.
  t.strictSame(faultsIn(await readFile(PATERNITY)), ['1 family FAMILY_UNCLEAR', '3 family FAMILY_UNCLEAR']); // prettier-ignore
  t.match(await readFile(FAMILY), [{ row: 1, person: { family: 'F-1', relation: 'mother', sex: 'female' } }]); // prettier-ignore
  for (const name of ['Ped 1', 'Pedigree 1', 'pedigree1', 'H1', 'Known relations', 'he is it']) {
    const outcomes = await readFile(FAMILY.replace('"F-1"', `"${name}"`));
    t.strictSame(faultsIn(outcomes), ['1 family FAMILY_UNCLEAR'], name);
    t.match(outcomes, [{ faults: [{ message: /name the pedigree by the family's code/ }] }]);
    t.notMatch(JSON.stringify(outcomes), name, 'what stands in the file is not told');
  }
});

t.test(
  'the missing child is the one untyped person whom somebody typed is related to',
  async (t) => {
    const unclear = (row: number) => `${row} relation RELATION_UNCLEAR`;
    const cases: [drawn: string[], faults: string[]][] = [
      [['Child F M', '*F', '♀M'], []],
      [
        ['*Typed F M', '*F', '♀M'],
        [unclear(1), unclear(2)],
      ],
      // The father's father is the grandfather of the child, and the father of one who may be missing as well.
      [['Child F -', 'F FF -', '*FF'], [unclear(3)]],
      [['Child F M', 'Other F M', '*F', '♀M'], [unclear(3)]],
      // A half-brother's father and the child's own child are nothing to the child.
      [
        ['Child F M', '*F', '*♀M', '*Step', '*Later Step M', '*Grown Child -'],
        [unclear(4), unclear(6)],
      ],
      // Father and grandfather at once.
      [['Child F D', '*F', '♀D F -'], [unclear(2)]],
    ];
    for (const [drawn, faults] of cases) {
      t.strictSame(faultsIn(await readFile(writeDrawing(...drawn))), faults, drawn.join(', '));
    }
    const alone = await peopleOf(writeDrawing('Child F -', '*F', '*Nobody', '*♀Hers'));
    t.strictSame(
      alone.map(({ sampleId, family, relation, sex }) => [sampleId, family, relation, sex]),
      [
        ['F', 'F-1', 'father', 'male'],
        ['Nobody', null, null, 'male'],
        ['Hers', null, null, 'female'],
      ],
      'who has no relatives there is sent as somebody of unknown origin',
    );
  },
);

t.test('what was not read of a project is noted, and drop-out too', async (t) => {
  const dropped = FAMILY.replace('\n-1\n', '\n-1 (Consider dropouts)\n');
  const noted = await readFile(`${dropped}[DVI]\n0\n`);
  t.strictSame(notesOf(noted).map(({ field }) => field), ['Consider dropouts', '[DVI]']); // prettier-ignore
});

function notesOf(outcomes: readonly RowOutcome[]): PersonRow['notes'] {
  return outcomes.flatMap((outcome) => ('person' in outcome ? outcome.person.notes : []));
}
