import {
  drawIndex,
  type Locus,
  type LocusModel,
  makeGenotype,
  type ParentRole,
  type Profile,
  type Random,
  seededRandom,
} from '../src/kinship/index.ts';

/** CODIS 20 and the four that Chinese and European kits add. */
export const LOCI = [
  ...['CSF1PO', 'D1S1656', 'D2S441', 'D2S1338', 'D3S1358', 'D5S818', 'D7S820', 'D8S1179'],
  ...['D10S1248', 'D12S391', 'D13S317', 'D16S539', 'D18S51', 'D19S433', 'D21S11', 'D22S1045'],
  ...['FGA', 'TH01', 'TPOX', 'vWA', 'SE33', 'D6S1043', 'Penta D', 'Penta E'],
] as Locus[];

/** Father, mother and a child that is theirs in every other family. */
export type RandomFamily = {
  readonly father: Profile;
  readonly mother: Profile;
  readonly child: Profile;
};

/** Families drawn from the frequencies and mutation matrices of the models, the same every time. */
export function randomFamilies(models: readonly LocusModel[], count: number): RandomFamily[] {
  const random = seededRandom(24);
  return Array.from({ length: count }, (_, place) => {
    const [father, mother, stranger] = [drawPerson(), drawPerson(), drawPerson()];
    const child = models.map((model, locus): Pair => {
      if (place % 2 === 1) return stranger[locus]!;
      return [
        passOn(model, 'father', father[locus]!, random),
        passOn(model, 'mother', mother[locus]!, random),
      ];
    });
    return { father: label(father), mother: label(mother), child: label(child) };
  });

  function drawPerson(): Pair[] {
    return models.map(({ table: { frequencies } }): Pair => [
      drawIndex(random, frequencies),
      drawIndex(random, frequencies),
    ]);
  }

  function label(person: readonly Pair[]): Profile {
    return new Map(
      models.map(({ table }, locus) => [
        table.locus,
        makeGenotype(person[locus]!.map((place) => table.alleles[place]!)),
      ]),
    );
  }
}

type Pair = readonly [number, number];

function passOn(model: LocusModel, role: ParentRole, [a, b]: Pair, random: Random): number {
  const { size, values } = model.transmission[role].matrix;
  return drawIndex(random, values, (random() < 0.5 ? a : b) * size, size);
}
