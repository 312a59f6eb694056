import type { Identity, Step } from '../offline/entry.ts';
import { type Draft, readAlleles } from './draft.ts';

/**
 * What a form comes to, in the order in which the service can take it: no profile without a consent, no identity without
 * a profile; the draw comes last, as what was refused before it has it put right.
 * @param batchKey names the profile's batch, so that it is taken once
 */
export function stepsOf(draft: Draft, batchKey: string): Step[] {
  if (draft.replaces !== '') return [drawStep(draft)];
  if (!draft.isTyped) return [consentStep(draft), drawStep(draft)];
  const { sampleId, name } = draft;
  const named: Step[] = name === '' ? [] : [{ kind: 'identity', sampleId, identity: identityOf(draft) }]; // prettier-ignore
  return [consentStep(draft), profileStep(draft, batchKey), ...named, drawStep(draft)];
}

/** What is left empty is not known. */
export function identityOf({
  name,
  nationalId,
  phone,
  address,
}: Pick<Draft, 'name' | 'nationalId' | 'phone' | 'address'>): Identity {
  return {
    name,
    nationalId: nationalId || null,
    phone: phone || null,
    address: address || null,
    photo: null,
  };
}

function consentStep({ sampleId, version, signer, signedOn, ageYears, isDeceased }: Draft): Step {
  const signed = { version, purpose: 'family-search', signer, signedOn };
  return {
    kind: 'consent',
    consent: { sampleId, ...signed, ageYears: Number(ageYears), deceased: isDeceased },
  };
}

function profileStep(draft: Draft, batchKey: string): Step {
  const { sampleId, side, sex, family, relation } = draft;
  const typed = Object.entries(draft.genotypes).map(([locus, text]) => [locus, readAlleles(text)] as const); // prettier-ignore
  const row = {
    ...{ sampleId, sex, kind: side === 'relatives' ? 'relative' : 'unknown' },
    ...(side === 'relatives' && { family, relation }),
    genotypes: Object.fromEntries(typed.filter(([, alleles]) => alleles.length > 0)),
  };
  return { kind: 'profile', side, batchKey, row };
}

function drawStep({ barcode, drawnAt, scanner, sampleId, replaces }: Draft): Step {
  const drawn = { barcode, event: 'drawn', at: drawnAt, scanner, sampleId };
  return { kind: 'scans', scans: [replaces === '' ? drawn : { ...drawn, replaces }] };
}
