import { writeCodisXml } from '../../formats/codis-xml-writer.ts';
import { writeGeneMapper } from '../../formats/genemapper-writer.ts';
import { writeProfileCsv } from '../../formats/profile-csv-writer.ts';
import type { PersonRow } from '../../formats/row.ts';
import { type AlleleLabel, type Locus, makeGenotype } from '../../kinship/index.ts';
import type { Side, TemplateFormat } from './batch.schema.ts';

/** A file to fill in: its text, what it is called and its media type. */
export type Template = { readonly text: string; readonly name: string; readonly type: string };

/** Two people of nobody's, typed at as many loci as intake asks for where nobody says otherwise. */
const RELATIVES = [
  makeUp('EXAMPLE-FATHER', { sex: 'male', family: 'EXAMPLE', relation: 'father' }, [
    ['D3S1358', '15', '16'],
    ['D8S1179', '13', '14'],
    ['D18S51', '14', '16'],
    ['D21S11', '29', '30.2'],
    ['FGA', '22', '24'],
    ['TH01', '6', '9.3'],
    ['vWA', '14', '17'],
    ['Penta D', '9', '9'],
  ]),
  makeUp('EXAMPLE-MOTHER', { sex: 'female', family: 'EXAMPLE', relation: 'mother' }, [
    ['D3S1358', '14', '17'],
    ['D8S1179', '10', '15'],
    ['D18S51', '13', '13'],
    ['D21S11', '30', '32.2'],
    ['FGA', '21', '23'],
    ['TH01', '7', '9'],
    ['vWA', '16', '18'],
    ['Penta D', '10', '12'],
  ]),
];
const UNKNOWNS = RELATIVES.map((person, place): PersonRow => ({
  ...person,
  sampleId: `EXAMPLE-${place + 1}`,
  sex: 'unknown',
  family: null,
  relation: null,
}));

/** Who would have sent the template. */
const ENVELOPE = {
  sourceLab: 'EXAMPLE',
  destinationOri: 'EXAMPLE',
  userId: 'example',
  at: new Date(0),
};

/** A file of a format with two made-up people, as intake takes it. */
export function makeTemplate(format: TemplateFormat, side: Side): Template {
  const people = side === 'relatives' ? RELATIVES : UNKNOWNS;
  const name = `homeward-${side}`;
  switch (format) {
    case 'csv':
      return { text: writeProfileCsv(people, 'one'), name: `${name}.csv`, type: 'text/csv' };
    case 'csv-two-columns':
      return { text: writeProfileCsv(people, 'several'), name: `${name}.csv`, type: 'text/csv' };
    case 'genemapper':
      return {
        text: writeGeneMapper(people),
        name: `${name}.txt`,
        type: 'text/tab-separated-values',
      };
    case 'codis-xml':
      return {
        text: writeCodisXml(people, ENVELOPE),
        name: `${name}.xml`,
        type: 'application/xml',
      };
    case 'json':
      return { text: writeJson(people), name: `${name}.json`, type: 'application/json' };
  }
}

function writeJson(people: readonly PersonRow[]): string {
  const rows = people.map(({ sampleId, sex, family, relation, profile }) => ({
    sampleId,
    sex,
    family: family ?? '',
    relation: relation ?? '',
    genotypes: Object.fromEntries(profile),
  }));
  return JSON.stringify({ rows }, null, 2);
}

function makeUp(
  sampleId: string,
  rest: Pick<PersonRow, 'sex' | 'family' | 'relation'>,
  genotypes: readonly (readonly [locus: string, ...alleles: string[]])[],
): PersonRow {
  const profile = new Map(
    genotypes.map(([locus, ...alleles]) => [
      locus as Locus,
      makeGenotype(alleles as AlleleLabel[]),
    ]),
  );
  return { sampleId, ...rest, profile, amelogenin: null, notes: [] };
}
