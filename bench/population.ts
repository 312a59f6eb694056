import {
  type FrequencyTable,
  type Genotype,
  type Locus,
  makeGenotype,
  type Profile,
  type Random,
  seededRandom,
} from '../src/kinship/index.ts';

/** People drawn from a frequency table, as many as wanted and always the same ones. */
export class Population {
  readonly #random: Random;
  readonly #loci: readonly { locus: Locus; draw: () => Genotype }[];

  /** @param loci how many of the table's loci everybody is typed at */
  constructor(table: FrequencyTable, loci: number, seed: number) {
    const random = seededRandom(seed);
    this.#random = random;
    this.#loci = [...table.values()].slice(0, loci).map(({ locus, alleles, frequencies }) => {
      const shown = alleles.map((a) => alleles.map((b) => makeGenotype([a, b])));
      const draw = sampler(random, frequencies);
      return { locus, draw: () => shown[draw()]![draw()]! };
    });
  }

  person(): Profile {
    return new Map(this.#loci.map(({ locus, draw }) => [locus, draw()]));
  }

  /** A child of two people, without mutation. */
  child(father: Profile, mother: Profile): Profile {
    const pick = (genotype: Genotype): Genotype[number] => genotype[this.#random() < 0.5 ? 0 : 1]!;
    return new Map(
      this.#loci.map(({ locus }) => [
        locus,
        makeGenotype([pick(father.get(locus)!), pick(mother.get(locus)!)]),
      ]),
    );
  }

  people(count: number): Profile[] {
    return Array.from({ length: count }, () => this.person());
  }
}

/** Draws places of a distribution, by a table of a thousandth of its mass each (close enough here). */
function sampler(random: Random, frequencies: Float64Array): () => number {
  const places: number[] = [];
  frequencies.forEach((frequency, place) => {
    for (let left = Math.round(frequency * 10_000); left > 0; left--) places.push(place);
  });
  return () => places[Math.floor(random() * places.length)]!;
}
