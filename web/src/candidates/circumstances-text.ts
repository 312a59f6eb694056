import { nameProvince } from '../common/provinces.ts';
import type { CandidateSummary } from './candidate-view.ts';

export type ListedCircumstances = CandidateSummary['circumstances'];
type Side = ListedCircumstances['missing'];
type Years = Side['born'];

/** Stands where nobody has said anything. */
export const UNSAID = '—';

/** `1998`, or `1998–2001` where it may have been any of them. */
export function showYears(years: Years): string {
  if (!years) return UNSAID;
  const { earliest, latest } = years;
  return earliest === latest ? String(earliest) : `${earliest}–${latest}`;
}

/** Where and when a child went missing, or a person was found, as far as it is said. */
export function showHappened({ division, happened }: Side, language: string): string[] {
  const place = division === null ? [] : [nameProvince(division, language)];
  return happened ? [...place, showYears(happened)] : place;
}

/** The age that somebody reaches in a year: of the person as it is said of them, else of the missing child. */
export function showAge({ unknown, missing }: ListedCircumstances, year: number): string {
  const born = unknown.born ?? missing.born;
  return showYears(born && { earliest: year - born.latest, latest: year - born.earliest });
}
