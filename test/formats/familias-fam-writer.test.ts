import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { writeFamiliasProject } from '../../src/formats/familias-fam-writer.ts';
import { readFamiliasProject } from '../../src/formats/familias-fam.ts';
import {
  type FamiliasLocus,
  type FamiliasMutation,
  type FamiliasPedigree,
  type FamiliasPerson,
  type FamiliasProject,
  nameExtras,
} from '../../src/formats/familias-project.ts';
import { readText } from '../package.ts';

const PATERNITY = readText('fixtures/familias/paternity.fam');

const share = fc.oneof(
  fc.constantFrom(0, 0.1, 1e-6, 5e-324, 0.30000000000000004, 1 / 3),
  fc.double({ min: 0, max: 0.999, noNaN: true }),
);
const positive = fc.oneof(fc.double({ min: 5e-324, max: 1, noNaN: true }), fc.constant(1 / 3));
const label = fc.string({ unit: 'grapheme', maxLength: 12 }).map((s) => s.replace(/["\r\n]/g, ''));
const names = (maxLength: number) =>
  fc.uniqueArray(
    label.filter((name) => name !== ''),
    { maxLength },
  );

const mutation: fc.Arbitrary<FamiliasMutation> = fc
  .record({
    kind: fc.constantFrom(
      ...(['none none', 'equal none', 'proportional none'] as const),
      ...(['stepwise none', 'stepwise PM', 'stepwise-extended none'] as const),
    ),
    rate: positive,
    rate2: share,
    range: positive.filter((range) => range < 1),
  })
  .map(({ kind, rate, rate2, range }) => {
    const [model, stabilisation] = kind.split(' ') as [FamiliasMutation['model'], 'none' | 'PM'];
    const stated = { model, stabilisation, range };
    if (model === 'none') return { ...stated, rate: 0, rate2 };
    if (model === 'stepwise') return { ...stated, rate, rate2: 0 };
    return { ...stated, rate, rate2: rate + rate2 <= 1 ? rate2 : 0 };
  });

const locusOf = (name: string): fc.Arbitrary<FamiliasLocus> =>
  fc.record({
    name: fc.constant(name),
    frequencies: names(5)
      .filter((alleles) => alleles.length > 0)
      .chain((alleles) =>
        fc.tuple(...alleles.map((allele) => fc.tuple(fc.constant(allele), positive))),
      ) // prettier-ignore
      .map((entries) => new Map(entries)),
    male: mutation,
    female: mutation,
    silentFrequency: share,
    dropOut: share,
    minimumFrequency: share,
    databaseSize: fc.integer({ min: 1, max: 999_999_999 }),
  });

const personOf = (id: string, loci: readonly FamiliasLocus[]): fc.Arbitrary<FamiliasPerson> =>
  fc
    .record({
      id: fc.constant(id),
      sex: fc.constantFrom('male' as const, 'female'),
      considersDropOut: fc.boolean(),
      genotypes: fc
        .tuple(
          ...loci.map(({ name, frequencies }) => {
            const allele = fc.constantFrom(...frequencies.keys());
            return fc.option(fc.tuple(fc.constant(name), fc.tuple(allele, allele)));
          }),
        )
        .map((typed) => new Map(typed.filter((genotype) => genotype !== null))),
    })
    .map((person) => ({
      ...person,
      considersDropOut: person.considersDropOut && person.genotypes.size > 0,
    }));

/** Everybody and some extra people; parents are drawn from those who stand earlier in `order`. */
const pedigreeOf = (people: readonly FamiliasPerson[]): fc.Arbitrary<FamiliasPedigree> =>
  fc
    .tuple(label, fc.nat(2), fc.nat(2), fc.array(fc.nat(), { minLength: 40, maxLength: 40 }))
    .map(([name, females, males, draws]) => {
      const extras = nameExtras(females, males, new Set(people.map(({ id }) => id)));
      const everybody = [...people, ...extras].map(({ id, sex }) => ({ id, sex }));
      const order = new Map(everybody.map(({ id }, at) => [id, draws[at]!]));
      const members = everybody.map(({ id, sex }, at) => {
        const parent = (wanted: string, draw: number): string | null => {
          const older = everybody.filter(
            (one) => one.sex === wanted && order.get(one.id)! < order.get(id)!,
          );
          return older[draw % (older.length + 1)]?.id ?? null;
        };
        const [first, second] = [draws[12 + at]!, draws[24 + at]!];
        return { id, father: parent('male', first), mother: parent('female', second), sex };
      });
      return { name, members };
    });

const projects: fc.Arbitrary<FamiliasProject> = names(4)
  .chain((loci) => fc.tuple(...loci.map(locusOf)))
  .chain((loci) => fc.record({ loci: fc.constant(loci), ids: names(5) }))
  .chain(({ loci, ids }) =>
    fc.record({
      loci: fc.constant(loci),
      people: fc.tuple(...ids.map((id) => personOf(id, loci))),
    }),
  )
  .chain(({ loci, people }) =>
    fc.record({
      loci: fc.constant(loci),
      people: fc.constant(people),
      pedigrees: fc.array(pedigreeOf(people), { maxLength: 3 }),
      theta: share,
      databaseName: fc.option(label),
    }),
  );

/** A Map compares without its order; here the order counts, too. */
function spell(project: FamiliasProject): unknown {
  return {
    ...project,
    people: project.people.map((person) => ({ ...person, genotypes: [...person.genotypes] })),
    loci: project.loci.map((locus) => ({ ...locus, frequencies: [...locus.frequencies] })),
  };
}

t.test('every project comes back as it was written, to the last digit', (t) => {
  let [genotypes, relations, extras] = [0, 0, 0];
  fc.assert(
    fc.property(projects, (project) => {
      const { project: back, passedOver } = readFamiliasProject(writeFamiliasProject(project));
      assert.deepEqual(spell(back), spell(project));
      assert.deepEqual(passedOver, []);
      for (const person of project.people) genotypes += person.genotypes.size;
      for (const { members } of project.pedigrees) {
        extras += members.length - project.people.length;
        relations += members.filter(({ father, mother }) => father ?? mother).length;
      }
    }),
    { numRuns: 300 },
  );
  const counts = { genotypes, relations, extras };
  t.ok(Math.min(genotypes, relations, extras) > 100, JSON.stringify(counts));
  t.end();
});

t.test('a file written from a file differs from it in the remark and in how zeros look', (t) => {
  const { project } = readFamiliasProject(PATERNITY);
  const [before, after] = [PATERNITY, writeFamiliasProject(project)].map((s) => s.split('\n'));
  const different = after!.filter((line, at) => {
    const was = before![at]!;
    return line !== was && Number(line) !== Number(was);
  });
  t.strictSame(different, ['"Written by Homeward"', '']);
  t.equal(after!.length - 1, before!.indexOf('[Advanced]'));
  t.end();
});

t.test('numbers are written without an exponent', (t) => {
  const { project } = readFamiliasProject(PATERNITY);
  const written = writeFamiliasProject({ ...project, theta: 1.25e-9 });
  t.match(written, /Fst: 0\.00000000125 \)/);
  t.notMatch(written, /^[\d.]+e/m);
  t.end();
});

t.test('what Familias cannot hold is refused with what to do', (t) => {
  const { project } = readFamiliasProject(PATERNITY);
  const [d3, th01] = project.loci as [FamiliasLocus, FamiliasLocus];
  const [man, mother, child] = project.people as [FamiliasPerson, FamiliasPerson, FamiliasPerson];
  const [father] = project.pedigrees as [FamiliasPedigree];
  const withMan = (change: Partial<FamiliasPerson>) => ({ people: [{ ...man, ...change }, mother, child] }); // prettier-ignore
  const withD3 = (change: Partial<FamiliasLocus>) => ({ loci: [{ ...d3, ...change }, th01] });
  const withMale = (change: Partial<FamiliasMutation>) => withD3({ male: { ...d3.male, ...change } }); // prettier-ignore
  const withMembers = (members: FamiliasPedigree['members']) => ({ pedigrees: [{ name: '', members }] }); // prettier-ignore
  const aunt = { id: 'Aunt', father: null, mother: null, sex: 'female' as const };
  const refused: readonly (readonly [Partial<FamiliasProject>, RegExp])[] = [
    [withMan({ id: 'a "b"' }), /name of person 1 has a quote or a line break/],
    [withMan({ id: 'Child' }), /name of person 3 is empty or used before/],
    [withMan({ sex: 'unknown' }), /sex of person 1 is unknown/],
    [withMan({ considersDropOut: true, genotypes: new Map() }), /person 1, who is not typed/],
    [withMan({ genotypes: new Map([['vWA', ['14', '14']]]) }), /a locus that the project lacks/],
    [withMan({ genotypes: new Map([['TH01', ['9', '5']]]) }), /allele at TH01 without a frequency/],
    [withMale({ model: 'onestep' }), /D3S1358 needs a model that Familias has/],
    [withMale({ model: 'custom' }), /a model that Familias has/],
    [withMale({ stabilisation: 'PM' }), /a model that Familias has/],
    [withMale({ model: 'equal', stabilisation: 'PM' }), /a model that Familias has/],
    [withMale({ model: 'none' }), /mutation rate 0/],
    [withMale({ model: 'stepwise' }), /second mutation rate of 0/],
    [withMale({ rate: NaN }), /from 0 to 1/],
    [withMale({ range: 0 }), /range between 0 and 1/],
    [{ ...withD3({ frequencies: new Map() }), people: [], pedigrees: [] }, /D3S1358 has no allele/],
    [withD3({ frequencies: new Map([...d3.frequencies, ['18', 0]]) }), /above 0/],
    [withD3({ frequencies: new Map([...d3.frequencies, ['', 0.1]]) }), /allele 6 is empty/],
    [withD3({ databaseSize: null }), /D3S1358 needs the number of alleles counted/],
    [withD3({ silentFrequency: 1 }), /silent allele of D3S1358/],
    [withD3({ dropOut: -0.1 }), /drop-out probability of D3S1358/],
    [withD3({ minimumFrequency: NaN }), /minimum frequency of D3S1358/],
    [withD3({ name: 'TH01' }), /name of locus 2 is empty or used before/],
    [{ theta: 1 }, /theta/],
    [{ databaseName: 'a\nb' }, /line break/],
    [withMembers(father.members.slice(0, 2)), /lacks somebody/],
    [withMembers([...father.members, father.members[0]!]), /pedigree 1 twice/],
    [withMembers([...father.members, aunt]), /not among the people/],
    [withMembers(father.members.map((one) => ({ ...one, sex: 'female' }))), /of another sex/],
    [withMembers(father.members.map((one) => ({ ...one, mother: one.mother && 'Man' }))), /not female/], // prettier-ignore
    [withMembers(father.members.map((one) => ({ ...one, mother: 'Mother' }))), /own ancestor/],
  ];
  for (const [part, message] of refused) {
    t.throws(() => writeFamiliasProject({ ...project, ...part }), { code: 'CASE_INVALID', message }, String(message)); // prettier-ignore
  }
  t.end();
});
