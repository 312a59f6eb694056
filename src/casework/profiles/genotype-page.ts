import { type Relation, RELATIONS } from '../../formats/relation.ts';
import { openAt, placeBytes, sealBytes } from '../../platform/crypto/sealed-bytes.ts';

/** Somebody on a page. */
export type PageEntry = {
  readonly sampleId: string;
  readonly familyId: string | null;
  readonly relation: Relation | null;
  /** As src/formats/packed-profile.ts has them. */
  readonly packed: Uint8Array;
};

const UUID_BYTES = 16;
const NOBODY = Buffer.alloc(UUID_BYTES);

const placeOf = (keyPageId: string) =>
  ({ column: 'genotype_pages.sealed', rowId: keyPageId }) as const;

/**
 * Seals people together: for each the sample's id and the family's (16 bytes each, zeros for none), the relation (its
 * length in a byte, then its letters), and the packed genotypes (their length in two bytes, big-endian, before them).
 */
export function sealPage(
  pageKey: Uint8Array,
  keyPageId: string,
  entries: readonly PageEntry[],
): Uint8Array {
  const bytes = entries.flatMap(({ sampleId, familyId, relation, packed }) => {
    const letters = Buffer.from(relation ?? '');
    const lengths = Buffer.from([packed.length >> 8, packed.length & 0xff]);
    const family = familyId === null ? NOBODY : readUuid(familyId);
    return [readUuid(sampleId), family, Uint8Array.of(letters.length), letters, lengths, packed];
  });
  return sealBytes(pageKey, Buffer.concat(bytes), placeOf(keyPageId));
}

/** The people of a page; null where it cannot be opened, or is not what {@link sealPage} writes. */
export function openPage(
  pageKey: Uint8Array,
  keyPageId: string,
  sealed: Uint8Array,
): PageEntry[] | null {
  const opened = openAt(pageKey, sealed, placeBytes(placeOf(keyPageId)));
  if (!opened) return null;
  const bytes = Buffer.from(opened.buffer, opened.byteOffset, opened.length);
  const entries: PageEntry[] = [];
  try {
    for (let at = 0; at < bytes.length;) {
      const sampleId = writeUuid(bytes, at);
      const familyId = bytes.compare(NOBODY, 0, UUID_BYTES, at + UUID_BYTES, at + 2 * UUID_BYTES) === 0 ? null : writeUuid(bytes, at + UUID_BYTES); // prettier-ignore
      at += 2 * UUID_BYTES;
      const letters = bytes.readUInt8(at);
      const relation = NAMES.get(bytes.toString('latin1', at + 1, at + 1 + letters)) ?? null;
      at += 1 + letters;
      const length = bytes.readUInt16BE(at);
      const packed = bytes.subarray(at + 2, at + 2 + length);
      if (packed.length < length || letters > 0 !== (relation !== null)) return null;
      entries.push({
        sampleId,
        familyId,
        relation,
        packed,
      });
      at += 2 + length;
    }
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  return entries;
}

const NAMES: ReadonlyMap<string, Relation> = new Map(RELATIONS.map((name) => [name, name]));

function readUuid(text: string): Uint8Array {
  return Buffer.from(text.replaceAll('-', ''), 'hex');
}

function writeUuid(bytes: Buffer, at: number): string {
  const digits = bytes.toString('hex', at, at + UUID_BYTES);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
}
