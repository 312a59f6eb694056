import { openBytes, sealBytes, type SealedPlace } from '../../platform/crypto/sealed-bytes.ts';

/** Who gave a sample. */
export type Identity = {
  readonly name: string;
  readonly nationalId: string | null;
  readonly phone: string | null;
  readonly address: string | null;
};

/** As it stands in the vault: nobody reads it without its key. */
export type SealedIdentity = {
  readonly [Field in keyof Identity]: Identity[Field] extends string
    ? Uint8Array
    : Uint8Array | null;
};

export function sealIdentity(
  key: Uint8Array,
  sampleId: string,
  identity: Identity,
): SealedIdentity {
  const seal = (column: string, value: string): Uint8Array =>
    sealBytes(key, Buffer.from(value), placeOf(column, sampleId));
  const sealAny = (column: string, value: string | null): Uint8Array | null =>
    value === null ? null : seal(column, value);
  return {
    name: seal('name', identity.name),
    nationalId: sealAny('national_id', identity.nationalId),
    phone: sealAny('phone', identity.phone),
    address: sealAny('address', identity.address),
  };
}

/** @throws SealBroken */
export function openIdentity(key: Uint8Array, sampleId: string, sealed: SealedIdentity): Identity {
  const open = (column: string, value: Uint8Array): string =>
    Buffer.from(openBytes(key, value, placeOf(column, sampleId))).toString();
  const openAny = (column: string, value: Uint8Array | null): string | null =>
    value === null ? null : open(column, value);
  return {
    name: open('name', sealed.name),
    nationalId: openAny('national_id', sealed.nationalId),
    phone: openAny('phone', sealed.phone),
    address: openAny('address', sealed.address),
  };
}

/** @throws SealBroken */
export function openNationalId(key: Uint8Array, sampleId: string, sealed: Uint8Array): string {
  return Buffer.from(openBytes(key, sealed, placeOf('national_id', sampleId))).toString();
}

export function sealPhoto(key: Uint8Array, sampleId: string, photo: Uint8Array): Uint8Array {
  return sealBytes(key, photo, placeOf('photo', sampleId));
}

/** @throws SealBroken */
export function openPhoto(key: Uint8Array, sampleId: string, sealed: Uint8Array): Uint8Array {
  return openBytes(key, sealed, placeOf('photo', sampleId));
}

function placeOf(column: string, rowId: string): SealedPlace {
  return { column: `identities.${column}`, rowId };
}
