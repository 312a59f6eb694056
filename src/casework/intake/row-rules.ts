import type { PersonRow } from '../../formats/row.ts';
import { countUsableLoci, type Profile } from '../../kinship/index.ts';
import type { RowReport } from './batch.schema.ts';

/** What a row must bring before its person is compared with anybody. */
export type RowRules = {
  /** Typed loci that a likelihood can use (two alleles at most, all on the ladder), at least. */
  readonly minimumLoci: number;
};

type Fault = RowReport['faults'][number];

/** What speaks against taking a new person in. Of those who are there only {@link checkSex} is asked again. */
export function checkRow(person: PersonRow, { minimumLoci }: RowRules): Fault[] {
  return [...checkLoci(person.profile, minimumLoci), ...checkSex(person)];
}

function checkLoci(profile: Profile, minimumLoci: number): Fault[] {
  const count = countUsableLoci(profile);
  if (count >= minimumLoci) return [];
  const message =
    `${count} loci can be compared, and ${minimumLoci} are asked for: with fewer, chance would put this ` +
    'person beside many families; type more loci and send the row again';
  return [{ field: null, code: 'TOO_FEW_LOCI', message }];
}

/** How a sex shows, and who shows otherwise by nature, so that the rule can be met on purpose. */
const SHOWN = {
  male: {
    text: 'X and Y (male)',
    exception: 'Where a woman is known to have a Y chromosome',
  },
  female: {
    text: 'X alone (female)',
    exception: 'A man whose AMEL-Y is deleted shows X alone: where another Y marker says so',
  },
} as const;

/** A tube of somebody else shows by its amelogenin also where no locus was typed before. */
export function checkSex({ sex, amelogenin }: PersonRow): Fault[] {
  if (!amelogenin || sex === 'unknown' || amelogenin.shows === sex) return [];
  const { text, exception } = SHOWN[amelogenin.shows];
  const message =
    `amelogenin shows ${text}, and the person is stated ${sex}, by sex or relation; check whose sample the ` +
    `tube holds, and correct what is wrong. ${exception}, send the row without amelogenin`;
  return [{ field: amelogenin.field, code: 'SEX_CONTRADICTED', message }];
}
