import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { asPolice } from '../../platform/scope.ts';
import type { Actor } from '../access/actor.ts';
import { type CandidatesService, lockCandidate } from '../candidates/candidates.service.ts';
import { findCase, refreshCases } from '../cases/cases.service.ts';
import type { LikelihoodRatiosService } from '../likelihood-ratios/likelihood-ratios.service.ts';
import { lockSeen, reopenLocked } from '../reviews/reviews.service.ts';
import { type Evidence, peopleOf, type Sampled, type TypedAgain, weighAgain } from './evidence.ts';
import { mayTake, type Step, stepsFrom } from './reunion-state.ts';
import {
  findNotified,
  findReunion,
  insertReunion,
  insertStep,
  type ListedReunion,
  listOfCandidate,
  listReunions,
  listSteps,
  listTimeline,
  lockReunion,
  moveReunion,
  type ReunionFilter,
  type ReunionRow,
  type StepRow,
} from './reunions.repository.ts';
import { readTypings, type Typings } from './typing-file.ts';

export { forgetCandidates } from './reunions.repository.ts';

export type Reunion = ReunionRow & {
  readonly steps: readonly StepRow[];
  /** To be sampled again; nobody once somebody has withdrawn. */
  readonly people: readonly Sampled[];
  /** What an analyst may do next. */
  readonly next: readonly Step[];
};

/** What police of one side see. */
export type PoliceReunion = Pick<ReunionRow, 'id' | 'state' | 'version'> & {
  /** The case of the other side. */
  readonly otherCase: string;
  readonly steps: readonly Pick<StepRow, 'state' | 'at'>[];
  readonly next: readonly Step[];
};

/** Who takes a step, of which version, and what they say. */
export type Taken = {
  readonly actor: Pick<Actor, 'id' | 'role'>;
  readonly version: number;
  readonly remark: string;
};

export type ReunionsService = ReturnType<typeof makeReunionsService>;

/**
 * What follows a supported candidate: everybody is sampled again, two analysts confirm, police ask the person and
 * tell the family. See docs/adr/0020-reunions.md.
 * @param scoped for police: shows them what is theirs
 */
export function makeReunionsService({
  db,
  scoped,
  candidates,
  likelihoodRatios,
}: {
  db: Database;
  scoped: Database;
  candidates: CandidatesService;
  likelihoodRatios: LikelihoodRatiosService;
}) {
  async function read(id: string): Promise<Reunion> {
    const reunion = await requireReunion(id);
    const { candidateId, state } = reunion;
    const candidate = candidateId && (await candidates.find(candidateId));
    const people = candidate ? peopleOf(candidate) : [];
    return {
      ...reunion,
      people,
      steps: await listSteps(db, id),
      next: stepsFrom(state, 'analyst'),
    };
  }

  async function requireReunion(id: string): Promise<ReunionRow> {
    const reunion = await findReunion(db, id);
    if (!reunion) throw new HomewardError('NOT_FOUND');
    return reunion;
  }

  async function readOfCase(caseNumber: string, jurisdiction: string): Promise<PoliceReunion> {
    return asPolice(scoped, jurisdiction, async (tx) => {
      const theirs = await findCase(tx, caseNumber, jurisdiction);
      const reunion = theirs && (await findNotified(tx, caseNumber));
      if (!reunion) throw new HomewardError('NOT_FOUND');
      const { id, state, version, unknownCaseNumber, familyCaseNumber } = reunion;
      const otherCase = unknownCaseNumber === caseNumber ? familyCaseNumber : unknownCaseNumber;
      const steps = await listTimeline(tx, id);
      return { id, state, version, otherCase, steps, next: stepsFrom(state, 'police') };
    });
  }

  async function take(
    id: string,
    step: Step,
    { actor, version, remark }: Taken,
    evidence?: Evidence,
  ): Promise<void> {
    await db.transaction(async (tx) => {
      const reunion = await lockReunion(tx, id);
      if (!reunion) throw new HomewardError('NOT_FOUND');
      if (reunion.version !== version) throw new HomewardError('VERSION_STALE');
      const { state } = reunion;
      if (!mayTake(step, state, actor.role)) {
        throw new HomewardError(
          'STEP_NOT_ALLOWED',
          `What is ${state} cannot become ${step} by you.`,
        );
      }
      if (step === 'confirmed') await requireOther(tx, id, actor.id);
      const { id: actorId, role } = actor;
      await moveReunion(tx, reunion, { state: step, actor: actorId, role, remark, evidence });
      if (step === 'undone') await reopen(tx, reunion, remark, actorId);
      await refreshCases(tx, [reunion.unknownCaseId, reunion.familyCaseId]);
    });
  }

  /** The candidate, if it is still there, is to be looked at again. */
  async function reopen(
    tx: Database,
    { candidateId }: ReunionRow,
    reason: string,
    by: string,
  ): Promise<void> {
    const candidate = candidateId && (await lockCandidate(tx, candidateId));
    if (candidate) await reopenLocked(tx, candidate, reason, by);
  }

  return {
    read,

    /** Those in some states, the newest first, a page of them. */
    list: (filter: ReunionFilter): Promise<ListedReunion[]> => listReunions(db, filter),

    /** Those of a candidate, the newest first. */
    listOf: (candidateId: string): Promise<ReunionRow[]> => listOfCandidate(db, candidateId),

    /**
     * Asks for everybody of a supported candidate to be sampled again.
     * @throws HomewardError NOT_FOUND, VERSION_STALE, STEP_NOT_ALLOWED for a candidate that two analysts do
     *   not support; REUNION_CONFLICT where one is under way
     */
    async start(candidateId: string, { actor, version, remark }: Taken): Promise<Reunion> {
      const started = await db.transaction(async (tx) => {
        const candidate = await lockSeen(tx, candidateId, version);
        if (candidate.state !== 'supported') {
          throw new HomewardError('STEP_NOT_ALLOWED', `The candidate is ${candidate.state}: two analysts support it first.`); // prettier-ignore
        }
        const { unknownCaseId, familyCaseId } = candidate;
        const reunion = await insertReunion(tx, { candidateId, unknownCaseId, familyCaseId });
        const { id, role } = actor;
        await insertStep(tx, reunion.id, { state: 're-sampling', actor: id, role, remark });
        await refreshCases(tx, [unknownCaseId, familyCaseId]);
        return reunion.id;
      });
      return read(started);
    },

    /**
     * Reads a laboratory's file for the evidence of a reunion; nothing is kept.
     * @throws HomewardError NOT_FOUND, and as {@link readTypings}
     */
    async readTypings(id: string, file: Uint8Array): Promise<Typings> {
      await requireReunion(id);
      return readTypings(file);
    },

    /**
     * Takes what everybody was typed at who was sampled again; the genotypes are weighed and not kept.
     * @throws HomewardError as {@link weighAgain} and {@link step}
     */
    async giveEvidence(id: string, people: readonly TypedAgain[], taken: Taken): Promise<Reunion> {
      const { candidateId } = await requireReunion(id);
      if (candidateId === null)
        throw new HomewardError('STEP_NOT_ALLOWED', 'Somebody of it has withdrawn.');
      const evidence = await weighAgain(
        await candidates.read(candidateId),
        people,
        likelihoodRatios,
      );
      await take(id, 're-sampled', taken, evidence);
      return read(id);
    },

    /**
     * Takes a step of the laboratory's.
     * @throws HomewardError NOT_FOUND, VERSION_STALE, STEP_NOT_ALLOWED also for whoever would confirm their
     *   own evidence; REUNION_CONFLICT
     */
    async step(id: string, step: Exclude<Step, 're-sampled'>, taken: Taken): Promise<Reunion> {
      await take(id, step, taken);
      return read(id);
    },

    /**
     * What police of one side were notified of.
     * @throws HomewardError NOT_FOUND for a missing case, a foreign one, and one without
     */
    readOfCase,

    /** Takes a step of the police's, of a case that they see. */
    async stepOfCase(
      caseNumber: string,
      jurisdiction: string,
      step: Exclude<Step, 're-sampled'>,
      taken: Taken,
    ): Promise<PoliceReunion> {
      const { id } = await readOfCase(caseNumber, jurisdiction);
      await take(id, step, taken);
      return readOfCase(caseNumber, jurisdiction);
    },
  };
}

async function requireOther(tx: Database, reunionId: string, actorId: string): Promise<void> {
  const last = (await listSteps(tx, reunionId)).findLast(({ state }) => state === 're-sampled');
  if (last?.actor === actorId) {
    throw new HomewardError('STEP_NOT_ALLOWED', 'Another analyst than who brought the evidence confirms it.'); // prettier-ignore
  }
}
