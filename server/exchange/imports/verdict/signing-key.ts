import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { Queryable } from '../../../platform/db/database.ts';

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
  const publicDer = createPublicKey(key.public_pem).export({ type: 'spki', format: 'der' });
  return {
    signature: sign(null, bytes, createPrivateKey(key.private_pem)).toString('base64'),
    publicKeyPem: key.public_pem,
    fingerprint: createHash('sha256').update(publicDer).digest('hex').slice(0, 32),
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
