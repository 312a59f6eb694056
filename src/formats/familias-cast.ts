import { type Hypothesis, type Pedigree, type PedigreeMember } from '../kinship/index.ts';
import { HomewardError } from '../platform/errors.ts';

/** Somebody of a Familias project, which knows men and women only. */
export type FamiliasRole = {
  readonly id: string;
  readonly sex: 'male' | 'female';
  readonly isTyped: boolean;
};

/** Everybody of all hypotheses, and each hypothesis as a pedigree of all of them. */
export type FamiliasCast = {
  readonly cast: readonly FamiliasRole[];
  readonly pedigrees: readonly Pedigree[];
};

/**
 * Makes one list of people of several hypotheses, as Familias has it. Untyped people who are of
 * different sexes in different hypotheses become two. A sex that nobody states follows from being
 * a father or a mother; that of nobody's parent enters no number, and is written as male.
 * @param isSexed whether fathers and mothers mutate at different rates: then a parent whose sex
 *   nobody states would pass alleles on at the mean, which Familias does not do
 * @throws HomewardError CALCULATION_INVALID for what Familias cannot hold
 */
export function castFamily(
  hypotheses: readonly Hypothesis[],
  typed: readonly string[],
  isSexed: boolean,
): FamiliasCast {
  hypotheses.forEach(refuseTwoNames);
  const seen = hypotheses.map(({ pedigree }) => findSexes(pedigree, isSexed));
  const roles = new Map<string, FamiliasRole>();
  for (const id of typed) {
    const sexes = sexesOf(id, seen);
    if (sexes.length > 1) refuse(`${id} is a father in one hypothesis and a mother in another`);
    roles.set(keyOf(id), { id, sex: sexes[0] ?? 'male', isTyped: true });
  }
  const untyped = new Set(hypotheses.flatMap(({ pedigree }) => pedigree.map(({ id }) => id)));
  for (const id of untyped) {
    if (typed.includes(id)) continue;
    const sexes = sexesOf(id, seen);
    for (const sex of sexes.length > 0 ? sexes : (['male'] as const)) {
      const name = nameUntyped(sexes.length > 1 ? `${id} (${sex})` : id, roles);
      roles.set(keyOf(id, sex), { id: name, sex, isTyped: false });
    }
  }
  const cast = [...roles.values()];
  const pedigrees = hypotheses.map(({ pedigree }, place) =>
    drawAll(pedigree, roles, seen[place]!, typed),
  );
  return { cast, pedigrees };
}

type Sexes = ReadonlyMap<string, 'male' | 'female'>;

function refuse(what: string): never {
  throw new HomewardError('CALCULATION_INVALID', `Familias cannot hold this: ${what}.`);
}

function refuseTwoNames({ text, sameAs }: Hypothesis): void {
  if (Object.keys(sameAs ?? {}).length === 0) return;
  refuse(`«${text}» has two samples of one person, and a project has one profile of a person`);
}

/** The sexes that are stated in a pedigree, or follow from it. */
function findSexes(pedigree: Pedigree, isSexed: boolean): Sexes {
  const sexes = new Map<string, 'male' | 'female'>();
  const fathers = new Set(pedigree.map(({ father }) => father));
  const mothers = new Set(pedigree.map(({ mother }) => mother));
  for (const { id, sex } of pedigree) {
    const isParent = fathers.has(id) || mothers.has(id);
    if (sex !== 'unknown') sexes.set(id, sex);
    else if (fathers.has(id) && mothers.has(id)) refuse(`${id} is both a father and a mother`);
    else if (isParent && isSexed)
      refuse(`nobody says whether the parent ${id} is male or female, and fathers and mothers mutate at different rates; state the sex`); // prettier-ignore
    else if (isParent) sexes.set(id, fathers.has(id) ? 'male' : 'female');
  }
  return sexes;
}

function sexesOf(id: string, seen: readonly Sexes[]): ('male' | 'female')[] {
  return [...new Set(seen.flatMap((sexes) => sexes.get(id) ?? []))];
}

function keyOf(id: string, sex?: 'male' | 'female'): string {
  return JSON.stringify([id, sex]);
}

function nameUntyped(wished: string, roles: ReadonlyMap<string, FamiliasRole>): string {
  const taken = new Set([...roles.values()].map(({ id }) => id));
  let name = wished;
  while (taken.has(name)) name += '*';
  return name;
}

/** Everybody in one pedigree: who does not stand in it has no relatives there. */
function drawAll(
  pedigree: Pedigree,
  roles: ReadonlyMap<string, FamiliasRole>,
  sexes: Sexes,
  typed: readonly string[],
): PedigreeMember[] {
  const roleOf = (id: string): FamiliasRole => {
    const sex = sexes.get(id);
    const possible = [keyOf(id), keyOf(id, sex), keyOf(id, 'male'), keyOf(id, 'female')];
    return roles.get(possible.find((key) => roles.has(key))!)!;
  };
  const placed = new Map(
    pedigree.map(({ id, father, mother }) => [
      roleOf(id),
      {
        father: father === null ? null : roleOf(father).id,
        mother: mother === null ? null : roleOf(mother).id,
      },
    ]),
  );
  const missing = typed.find((id) => !placed.has(roleOf(id)));
  if (missing !== undefined) refuse(`${missing} stands in one hypothesis and not in another`);
  return [...roles.values()].map((role) => {
    const { id, sex } = role;
    return { id, sex, father: null, mother: null, ...placed.get(role) };
  });
}
