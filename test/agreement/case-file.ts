import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AllelePair,
  type LikelihoodParameters,
  type LocusModel,
  makeLocusFrequencies,
  makeLocusModel,
  type MutationParameters,
  parseAllele,
  type Pedigree,
} from '../../src/kinship/index.ts';

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
    dropout?: unknown;
  };
  loci: CaseLocus[];
};

type CaseMember = { id: string; father: string | null; mother: string | null; sex: 'M' | 'F' };

type CaseLocus = {
  name: string;
  genotypes: Record<string, [string, string | null] | null>;
  LR: number;
  /** Not a number where only the ratio was kept. */
  L1: unknown;
  L2: unknown;
  LR_pruned?: number;
  freqs: Record<string, number>;
};

const SHIPPED = new URL('../../fixtures/cases/', import.meta.url).pathname;

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
export function notYetSupported({ params, loci }: ReferenceCase): string | undefined {
  if (params.silent) return 'silent alleles';
  if (params.dropout) return 'drop-out';
  const partial = loci.some(({ genotypes }) =>
    Object.values(genotypes).some((genotype) => genotype?.includes(null)),
  );
  return partial ? 'one known allele of two' : undefined;
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
  { params }: ReferenceCase,
  locus: CaseLocus,
  untypedParent: LikelihoodParameters['untypedParent'],
): LocusModel {
  const entries = Object.entries(locus.freqs).map(
    ([allele, frequency]) => [readAllele(allele), frequency] as const,
  );
  const table = makeLocusFrequencies(locus.name as never, entries, null);
  return makeLocusModel(table, {
    mutation: params.mutation,
    untypedParent,
    minimumFrequency: { rule: 'fixed', frequency: 0.001, appliesTo: 'unseen' },
    theta: params.theta,
  });
}

export function readGenotypes(locus: CaseLocus): Map<string, AllelePair> {
  return new Map(
    Object.entries(locus.genotypes).flatMap(([id, genotype]) =>
      genotype ? [[id, genotype.map((allele) => readAllele(allele!)) as never as AllelePair]] : [],
    ),
  );
}

/** `rest` stands for all alleles that nobody in the case shows: any label that no locus has. */
function readAllele(label: string): NonNullable<ReturnType<typeof parseAllele>> {
  const allele = parseAllele(label === 'rest' ? '999' : label);
  if (allele === undefined) throw new Error(`reference case with allele ${label}`);
  return allele;
}
