import { isBarcode } from './barcode.ts';
import { type Draft, readAlleles } from './draft.ts';
import { isNationalId } from './national-id.ts';

/** What is wrong in a field; the keys of its texts. */
export type FaultText =
  | 'missing'
  | 'barcodeWrong'
  | 'codeWrong'
  | 'versionWrong'
  | 'ageWrong'
  | 'dayInFuture'
  | 'guardianSigns'
  | 'kinSigns'
  | 'nobodyDied'
  | 'noLocus'
  | 'nationalIdWrong'
  | 'phoneWrong';

export type DraftFaults = Readonly<Partial<Record<keyof Draft, FaultText>>>;

const CODE = /^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,63}$/u;
const VERSION = /^[A-Za-z0-9][\w.-]{0,39}$/;
const SCANNER = /^[A-Za-z0-9][\w.:-]{0,39}$/;
const PHONE = /^\+?\d[\d ()-]{3,24}$/;
const OLDEST_YEARS = 130;
/** Under this age a guardian signs (Personal Information Protection Law of China, article 31). */
const CHILD_BELOW_YEARS = 14;

/**
 * What the service would refuse, as far as it can be known without it: while the network is away nobody else says so.
 * @param today `2026-03-01`
 */
export function findFaults(draft: Draft, today: string): DraftFaults {
  const faults: Partial<Record<keyof Draft, FaultText | null>> = {
    ...tubeFaults(draft),
    ...(draft.replaces === '' && consentFaults(draft, today)),
    ...(draft.replaces === '' &&
      draft.isTyped && { ...profileFaults(draft), ...identityFaults(draft) }),
  };
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== null));
}

type Faults = Partial<Record<keyof Draft, FaultText | null>>;

function form(text: string, pattern: RegExp, fault: FaultText): FaultText | null {
  if (text === '') return 'missing';
  return pattern.test(text) ? null : fault;
}

function tubeFaults({ barcode, scanner, sampleId }: Draft): Faults {
  return {
    barcode: barcode === '' ? 'missing' : isBarcode(barcode) ? null : 'barcodeWrong',
    scanner: form(scanner, SCANNER, 'versionWrong'),
    sampleId: form(sampleId, CODE, 'codeWrong'),
  };
}

function consentFaults(
  { version, signer, signedOn, ageYears, isDeceased }: Draft,
  today: string,
): Faults {
  const age = /^\d{1,3}$/.test(ageYears) ? Number(ageYears) : null;
  return {
    version: form(version, VERSION, 'versionWrong'),
    signedOn: signedOn === '' ? 'missing' : signedOn > today ? 'dayInFuture' : null,
    ageYears: ageYears === '' ? 'missing' : age === null || age > OLDEST_YEARS ? 'ageWrong' : null,
    signer: signerFault(signer, age ?? CHILD_BELOW_YEARS, isDeceased),
  };
}

function signerFault(signer: Draft['signer'], age: number, isDeceased: boolean): FaultText | null {
  if (isDeceased) return signer === 'next-of-kin' ? null : 'kinSigns';
  if (signer === 'next-of-kin') return 'nobodyDied';
  return age < CHILD_BELOW_YEARS && signer !== 'guardian' ? 'guardianSigns' : null;
}

function profileFaults({ side, family, relation, genotypes }: Draft): Faults {
  const isTyped = Object.values(genotypes).some((typed) => readAlleles(typed).length > 0);
  return {
    ...(side === 'relatives' && {
      family: form(family, CODE, 'codeWrong'),
      relation: relation === '' ? 'missing' : null,
    }),
    genotypes: isTyped ? null : 'noLocus',
  };
}

/** Nobody need be named; who is, is named whole. */
export function identityFaults(
  draft: Pick<Draft, 'name' | 'nationalId' | 'phone' | 'address'>,
): Faults {
  const { name, nationalId, phone, address } = draft;
  const isNamed = name !== '' || nationalId !== '' || phone !== '' || address !== '';
  return {
    name: isNamed && name === '' ? 'missing' : null,
    nationalId: nationalId === '' || isNationalId(nationalId) ? null : 'nationalIdWrong',
    phone: phone === '' || PHONE.test(phone) ? null : 'phoneWrong',
  };
}
