import { createHash, sign } from 'node:crypto';
import { der, elementsOf } from './der.ts';

/** With what documents are signed. */
export interface DocumentKey {
  readonly privatePem: string;
  /** DER. */
  readonly certificate: Uint8Array;
}

/** Room that a document leaves for its signature, bytes. */
export const SIGNATURE_ROOM = 4096;
/** Stands where the lengths come of what is signed: as wide as any of them. */
export const LENGTH_ROOM = 9_999_999_999;

const SHA256 = der.sequence(der.oid('2.16.840.1.101.3.4.2.1'), der.null());
const RSA = der.sequence(der.oid('1.2.840.113549.1.1.1'), der.null());
const DATA = der.oid('1.2.840.113549.1.7.1');
const SIGNED_DATA = der.oid('1.2.840.113549.1.7.2');
const CONTENT_TYPE = der.oid('1.2.840.113549.1.9.3');
const MESSAGE_DIGEST = der.oid('1.2.840.113549.1.9.4');

/**
 * Signs a PDF that has room for it (ISO 32000-1, 12.8.3.3, `adbe.pkcs7.detached`): every byte but the signature itself. The same document is
 * signed with the same bytes.
 */
export function signPdf(pdf: Uint8Array, key: DocumentKey): Buffer {
  const bytes = Buffer.from(pdf);
  const placeholder = `[0 ${LENGTH_ROOM} ${LENGTH_ROOM} ${LENGTH_ROOM}]`;
  const room = `<${'00'.repeat(SIGNATURE_ROOM)}>`;
  const rangeAt = bytes.indexOf(placeholder, 0, 'latin1');
  const from = bytes.indexOf(room, 0, 'latin1');
  if (rangeAt < 0 || from < 0) throw new Error('the document has no room for a signature');
  const to = from + room.length;
  const range = `[0 ${from} ${to} ${bytes.length - to}]`.padEnd(placeholder.length);
  bytes.write(range, rangeAt, 'latin1');
  const signature = detached(Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]), key).toString('hex');
  if (signature.length > 2 * SIGNATURE_ROOM) throw new Error('the signature is larger than its room');
  bytes.write(signature, from + 1, 'latin1');
  return bytes;
}

/** CMS (RFC 5652) with one signer and its certificate, the content left out. */
function detached(content: Uint8Array, { privatePem, certificate }: DocumentKey): Buffer {
  const [, serial = Buffer.of(), , issuer = Buffer.of()] = elementsOf(elementsOf(certificate)[0] ?? Buffer.of());
  const digest = createHash('sha256').update(content).digest();
  const attributes = [
    der.sequence(CONTENT_TYPE, der.set(DATA)),
    der.sequence(MESSAGE_DIGEST, der.set(der.octets(digest))),
  ];
  const signer = der.sequence(
    der.integer(1),
    der.sequence(issuer, serial),
    SHA256,
    der.tagged(0, ...elementsOf(der.set(...attributes))),
    RSA,
    der.octets(sign('sha256', der.set(...attributes), privatePem)),
  );
  const signedData = der.sequence(
    der.integer(1),
    der.set(SHA256),
    der.sequence(DATA),
    der.tagged(0, certificate),
    der.set(signer),
  );
  return der.sequence(SIGNED_DATA, der.tagged(0, signedData));
}
