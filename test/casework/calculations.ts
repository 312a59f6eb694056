/** Calculations for tests of the service, as requests state them. */

const parameters = {
  mutation: {
    model: 'stepwise',
    male: { rate: 0.002, range: 0.1 },
    female: { rate: 0.001, range: 0.1 },
  },
};

/** Two full siblings or not. */
export const SHORT = {
  people: [
    { id: 'elder', genotypes: { TH01: ['9', '12'] } },
    { id: 'younger', genotypes: { TH01: ['9', '14'] } },
  ],
  question: {
    kind: 'relationships',
    people: ['elder', 'younger'],
    relationships: ['full-siblings'],
  },
  parameters,
};

type Member = { id: string; father: string | null; mother: string | null; sex: string };

/** Brother and sister have a brother and sister, and so on: each generation ties another knot. */
function siblingMating(generations: number): Member[] {
  const members = [member('f0', null, 'male'), member('m0', null, 'female')];
  for (let last = 0; last < generations; last++) {
    members.push(member(`f${last + 1}`, last, 'male'), member(`m${last + 1}`, last, 'female'));
  }
  return [...members, member('elder', generations), member('younger', generations)];
}

function member(id: string, parents: number | null, sex = 'unknown'): Member {
  if (parents === null) return { id, father: null, mother: null, sex };
  return { id, father: `f${parents}`, mother: `m${parents}`, sex };
}

/** What a general pedigree makes of it when nobody in between is typed. */
export function tangled(generations: number) {
  const related = { text: 'tangled', pedigree: siblingMating(generations) };
  const unrelated = {
    text: 'unrelated',
    pedigree: [member('elder', null), member('younger', null)],
  };
  return {
    ...SHORT,
    question: { kind: 'pedigrees', hypotheses: [related, unrelated], asked: 'younger' },
  };
}

/** Tens of seconds of work, with twenty alleles. */
export const LONG = tangled(3);
