import type { Site } from './gene-graph.ts';

/** A way in which founder alleles are copies of each other. */
export type FounderSharing = {
  /** To be multiplied by the numerator of a draw for each allele that is no copy. */
  readonly weight: number;
  /** By founder allele: the site that it shares with its copies. */
  readonly siteOf: ReadonlyMap<Site, Site>;
};

/** The founder alleles of a pedigree whose alleles are not known. */
export type UnknownFounders = {
  readonly sites: readonly Site[];
  /** Pairs of places in `sites` that nothing tells apart: the two alleles of an untyped founder. */
  readonly alike: readonly (readonly [number, number])[];
  /** How many founder alleles are known, and so drawn before. */
  readonly drawnBefore: number;
};

/** More ways than these are not looked through: ten alleles have 115,975. */
const MOST_LOOKED_AT = 200_000;

/**
 * The draws of {@link founderLikelihood}, told the other way round: each founder allele is a copy
 * of an unknown one before, with θ / (1 + (n−1)·θ) for each of them, or else a draw of its own. So
 * the unknown alleles fall into blocks of copies. Ways that the domains rule out are left out, and
 * of ways that differ by alleles that are alike one stands for all.
 * @param most how many are worth having
 * @returns null where there are more
 */
export function shareFounders(
  { sites, alike, drawnBefore }: UnknownFounders,
  theta: number,
  most: number,
): FounderSharing[] | null {
  const found: FounderSharing[] = [];
  const blockOf: number[] = [];
  let looked = 0;
  const place = (blocks: readonly Block[], weight: number): boolean => {
    const n = blockOf.length;
    const site = sites[n];
    if (!site) {
      const copies = countAlike(blockOf, alike);
      if (copies > 0) found.push({ weight: weight * copies, siteOf: mapToBlocks(blocks) });
      return found.length <= most && ++looked <= MOST_LOOKED_AT;
    }
    const drawn = weight / (1 + (drawnBefore + n - 1) * theta);
    for (const [number, block] of [...blocks, EMPTY].entries()) {
      const larger = addTo(block, site);
      if (larger.domain.length === 0) continue;
      blockOf.push(number);
      const chance = block === EMPTY ? 1 : theta * block.members.length;
      const goesOn = place([...blocks.slice(0, number), larger, ...blocks.slice(number + 1)], drawn * chance); // prettier-ignore
      blockOf.pop();
      if (!goesOn) return false;
    }
    return true;
  };
  return place([], 1) ? found : null;
}

type Block = { readonly members: readonly Site[]; readonly domain: readonly number[] };

const EMPTY: Block = { members: [], domain: [] };

function addTo({ members, domain }: Block, site: Site): Block {
  const common =
    members.length === 0 || domain === site.domain
      ? site.domain
      : domain.filter((allele) => site.domain.includes(allele));
  return { members: [...members, site], domain: common };
}

/** Alleles without copies keep their site, so that it is seen to be shared with nobody. */
function mapToBlocks(blocks: readonly Block[]): Map<Site, Site> {
  return new Map(
    blocks.flatMap(({ members, domain }) => {
      const [first] = members;
      const shared = members.length === 1 ? first! : { variable: first!.variable, domain };
      return members.map((member): [Site, Site] => [member, shared]);
    }),
  );
}

/**
 * Into how many ways this one turns by exchanging alleles that are alike; 0 unless it is the first
 * of them in alphabetical order.
 */
function countAlike(
  blockOf: readonly number[],
  alike: readonly (readonly [number, number])[],
): number {
  let ways = [[...blockOf]];
  for (const [one, other] of alike) {
    ways = ways.flatMap((way) => {
      const turned = [...way];
      [turned[one], turned[other]] = [way[other]!, way[one]!];
      return [way, turned];
    });
  }
  const names = new Set(ways.map(nameOf));
  const own = nameOf(blockOf);
  return [...names].every((name) => own <= name) ? names.size : 0;
}

/** The same name for the same blocks, whatever their numbers. */
function nameOf(blockOf: readonly number[]): string {
  const numbers = new Map<number, number>();
  return blockOf
    .map((block) => {
      if (!numbers.has(block)) numbers.set(block, numbers.size);
      return String.fromCharCode(97 + numbers.get(block)!);
    })
    .join('');
}
