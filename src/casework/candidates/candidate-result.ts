import type { Judgement } from '../../search/index.ts';
import type { GenotypeFault, LikelihoodRatio, RivalRelationship } from '../../kinship/index.ts';

/**
 * What was computed for a candidate, as it is stored: everything but the genotypes, which are read
 * from the pinned profiles when somebody may see them.
 */
export type CandidateResult = {
  readonly loci: readonly (StoredRatio & {
    readonly locus: string;
    /** Whether the genotypes fit without mutation. */
    readonly mendelian: boolean;
  })[];
  readonly omitted: readonly {
    readonly locus: string;
    readonly reason:
      | GenotypeFault
      | 'child-not-typed'
      | 'no-parent-typed'
      | 'no-member-typed'
      | 'typed-in-one-person'
      | 'not-in-table';
  }[];
  /** Where only part of the typed family is put forward: what all of it together came to. */
  readonly whole: StoredTotal | null;
  /** What else the relatives whom the LR rests on may be, in their order. */
  readonly rivals: readonly (readonly StoredRival[])[];
};

type StoredRatio = { readonly kind: LikelihoodRatio['kind']; readonly log10Lr: number | null };
type StoredTotal = StoredRatio & { readonly lociInconsistent: number };
/** One relative and the person alone, related so, against «unrelated». */
export type StoredRival = StoredTotal & { readonly relationship: RivalRelationship };

/** A judgement as it is stored. */
export function writeResult({ comparison, wholeComparison, rivals }: Judgement): CandidateResult {
  return {
    loci: comparison.compared.map(({ locus, lr, mendelian }) => ({
      locus,
      ...writeRatio(lr),
      mendelian,
    })),
    omitted: comparison.omitted.map(({ locus, reason }) => ({ locus, reason })),
    whole: wholeComparison && writeTotal(wholeComparison),
    rivals: rivals.map((ofMember) =>
      ofMember.rivals.map((rival) => ({
        relationship: rival.relationship,
        ...writeTotal(rival),
      })),
    ),
  };
}

/**
 * A result as it was stored. Releases up to 0.2.0 compared parents alone, wrote the whole as
 * `couple`, and no rivals.
 */
export function readResult(stored: unknown): CandidateResult {
  const { couple = null, ...result } = stored as Partial<CandidateResult> & {
    couple?: StoredTotal | null;
  };
  return { loci: [], omitted: [], whole: couple, rivals: [], ...result };
}

function writeTotal(total: { lr: LikelihoodRatio; lociInconsistent: number }): StoredTotal {
  return { ...writeRatio(total.lr), lociInconsistent: total.lociInconsistent };
}

function writeRatio(lr: LikelihoodRatio): StoredRatio {
  return { kind: lr.kind, log10Lr: lr.kind === 'finite' ? lr.log10Lr : null };
}
