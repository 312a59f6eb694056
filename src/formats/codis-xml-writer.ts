import { HomewardError } from '../platform/errors.ts';
import { codisCategoryOf } from './codis-category.ts';
import { CODIS_NAMESPACE, CODIS_ROOT } from './codis-xml.ts';
import { sexOf } from './relation.ts';
import type { PersonRow } from './row.ts';

/** Who sends a file, and when; each laboratory has its own names. */
export type CodisEnvelope = {
  readonly sourceLab: string;
  readonly destinationOri: string;
  readonly userId: string;
  /** Of the file and of every reading. */
  readonly at: Date;
};

/** By the schema of the import file. */
const LONGEST_ID = 24;
const LONGEST_CASE = 32;

/**
 * Writes people as a CODIS import file that {@link readCodisXml} reads. CODIS has no sex, and of relatives
 * it tells mother, father and sibling only.
 * @throws HomewardError FORMAT_UNFIT for whoever cannot be written without loss
 */
export function writeCodisXml(people: readonly PersonRow[], envelope: CodisEnvelope): string {
  const at = envelope.at.toISOString().slice(0, 19);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<${CODIS_ROOT} xmlns="${CODIS_NAMESPACE}">`,
    '  <HEADERVERSION>3.2</HEADERVERSION>',
    '  <MESSAGETYPE>Import</MESSAGETYPE>',
    `  <DESTINATIONORI>${escapeXml(envelope.destinationOri)}</DESTINATIONORI>`,
    `  <SOURCELAB>${escapeXml(envelope.sourceLab)}</SOURCELAB>`,
    `  <SUBMITBYUSERID>${escapeXml(envelope.userId)}</SUBMITBYUSERID>`,
    `  <SUBMITDATETIME>${at}</SUBMITDATETIME>`,
    ...people.flatMap((person) => writeSpecimen(person, escapeXml(envelope.userId), at)),
    `</${CODIS_ROOT}>`,
    '',
  ].join('\n');
}

function writeSpecimen(person: PersonRow, userId: string, at: string): string[] {
  const { sampleId, family, profile } = person;
  const category = fitCategory(person);
  const caseId = family === null ? '' : ` CASEID="${escapeXml(family)}"`;
  return [
    `  <SPECIMEN SOURCEID="Yes"${caseId}>`,
    `    <SPECIMENID>${escapeXml(sampleId)}</SPECIMENID>`,
    `    <SPECIMENCATEGORY>${category}</SPECIMENCATEGORY>`,
    ...[...profile].flatMap(([locus, genotype]) => [
      '    <LOCUS>',
      `      <LOCUSNAME>${escapeXml(locus)}</LOCUSNAME>`,
      `      <READINGBY>${userId}</READINGBY>`,
      `      <READINGDATETIME>${at}</READINGDATETIME>`,
      // A homozygote has one ALLELE.
      ...[...new Set(genotype)].map(
        (allele) => `      <ALLELE><ALLELEVALUE>${escapeXml(allele)}</ALLELEVALUE></ALLELE>`,
      ),
      '    </LOCUS>',
    ]),
    '  </SPECIMEN>',
  ];
}

function fitCategory({ sampleId, sex, family, relation }: PersonRow): string {
  const category = codisCategoryOf(relation);
  if (category === undefined) throw unfit(`has no category for a ${relation ?? 'person'}`);
  if (sex !== (relation === null ? 'unknown' : sexOf(relation))) throw unfit('has no sex');
  if ((family === null) !== (relation === null)) throw unfit('has families of relatives only');
  if (sampleId.length > LONGEST_ID || (family ?? '').length > LONGEST_CASE) {
    throw unfit(`takes ids of ${LONGEST_ID} and case ids of ${LONGEST_CASE} characters at most`);
  }
  return category;
}

function unfit(what: string): HomewardError {
  return new HomewardError('FORMAT_UNFIT', `A CODIS import file ${what}; write CSV.`);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}
