import { FAMILY_RELATIONS, type FamilyRelation, LOCI } from '../kinship/index.ts';
import type { SharedMemory } from './shared-memory.ts';

/** A relative in codes: how they are related to the missing child, and one code a locus. */
export type KinMember = { readonly relation: FamilyRelation; readonly row: Uint16Array };

/**
 * A family that has relatives besides its parents, as it stands in shared memory: 16-bit numbers, how
 * many members, then for each the place of the relation in kinship's list and a code a locus. Never
 * changed: a family that changes gets a new record.
 */
const MEMBER_SIZE = 1 + LOCI.length;

/** @returns where the record begins */
export function writeKin(memory: SharedMemory, members: readonly KinMember[]): number {
  const begin = memory.allocate(2 * (1 + members.length * MEMBER_SIZE));
  const { codes } = memory;
  codes[begin / 2] = members.length;
  members.forEach(({ relation, row }, place) => {
    const at = begin / 2 + 1 + place * MEMBER_SIZE;
    codes[at] = FAMILY_RELATIONS.indexOf(relation);
    codes.set(row, at + 1);
  });
  return begin;
}

/** Where the codes of each member begin in shared memory, in 16-bit numbers. */
export function kinRowsAt({ codes }: SharedMemory, begin: number): number[] {
  const first = begin / 2 + 2;
  return Array.from({ length: codes[begin / 2]! }, (_, place) => first + place * MEMBER_SIZE);
}

export function readKin({ codes }: SharedMemory, begin: number): KinMember[] {
  return Array.from({ length: codes[begin / 2]! }, (_, place) => {
    const at = begin / 2 + 1 + place * MEMBER_SIZE;
    return {
      relation: FAMILY_RELATIONS[codes[at]!]!,
      row: codes.slice(at + 1, at + MEMBER_SIZE),
    };
  });
}
