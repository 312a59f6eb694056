import { setImmediate } from 'node:timers/promises';
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { HomewardError } from '../platform/errors.ts';
import { readSpecimen, type Specimen } from './codis-specimen.ts';
import type { RowOutcome } from './row.ts';

export const CODIS_NAMESPACE = 'urn:CODISImportFile-schema';
export const CODIS_ROOT = 'CODISImportFile';

/** The deepest element of the schema, an allele's value, lies in level 5. */
const MOST_LEVELS = 12;
/** The longest text of the schema is a comment of 255 characters, which is not read. */
const MOST_CHARACTERS = 256;
/** Read in pieces, so that other requests get their turn in between. */
const PIECE = 1 << 16;

/**
 * Reads people from a CODIS import file (Common Message Format, `CODISImportFile`), one specimen a person:
 * CASEID is the family of relatives, SPECIMENCATEGORY says which. Document types and entities of the
 * sender's own are refused, so that nothing is expanded or fetched.
 * @param text of which `row` counts the specimens from 1
 * @throws HomewardError CODIS_INVALID with the line
 */
export async function* readCodisXml(text: string): AsyncGenerator<RowOutcome> {
  const reader = new CodisReader();
  for (let at = 0; at < text.length; at += PIECE) {
    reader.write(text.slice(at, at + PIECE));
    yield* reader.take();
    await setImmediate();
  }
  reader.close();
  yield* reader.take();
}

type Parser = SaxesParser<{ xmlns: true; position: true }>;

/** Elements whose text is read, by the path to them. */
const READ: ReadonlySet<string> = new Set([
  'SPECIMEN/SPECIMENID',
  'SPECIMEN/SPECIMENCATEGORY',
  'SPECIMEN/LOCUS/LOCUSNAME',
  'SPECIMEN/LOCUS/ALLELE/ALLELEVALUE',
]);

class CodisReader {
  readonly #parser: Parser = new SaxesParser({ xmlns: true, position: true });
  /** The elements that are open, below the root. */
  readonly #path: string[] = [];
  #isRoot = false;
  #specimen: Specimen | undefined;
  #text: string | undefined;
  #count = 0;
  #read: RowOutcome[] = [];

  constructor() {
    const parser = this.#parser;
    parser.on('error', () => this.#refuse('it is not well-formed XML'));
    parser.on('doctype', () =>
      this.#refuse('it has a document type, which is not taken; delete the line <!DOCTYPE …>'),
    );
    parser.on('opentag', (tag) => this.#open(tag));
    parser.on('text', (text) => this.#collect(text));
    parser.on('cdata', (text) => this.#collect(text));
    parser.on('closetag', () => this.#close());
  }

  write(text: string): void {
    this.#parser.write(text);
  }

  close(): void {
    this.#parser.close();
    if (!this.#isRoot) this.#refuse(`it has no ${CODIS_ROOT}`);
  }

  /** The specimens that were read since. */
  take(): RowOutcome[] {
    const taken = this.#read;
    this.#read = [];
    return taken;
  }

  #open({ local, uri, attributes }: SaxesTagNS): void {
    if (!this.#isRoot) {
      if (local !== CODIS_ROOT || uri !== CODIS_NAMESPACE) {
        this.#refuse(`its root is not ${CODIS_ROOT} of ${CODIS_NAMESPACE}`);
      }
      this.#isRoot = true;
      return;
    }
    this.#path.push(uri === CODIS_NAMESPACE ? local : '');
    if (this.#path.length >= MOST_LEVELS) this.#refuse('its elements are nested too deep');
    const path = this.#path.join('/');
    if (path === 'SPECIMEN') {
      this.#specimen = {
        row: ++this.#count,
        caseId: this.#bounded(attributes.CASEID?.value ?? ''),
        isPartial: /^(true|1)$/.test(attributes.PARTIAL?.value ?? ''),
        sampleId: '',
        category: '',
        loci: [],
      };
    } else if (path === 'SPECIMEN/LOCUS') {
      this.#specimen?.loci.push({ name: '', alleles: [] });
    }
    this.#text = READ.has(path) ? '' : undefined;
  }

  #collect(text: string): void {
    if (this.#text !== undefined) this.#text = this.#bounded(this.#text + text);
  }

  #bounded(text: string): string {
    if (text.length > MOST_CHARACTERS) {
      this.#refuse(`a text is longer than ${MOST_CHARACTERS} characters`);
    }
    return text;
  }

  #close(): void {
    const path = this.#path.join('/');
    const specimen = this.#specimen;
    this.#path.pop();
    if (!specimen) return;
    if (path === 'SPECIMEN') {
      this.#read.push(readSpecimen(specimen));
      this.#specimen = undefined;
    } else if (this.#text !== undefined && READ.has(path)) {
      this.#keep(specimen, path, this.#text.trim());
    }
    this.#text = undefined;
  }

  #keep(specimen: Specimen, path: string, text: string): void {
    const locus = specimen.loci.at(-1);
    switch (path) {
      case 'SPECIMEN/SPECIMENID':
        specimen.sampleId = this.#once('SPECIMENID', specimen.sampleId, text);
        break;
      case 'SPECIMEN/SPECIMENCATEGORY':
        specimen.category = this.#once('SPECIMENCATEGORY', specimen.category, text);
        break;
      case 'SPECIMEN/LOCUS/LOCUSNAME':
        if (locus) locus.name = this.#once('LOCUSNAME', locus.name, text);
        break;
      default:
        locus?.alleles.push(text);
    }
  }

  #once(element: string, before: string, text: string): string {
    if (before !== '') this.#refuse(`a second ${element} stands where one may`);
    return text;
  }

  #refuse(what: string): never {
    const { line } = this.#parser;
    const message = `Line ${line}: the file cannot be read as a CODIS import file, as ${what}.`;
    throw new HomewardError('CODIS_INVALID', message, [{ field: `line ${line}`, message: what }]);
  }
}
