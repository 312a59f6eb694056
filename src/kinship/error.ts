/**
 * A computation that cannot be carried out as asked: the parameters or the data
 * do not describe one. The code is stable; the message says what to do.
 */
export class KinshipError extends Error {
  override readonly name = 'KinshipError';
  readonly code: KinshipErrorCode;

  constructor(code: KinshipErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export type KinshipErrorCode =
  | 'ALLELE_SIZE_MISSING'
  | 'FREQUENCY_INVALID'
  | 'FREQUENCY_TABLE_EMPTY'
  | 'MUTATION_MATRIX_INVALID'
  | 'MUTATION_RATE_INVALID'
  | 'PARAMETER_INVALID'
  | 'PEDIGREE_INVALID'
  | 'PEDIGREE_TOO_COMPLEX'
  | 'SAMPLE_SIZE_MISSING'
  | 'SILENT_FREQUENCY_INVALID'
  | 'STABILISATION_IMPOSSIBLE';
