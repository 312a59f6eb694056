import fc from 'fast-check';
import t from 'tap';
import { verifyChain, verifyPart } from '../../src/casework/audit/audit-chain.ts';
import {
  type AuditEntry,
  type AuditEvent,
  hashOf,
  sealEvent,
} from '../../src/casework/audit/audit-entry.ts';
import { auditLine, writeLine } from '../../src/casework/audit/audit-line.ts';

const EVENT: AuditEvent = {
  at: '2026-05-04T03:02:01.000Z',
  actor: 'key_0123456789abcdef',
  role: 'analyst',
  action: 'GET /v1/candidates/:candidateId',
  object: { candidateId: '7d1f' },
  origin: '127.0.0.1',
  requestId: 'request',
  status: 200,
};

const event: fc.Arbitrary<AuditEvent> = fc.record({
  at: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((at) => at.toISOString()), // prettier-ignore
  actor: fc.option(fc.string()),
  role: fc.constantFrom('admin', 'police', null),
  action: fc.string(),
  object: fc.dictionary(fc.constantFrom('sampleId', 'caseId', 'keyId'), fc.string()),
  origin: fc.ipV4(),
  requestId: fc.uuid(),
  status: fc.integer({ min: 200, max: 599 }),
});

function chainOf(events: readonly AuditEvent[]): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (const one of events) entries.push(sealEvent(one, entries.at(-1) ?? null));
  return entries;
}

/** A chain of several entries, and the place of one of them. */
const chainAndPlace = fc
  .array(event, { minLength: 2, maxLength: 12 })
  .chain((events) => fc.tuple(fc.constant(chainOf(events)), fc.nat({ max: events.length - 1 })));

t.test('a chain that nobody touched is whole, and survives being written and read', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(event), async (events) => {
      const entries = chainOf(events);
      const read = entries.map((entry) => auditLine.parse(JSON.parse(writeLine(entry))));
      const { head, fault } = await verifyChain(read, entries.at(-1) ?? null);
      return fault === null && head?.seq === entries.at(-1)?.seq;
    }),
  );
  t.pass();
});

t.test('whatever is altered in an entry, it is named', async (t) => {
  const changes = {
    at: '2026-05-04T03:02:01.001Z',
    actor: 'key_0123456789abcdee',
    role: 'admin',
    action: 'GET /v1/candidates',
    object: { candidateId: '7d1e' },
    origin: '127.0.0.2',
    requestId: 'another',
    status: 404,
  } as const satisfies Record<keyof AuditEvent, unknown>;
  for (const [field, value] of Object.entries(changes)) {
    const entries = chainOf([EVENT, EVENT, EVENT]);
    entries[1] = { ...entries[1]!, [field]: value };
    t.same((await verifyChain(entries)).fault, { seq: 2, kind: 'altered' }, field);
  }
});

t.test('what is taken out or moved is named, wherever it stood', async (t) => {
  await fc.assert(
    fc.asyncProperty(chainAndPlace, fc.nat(), async ([entries, place], other) => {
      const isLast = place === entries.length - 1;
      const { fault: gone } = await verifyChain(entries.toSpliced(place, 1), entries.at(-1));
      const kind = isLast ? 'cut-off' : 'missing';
      if (gone?.seq !== place + 1 || gone.kind !== kind) return false;

      const another = other % entries.length;
      const moved = entries.with(place, entries[another]!).with(another, entries[place]!);
      const { fault } = await verifyChain(moved);
      return fault === null ? place === another : fault.seq === Math.min(place, another) + 1;
    }),
  );
  t.pass();
});

t.test('an entry that was written anew with a hash of its own is named', async (t) => {
  await fc.assert(
    fc.asyncProperty(chainAndPlace, async ([entries, place]) => {
      const { status, ...rest } = entries[place]!;
      const changed = { ...rest, status: status + 1 };
      const forged = entries.with(place, { ...changed, hash: hashOf(changed) });
      const { fault } = await verifyChain(forged, entries.at(-1));
      return fault?.seq === place + 1 && fault.kind === 'rewritten';
    }),
  );
  t.pass();
});

t.test('all of it written anew shows against a head that was kept', async (t) => {
  const kept = chainOf([EVENT, EVENT]).at(-1)!;
  const anew = chainOf([{ ...EVENT, status: 403 }, EVENT, EVENT]);
  t.equal((await verifyChain(anew)).fault, null, 'it does not by itself');
  t.same((await verifyChain(anew, kept)).fault, { seq: 2, kind: 'rewritten' });
});

t.test(
  'parts of a chain, each begun at the head of the one before, find what the whole finds',
  async (t) => {
    await fc.assert(
      fc.asyncProperty(chainAndPlace, fc.nat(), async ([entries, place], cut) => {
        const changed = entries.with(place, { ...entries[place]!, origin: 'elsewhere' });
        const whole = await verifyChain(changed);
        const first = await verifyPart(changed.slice(0, (cut % changed.length) + 1), null);
        if (first.fault) return first.fault.seq === whole.fault?.seq;
        const rest = changed.filter(({ seq }) => seq >= first.head!.seq);
        const second = await verifyPart(rest, first.head);
        return second.fault?.seq === whole.fault?.seq && second.fault?.kind === whole.fault?.kind;
      }),
    );
    const entries = chainOf([EVENT, EVENT, EVENT]);
    const [one, two] = entries;
    t.same((await verifyPart([two!], one!)).fault, { seq: 1, kind: 'missing' });
    t.same((await verifyPart([], two!)).fault, { seq: 2, kind: 'cut-off' });
    t.same((await verifyPart([two!], { seq: 2, hash: one!.hash })).fault, {
      seq: 2,
      kind: 'rewritten',
    });
  },
);
