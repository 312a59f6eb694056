import {
  type AlleleJoint,
  jointProbability,
  type SeenGenotype,
  viewAlleles,
} from './allele-joint.ts';
import type { FamilyRelation } from './family.ts';
import type { LocusModel } from './locus-model.ts';
import type { MutationMatrix } from './mutation-matrix.ts';
import { OTHER_PARENT } from './parent-role.ts';

/** How one relative of a child is related to it, parents left aside. */
export type SingleRelation = Exclude<FamilyRelation, 'father' | 'mother' | 'parent'> | 'identical';

/**
 * Alleles of a child and a relative: one of the child's with one of the relative's, and the other
 * with the other. Rows are the child's. Several pairs of joints add up.
 */
export type RelativeJoint = readonly (readonly [one: AlleleJoint, other: AlleleJoint])[];

const kept = new WeakMap<LocusModel, Map<SingleRelation, RelativeJoint>>();

/**
 * The joints of a relation for theta 0, made once and kept with the model: docs/math/relatives.md.
 */
export function jointOf(model: LocusModel, relation: SingleRelation): RelativeJoint {
  const ofModel = kept.get(model) ?? new Map<SingleRelation, RelativeJoint>();
  kept.set(model, ofModel);
  const joint = ofModel.get(relation) ?? JOINTS[relation](model);
  ofModel.set(relation, joint);
  return joint;
}

/** P(what is seen of the child and of the relative | they are so related). */
export function pairLikelihood(
  joint: RelativeJoint,
  child: SeenGenotype,
  relative: SeenGenotype,
): number {
  let sum = 0;
  for (const [one, other] of joint) sum += jointProbability(one, other, child, relative);
  return sum;
}

/** The parent through whom a relative is one. */
type Line = 'father' | 'mother';

const JOINTS: Readonly<Record<SingleRelation, (model: LocusModel) => RelativeJoint>> = {
  sibling: joinSiblings,
  'paternal-half-sibling': (model) => joinHalfSiblings(model, 'father'),
  'maternal-half-sibling': (model) => joinHalfSiblings(model, 'mother'),
  'paternal-grandfather': (model) => joinGrandparent(model, 'father', 'father'),
  'paternal-grandmother': (model) => joinGrandparent(model, 'father', 'mother'),
  'maternal-grandfather': (model) => joinGrandparent(model, 'mother', 'father'),
  'maternal-grandmother': (model) => joinGrandparent(model, 'mother', 'mother'),
  'paternal-uncle': (model) => joinAvuncular(model, 'father'),
  'paternal-aunt': (model) => joinAvuncular(model, 'father'),
  'maternal-uncle': (model) => joinAvuncular(model, 'mother'),
  'maternal-aunt': (model) => joinAvuncular(model, 'mother'),
  identical: joinIdentical,
};

function joinSiblings(model: LocusModel): RelativeJoint {
  const fromParent = (line: Line): AlleleJoint => viewAlleles(model, passToTwo(model, line));
  return [[fromParent('father'), fromParent('mother')]];
}

/** The other two alleles come from two people who are nobody's in common. */
function joinHalfSiblings(model: LocusModel, line: Line): RelativeJoint {
  const other = model.transmission[OTHER_PARENT[line]].untyped.fromPopulation;
  const apart = viewAlleles(model, multiply(other, other));
  return [[viewAlleles(model, passToTwo(model, line)), apart]];
}

/**
 * A parent who has one allele from the grandparent and one from the other, and passes either on.
 * @param role of the grandparent
 */
function joinGrandparent(model: LocusModel, line: Line, role: Line): RelativeJoint {
  const { transmission, alleles } = model;
  const { matrix } = transmission[line];
  const { size, values } = composeMatrices(transmission[role].matrix, matrix);
  const fromOther = passFurther(transmission[OTHER_PARENT[role]].untyped.fromPopulation, matrix);
  const joint = tabulate(size, (passed, carried) => {
    const either = (values[carried * size + passed]! + fromOther[passed]!) / 2;
    return alleles.frequencies[carried]! * either;
  });
  const untyped = transmission[OTHER_PARENT[line]].untyped.fromPopulation;
  const apart = viewAlleles(model, multiply(untyped, alleles.frequencies));
  return [[viewAlleles(model, joint), apart]];
}

/** A sibling of the parent: the child has either what came with one of the relative's, or the other. */
function joinAvuncular(model: LocusModel, line: Line): RelativeJoint {
  const { transmission } = model;
  const { matrix } = transmission[line];
  const untyped = transmission[OTHER_PARENT[line]].untyped.fromPopulation;
  return (['father', 'mother'] as const).map((role) => {
    const toTwo = { size: matrix.size, values: passToTwo(model, role) };
    const { size, values } = composeMatrices(toTwo, matrix);
    const joint = tabulate(size, (passed, carried) => values[carried * size + passed]! / 2);
    const { fromPopulation } = transmission[OTHER_PARENT[role]].untypedHere;
    return [viewAlleles(model, joint), viewAlleles(model, multiply(untyped, fromPopulation))];
  });
}

/** One person seen twice. */
function joinIdentical(model: LocusModel): RelativeJoint {
  const { frequencies } = model.alleles;
  const same = tabulate(frequencies.length, (a, b) => (a === b ? frequencies[a]! : 0));
  const joint = viewAlleles(model, same);
  return [[joint, joint]];
}

/** P(an untyped parent passes one allele to one child and the other to another), the parent kept. */
function passToTwo({ alleles, transmission }: LocusModel, line: Line): Float64Array {
  const { matrix, untypedHere } = transmission[line];
  const { size, values } = matrix;
  const { fromPopulation } = untypedHere;
  const joint = multiply(fromPopulation, fromPopulation);
  alleles.frequencies.forEach((frequency, from) => {
    for (let one = 0; one < size; one++) {
      const first = frequency * values[from * size + one]!;
      if (first === 0) continue;
      for (let other = 0; other < size; other++) {
        joint[one * size + other]! += first * values[from * size + other]!;
      }
    }
  });
  return joint.map((sum) => sum / 2);
}

/** What two matrices make of each allele, one after the other. */
function composeMatrices(before: MutationMatrix, after: MutationMatrix): MutationMatrix {
  const { size } = before;
  const values = new Float64Array(size * size);
  for (let from = 0; from < size; from++) {
    const row = passFurther(before.values.subarray(from * size, (from + 1) * size), after);
    values.set(row, from * size);
  }
  return { size, values };
}

/** The distribution of what becomes of an allele that is drawn from a distribution. */
function passFurther(distribution: Float64Array, { size, values }: MutationMatrix): Float64Array {
  const passed = new Float64Array(size);
  distribution.forEach((probability, from) => {
    if (probability === 0) return;
    for (let to = 0; to < size; to++) passed[to]! += probability * values[from * size + to]!;
  });
  return passed;
}

function multiply(rows: Float64Array, columns: Float64Array): Float64Array {
  return tabulate(rows.length, (row, column) => rows[row]! * columns[column]!);
}

function tabulate(size: number, entry: (row: number, column: number) => number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) =>
    entry(Math.floor(at / size), at % size),
  );
}
