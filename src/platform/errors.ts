/** Every error that a user can meet: its stable code, HTTP status, and what it says. */
const ERRORS = {
  AUTHENTICATION_REQUIRED: [
    401,
    'Send a valid API key as "Authorization: Bearer …", or sign in at /v1/sign-in.',
  ],
  PERMISSION_DENIED: [403, 'Your role may not do that.'],
  SIGNATURE_REFUSED: [
    401,
    'The signature of the request does not hold: sign it anew, as docs/operations.md says.',
  ],
  SIGN_IN_NOT_CONFIGURED: [
    404,
    'People cannot sign in here, as no issuer is configured (OIDC_ISSUER); use an API key.',
  ],
  SIGN_IN_REFUSED: [
    401,
    'The sign-in took too long, was used before, or its answer cannot be trusted; start again at /v1/sign-in.',
  ],
  USER_UNKNOWN: [403, 'You are not registered here, or no longer; ask an administrator.'],
  CSRF_TOKEN_REQUIRED: [
    403,
    'Send the csrfToken of GET /v1/session as the header X-CSRF-Token with whatever changes something.',
  ],
  ISSUER_UNAVAILABLE: [503, 'The issuer that signs people in does not answer; try again later.'],
  COLLECTION_POINT_SUSPENDED: [
    403,
    'Your collection point is suspended; nothing was written. Ask an administrator to open it again.',
  ],
  NOT_FOUND: [404, 'There is no such thing here, or it is not yours to see.'],
  REQUEST_INVALID: [400, 'The request does not have the form that this route takes.'],
  BODY_TOO_LARGE: [
    413,
    'The body is larger than this route takes; send the rows in several batches.',
  ],
  BATCH_TOO_LONG: [413, 'A batch holds 10,000 rows at most; send the rows in several batches.'],
  MEDIA_TYPE_UNSUPPORTED: [
    415,
    'Send application/json, or text/csv where the route takes a file; /docs names what else it takes.',
  ],
  JSON_MALFORMED: [400, 'The body is not JSON.'],
  JSON_TOO_DEEP: [400, 'The body is nested deeper than any that this service takes.'],
  FILE_NOT_UTF8: [400, 'The file is not encoded in UTF-8; save it as UTF-8 and send it again.'],
  ENCODING_UNKNOWN: [
    400,
    'The encoding of the file is not known; save it as UTF-8, or name it as Content-Type: …; charset=gb18030.',
  ],
  FILE_COMPRESSED: [415, 'The file is compressed; unpack it and send what was in it.'],
  FORMAT_MISMATCH: [
    400,
    'The file is not of the format that was named; leave format out, or name another.',
  ],
  FORMAT_UNFIT: [422, 'The format cannot hold what is to be written.'],
  CODIS_INVALID: [400, 'The file is not a CODIS import file that can be read.'],
  CSV_HEADER_INVALID: [400, 'The header of the file cannot be read.'],
  CSV_MALFORMED: [400, 'The file is not well-formed CSV.'],
  SAMPLE_KIND_REFUSED: [
    422,
    'Relatives of missing people are compared with people of unknown origin, and nobody else.',
  ],
  IDEMPOTENCY_KEY_REUSED: [422, 'This Idempotency-Key was used before for another content.'],
  FREQUENCY_TABLE_INVALID: [422, 'The frequency table cannot be used.'],
  POLICY_INVALID: [422, 'The policy cannot be used.'],
  DECISION_NOT_ALLOWED: [409, 'The candidate is not in a state that allows this decision.'],
  CANDIDATE_CLAIMED: [
    409,
    'Others have taken this candidate up; wait until a claim ends, or take another candidate.',
  ],
  REUNION_CONFLICT: [
    409,
    'Another reunion of this candidate, person or family is under way or done; undo or refute that one first.',
  ],
  STEP_NOT_ALLOWED: [
    409,
    'This step does not follow from where it stands, or is not yours to take.',
  ],
  TYPINGS_DISAGREE: [
    422,
    'Somebody who was sampled again does not show the genotypes of the first sample: find out whose it was.',
  ],
  EVIDENCE_INSUFFICIENT: [422, 'What was typed again does not confirm the candidate.'],
  IF_MATCH_REQUIRED: [
    428,
    'Send the ETag of what you looked at as If-Match, so that no change of somebody else is lost.',
  ],
  SWEEP_NOT_ALLOWED: [409, 'The sweep is not in a state that allows this.'],
  SAMPLE_UNKNOWN: [
    422,
    'Samples are named here that are not yours, or twice; nothing was written.',
  ],
  CONSENT_AGE_CONTRADICTED: [
    422,
    'What was signed for a sample is not of the age that the identity card says; correct the number, or record ' +
      'another version of the consent, by who may sign, first. Nothing was written.',
  ],
  WEBHOOK_HOST_UNKNOWN: [
    422,
    'Webhooks lead to hosts alone that whoever runs the service has named in WEBHOOK_HOSTS.',
  ],
  SAMPLE_HELD: [
    409,
    'A legal hold stands on the case of this sample; ask an administrator to release it.',
  ],
  REVIEW_NOT_ALLOWED: [
    409,
    'An opening is reviewed once, by another administrator than who opened it.',
  ],
  VERSION_STALE: [
    409,
    'Somebody has changed it since you read it; read it again, and send the change with its new ETag.',
  ],
  QUOTA_EXCEEDED: [
    409,
    'The batch exceeds the monthly quota of the collection point; nothing was written.',
  ],
  FINDING_SETTLED: [409, 'The finding was settled before; what was said of it stays.'],
  STAFF_PROFILE_INVALID: [422, 'The staff profile cannot be used.'],
  CASE_WITHDRAWN: [409, 'All samples of this case were withdrawn; nothing more is kept of it.'],
  ALARM_RESOLVED: [409, 'The alarm was resolved before; what was said of it stays.'],
  CONFLICT: [409, 'Something else with this name is there already.'],
  INTERNAL: [500, 'Something went wrong on our side; it was recorded under the request id.'],
  IDENTITY_UNREADABLE: [
    500,
    'A stored identity cannot be opened: it was altered or moved. Tell an administrator the request id.',
  ],
  PROFILE_UNREADABLE: [0, 'A stored profile cannot be read; it is left out of every search.'],
  CASE_INVALID: [422, 'The case cannot be read.'],
  CALCULATION_INVALID: [422, 'The likelihood ratios cannot be computed.'],
  CALCULATION_TOO_LONG: [
    422,
    'The likelihood ratios take too long; leave out untyped people who say nothing, hypotheses or tables.',
  ],
  RATE_LIMITED: [
    429,
    'Too many requests in a minute; come again after the seconds that Retry-After says.',
  ],
  AUDIT_UNAVAILABLE: [
    503,
    'What was asked cannot be recorded, so it is not answered; ask again later.',
  ],
  SERVICE_STOPPING: [503, 'The service is being stopped; ask again when it is up.'],
  AUDIT_INVALID: [0, 'The audit chain cannot be read.'],
  QUEUE_UNAVAILABLE: [0, 'The queue cannot be reached.'],
  SERVICE_UNAVAILABLE: [0, 'The service cannot be reached.'],
  UPLOAD_REFUSED: [0, 'The service refused the upload.'],
  FILE_NOT_WRITABLE: [0, 'The file cannot be written.'],
  FILE_NOT_READABLE: [0, 'The file cannot be read.'],
  ARGUMENT_INVALID: [0, 'An argument of the command is wrong.'],
  KEY_RING_INVALID: [0, 'The key ring cannot be used.'],
  CONFIGURATION_INVALID: [0, 'The configuration cannot be used.'],
  DATABASE_UNAVAILABLE: [0, 'The database cannot be started or reached.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type ErrorCode = keyof typeof ERRORS;

/** What is wrong with one field of a request. */
export type FieldFault = { readonly field: string; readonly message: string };

/** An error that is somebody's to mend: a code, what is wrong here, what to do. Never retried. */
export class HomewardError extends Error {
  override readonly name = 'HomewardError';
  readonly code: ErrorCode;
  readonly faults: readonly FieldFault[];

  /**
   * @param detail what is wrong in this very case; the table's message stands without one
   * @param cause for the log; nobody who asks is told
   */
  constructor(
    code: ErrorCode,
    detail?: string,
    faults: readonly FieldFault[] = [],
    cause?: unknown,
  ) {
    super(detail ?? ERRORS[code][1], { cause });
    this.code = code;
    this.faults = faults;
  }

  /** The HTTP status; 0 for errors that only the command line meets. */
  get status(): number {
    return ERRORS[this.code][0];
  }
}

/** Words, and alleles off the ladder such as `>15`. */
const PLAIN_NAME = /^([\p{L}\p{N} ._()-]{1,40}|[<>]\d{1,3})$/u;

/** A name that was sent, as far as an error may repeat it; `?` for anything but plain words. */
export function quotable(name: string): string {
  return PLAIN_NAME.test(name) ? name : '?';
}

/** The general sentence of a code. */
export function errorTitle(code: ErrorCode): string {
  return ERRORS[code][1];
}
