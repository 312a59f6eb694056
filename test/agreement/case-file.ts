import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AllelePair,
  type LikelihoodParameters,
  type Locus,
  type LocusModel,
  LocusModels,
  makeLocusFrequencies,
  type MutationParameters,
  parseAllele,
  type Pedigree,
} from '../../src/kinship/index.ts';
import { ROOT } from '../package.ts';

/** One case as Familias and pedprobr computed it; the format is in fixtures/cases/README.md. */
export type ReferenceCase = {
  id: string;
  H1: { text: string; pedigree: CaseMember[] };
  H2: { text: string; pedigree: CaseMember[] };
  typed: string[];
  params: {
    mutation: MutationParameters;
    theta: number;
    silent: boolean;
  };
  /** Whose sample an allele may have dropped out of, and how probably. */
  dropout?: { person: string; d: number };
  loci: CaseLocus[];
};

type CaseMember = { id: string; father: string | null; mother: string | null; sex: 'M' | 'F' };

export type CaseLocus = {
  name: string;
  genotypes: Record<string, [string, string | null] | null>;
  LR: number;
  /** Not a number where only the ratio was kept. */
  L1: unknown;
  L2: unknown;
  LR_pruned?: number;
  freqs: Record<string, number>;
};

const SHIPPED = join(ROOT, 'fixtures/cases');

/** The reference cases: the full set where HOMEWARD_REFERENCE_CASES names it, else the shipped selection. */
export function readCases(): { folder: string; cases: ReferenceCase[] } {
  const folder = process.env.HOMEWARD_REFERENCE_CASES ?? SHIPPED;
  if (!existsSync(folder)) throw new Error(`no reference cases in ${folder}`);
  const cases = readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as ReferenceCase);
  return { folder, cases };
}

/** Why a case is not for the closed form, or undefined when it is. */
export function notYetSupported({ params, dropout, loci }: ReferenceCase): string | undefined {
  if (params.silent && params.theta > 0) return 'silent alleles with theta';
  if (dropout && params.theta > 0) return 'drop-out with theta';
  const partial = loci.some(({ genotypes }) =>
    Object.values(genotypes).some((genotype) => genotype?.includes(null)),
  );
  // Where an allele may have dropped out, one alone is all that was seen.
  return partial && !dropout ? 'one known allele of two' : undefined;
}

/**
 * The reference's LR of a locus, an untyped parent read in this way; undefined where nobody
 * computed it. Without theta the two readings differ only where both stand in the case.
 */
export function expectedRatio(
  { H1, H2, typed, params }: ReferenceCase,
  { LR, LR_pruned }: CaseLocus,
  untypedParent: LikelihoodParameters['untypedParent'],
): number | undefined {
  if (untypedParent === 'mutates') return LR;
  const everybody = [...H1.pedigree, ...H2.pedigree];
  const mayDiffer =
    params.theta > 0 &&
    params.mutation.model !== 'none' &&
    everybody.some(({ id }) => !typed.includes(id));
  return LR_pruned ?? (mayDiffer ? undefined : LR);
}

export function readPedigree(members: CaseMember[]): Pedigree {
  return members.map((member) => ({ ...member, sex: member.sex === 'M' ? 'male' : 'female' }));
}

export function readModel(
  ...[one, locus, untypedParent]: Parameters<typeof readModels>
): LocusModel {
  return readModels(one, locus, untypedParent).for(locus.name as Locus, [])!;
}

/** One locus of a case as a table of its own. */
export function readModels(
  { params, dropout }: ReferenceCase,
  { name, freqs }: CaseLocus,
  untypedParent: LikelihoodParameters['untypedParent'],
): LocusModels {
  const { silent = 0, ...visible } = freqs;
  const entries = Object.entries(visible).map(
    ([allele, frequency]) => [readAllele(allele), frequency] as const,
  );
  const locus = name as Locus;
  const silentAlleles = [{ locus, kit: null, frequency: silent }];
  return new LocusModels(new Map([[locus, makeLocusFrequencies(locus, entries, null)]]), {
    mutation: params.mutation,
    untypedParent,
    minimumFrequency: { rule: 'fixed', frequency: 0.001, appliesTo: 'unseen' },
    theta: params.theta,
    silentAlleles: params.silent && silent > 0 ? silentAlleles : [],
    dropOut: dropout?.d ?? 0,
  });
}

/**
 * Whether a locus says the same with everybody's alleles dropping out as with those of one person:
 * so it does where the others show two.
 */
export function isAlikeForAll({ dropout }: ReferenceCase, { genotypes }: CaseLocus): boolean {
  return Object.entries(genotypes).every(
    ([id, genotype]) =>
      !dropout || id === dropout.person || !genotype || genotype[0] !== genotype[1],
  );
}

export function readGenotypes(locus: CaseLocus): Map<string, AllelePair> {
  return new Map(
    Object.entries(locus.genotypes).flatMap(([id, genotype]): [string, AllelePair][] => {
      if (!genotype) return [];
      const [first, second] = genotype;
      return [[id, [readAllele(first), readAllele(second ?? first)]]];
    }),
  );
}

/** `rest` stands for all alleles that nobody in the case shows: any label that no locus has. */
function readAllele(label: string): NonNullable<ReturnType<typeof parseAllele>> {
  const allele = parseAllele(label === 'rest' ? '999' : label);
  if (allele === undefined) throw new Error(`reference case with allele ${label}`);
  return allele;
}
