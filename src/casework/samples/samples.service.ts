import type { z } from 'zod';
import type { Database } from '../../platform/database.ts';
import { asCollectionPoint } from '../../platform/scope.ts';
import { findConsentGaps } from '../consents/consents.service.ts';
import type { ProfilesService } from '../profiles/profiles.service.ts';
import {
  type CodeRange,
  findCodes,
  findTubes,
  findTyped,
  findWithdrawn,
  type TubeRow,
  type TypedRow,
  type WithdrawnRow,
} from './samples.repository.ts';
import type { sampleList } from './samples.schema.ts';

type SampleList = z.infer<typeof sampleList>;
type OwnSample = SampleList['samples'][number];

export type SamplesService = ReturnType<typeof makeSamplesService>;

/** Where the samples of a collection point stand: neither who gave them nor what was typed. */
export function makeSamplesService({ db, profiles }: { db: Database; profiles: ProfilesService }) {
  async function readPage(
    tx: Database,
    collectionPointId: string,
    range: CodeRange,
  ): Promise<{ samples: OwnSample[]; next: string | null }> {
    // One more, to know whether another page follows.
    const found = await findCodes(tx, collectionPointId, { ...range, limit: range.limit + 1 });
    const codes = found.slice(0, range.limit);
    const typed = await findTyped(tx, collectionPointId, codes);
    const known: KnownSamples = {
      typed: byCode(typed),
      lociOf: await countLoci(tx, typed),
      withdrawn: byCode(await findWithdrawn(tx, collectionPointId, codes)),
      tubes: lastTubes(await findTubes(tx, collectionPointId, codes)),
      withoutConsent: await findConsentGaps(tx, collectionPointId, codes),
    };
    const samples = codes.map((code) => describeSample(code, known));
    return { samples, next: found.length > codes.length ? (codes.at(-1) ?? null) : null };
  }

  /** By the code of the sample; of who cannot be read there are none. */
  async function countLoci(tx: Database, rows: readonly TypedRow[]): Promise<Map<string, number>> {
    const opened = await profiles.openAll(tx, rows);
    return new Map(rows.map(({ code }, place) => [code, opened[place]?.size ?? 0]));
  }

  return {
    /** A page of a collection point's own samples by their codes; `next` is where the one after it begins. */
    list: (collectionPointId: string, range: CodeRange) =>
      asCollectionPoint(
        db,
        collectionPointId,
        (tx) => readPage(tx, collectionPointId, range),
        ONE_MOMENT,
      ),
  };
}

/** What is said of a sample belongs together, whoever changes it meanwhile. */
const ONE_MOMENT = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;

type KnownSamples = {
  readonly typed: ReadonlyMap<string, TypedRow>;
  readonly lociOf: ReadonlyMap<string, number>;
  readonly withdrawn: ReadonlyMap<string, WithdrawnRow>;
  readonly tubes: ReadonlyMap<string, TubeRow>;
  readonly withoutConsent: ReadonlySet<string>;
};

function describeSample(code: string, known: KnownSamples): OwnSample {
  const typed = known.typed.get(code);
  const withdrawn = known.withdrawn.get(code);
  return {
    sampleId: code,
    state: withdrawn ? 'withdrawn' : typed ? 'typed' : 'awaited',
    ...describeProfile(typed, known.lociOf.get(code) ?? 0),
    ...(withdrawn && { caseId: withdrawn.caseNumber }),
    consented: !known.withoutConsent.has(code),
    tube: describeTube(known.tubes.get(code)),
    withdrawnAt: withdrawn?.withdrawnAt.toISOString() ?? null,
  };
}

function describeProfile(typed: TypedRow | undefined, loci: number) {
  if (!typed) {
    return {
      ...{ side: null, family: null, relation: null, caseId: null },
      ...{ identified: false, typed: null },
    };
  }
  const { relation, family, caseNumber, isIdentified, typedAt } = typed;
  return {
    side: relation === null ? ('unknowns' as const) : ('relatives' as const),
    ...{ family, relation },
    caseId: caseNumber,
    identified: isIdentified,
    typed: { loci, at: typedAt.toISOString() },
  };
}

function describeTube(tube: TubeRow | undefined): OwnSample['tube'] {
  if (!tube) return null;
  const { barcode, state, since, typedAt, isReplaced } = tube;
  const isGone = state === 'lost' || state === 'destroyed';
  const redrawWanted = isGone && typedAt === null && !isReplaced;
  return { barcode, state, since: since.toISOString(), redrawWanted };
}

function byCode<Row extends { readonly code: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.code, row]));
}

/** @param tubes those that were drawn last first */
function lastTubes(tubes: readonly TubeRow[]): Map<string, TubeRow> {
  const last = new Map<string, TubeRow>();
  for (const tube of tubes) {
    if (tube.sampleCode !== null && !last.has(tube.sampleCode)) last.set(tube.sampleCode, tube);
  }
  return last;
}
