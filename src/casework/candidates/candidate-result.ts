import type { GenotypeFault, LikelihoodRatio } from '../../kinship/index.ts';

/**
 * What was computed for a candidate, as it is stored: everything but the genotypes, which are read
 * from the pinned profiles when somebody may see them.
 */
export type CandidateResult = {
  readonly loci: readonly {
    readonly locus: string;
    readonly kind: LikelihoodRatio['kind'];
    readonly log10Lr: number | null;
    /** Whether the genotypes fit without mutation. */
    readonly mendelian: boolean;
  }[];
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
  /** Where one parent of a typed couple is put forward: what both together came to. */
  readonly couple: {
    readonly kind: LikelihoodRatio['kind'];
    readonly log10Lr: number | null;
    readonly lociInconsistent: number;
  } | null;
};
