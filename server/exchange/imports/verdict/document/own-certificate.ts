import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { der } from './der.ts';

const SHA256_WITH_RSA = der.sequence(der.oid('1.2.840.113549.1.1.11'), der.null());
/** As no end is known (RFC 5280, 4.1.2.5). */
const NO_END = new Date('9999-12-31T23:59:59Z');
const SERIAL_BYTES = 16;

/** A certificate (X.509 version 3) in which the key certifies itself, as DER: who trusts it compares its fingerprint. */
export function ownCertificate(privatePem: string, name: string, from: Date): Buffer {
  const privateKey = createPrivateKey(privatePem);
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const serial = createHash('sha256').update(publicKey).digest().subarray(0, SERIAL_BYTES);
  // The first bit of a serial number is its sign, the first byte must not be zero.
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0);
  const commonName = der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.text(name))));
  const content = der.sequence(
    der.tagged(0, der.integer(2)),
    der.integer(serial),
    SHA256_WITH_RSA,
    commonName,
    der.sequence(der.time(from), der.time(NO_END)),
    commonName,
    publicKey,
    der.tagged(3, der.sequence(notForOthers(), forSignatures())),
  );
  return der.sequence(content, SHA256_WITH_RSA, der.bits(signed(content, privateKey)));
}

const signed = (content: Uint8Array, key: KeyObject): Buffer => sign('sha256', content, key);

/** Basic constraints: it certifies nobody else. */
const notForOthers = (): Buffer => der.sequence(der.oid('2.5.29.19'), der.true(), der.octets(der.sequence()));

/** Key usage: signatures, and that they cannot be denied. */
const forSignatures = (): Buffer =>
  der.sequence(der.oid('2.5.29.15'), der.true(), der.octets(Buffer.of(0x03, 0x02, 0x06, 0xc0)));
