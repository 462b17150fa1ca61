import { createHash, createPrivateKey, createPublicKey, generateKeyPair, generateKeyPairSync, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { Queryable } from '../../../platform/db/database.ts';
import { ownCertificate } from './document/own-certificate.ts';
import type { DocumentKey } from './document/sign-pdf.ts';

interface KeyRow {
  readonly public_pem: string;
  readonly private_pem: string;
}

export interface Signature {
  /** Base64 of the Ed25519 signature over the bytes. */
  readonly signature: string;
  readonly publicKeyPem: string;
  /** First half of the SHA-256 of the public key, hexadecimal: short enough to be compared by eye. */
  readonly fingerprint: string;
}

/** Signs with the key of this installation, which is made when it is first needed. */
export async function signWithOwnKey(db: Queryable, bytes: Uint8Array): Promise<Signature> {
  const key = await ownKey(db);
  return {
    signature: sign(null, bytes, createPrivateKey(key.private_pem)).toString('base64'),
    publicKeyPem: key.public_pem,
    fingerprint: fingerprintOf(key.public_pem),
  };
}

async function ownKey(db: Queryable): Promise<KeyRow> {
  const known = await db('signing_key').first<KeyRow | undefined>('public_pem', 'private_pem');
  if (known !== undefined) return known;
  const pair = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  // Two processes may make one at once: the first stays.
  await db('signing_key')
    .insert({ public_pem: pair.publicKey, private_pem: pair.privateKey })
    .onConflict('id')
    .ignore();
  return (await db('signing_key').first<KeyRow>('public_pem', 'private_pem')) as KeyRow;
}

interface DocumentKeyRow {
  readonly privatePem: string | null;
  readonly certificate: Uint8Array | null;
}
const RSA_BITS = 2048;

/** The key for documents, of RSA: readers of PDF know no Ed25519. Made when it is first needed. */
export async function documentKey(db: Queryable): Promise<DocumentKey> {
  const { public_pem: publicPem } = await ownKey(db);
  const find = async (): Promise<DocumentKey | undefined> => {
    const columns = { privatePem: 'document_private_pem', certificate: 'document_certificate' } as const;
    const { privatePem, certificate } = (await db('signing_key').first<DocumentKeyRow>(columns)) as DocumentKeyRow;
    return privatePem === null || certificate === null ? undefined : { privatePem, certificate };
  };
  const known = await find();
  if (known !== undefined) return known;
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: RSA_BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const certificate = ownCertificate(privateKey, `Regreen ${fingerprintOf(publicPem)}`, new Date());
  // Two processes may make one at once: the first stays.
  await db('signing_key')
    .whereNull('document_private_pem')
    .update({ document_private_pem: privateKey, document_certificate: certificate });
  return (await find()) as DocumentKey;
}

/** First half of the SHA-256 of a key or a certificate, hexadecimal. */
export const shortDigest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 32);

const fingerprintOf = (publicPem: string): string =>
  shortDigest(createPublicKey(publicPem).export({ type: 'spki', format: 'der' }));
