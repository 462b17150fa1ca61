import { createHash, randomBytes } from 'node:crypto';
import { hash, verify, type Algorithm } from '@node-rs/argon2';

// The library's enum exists for the type checker only; 2 is its Argon2id.
const ARGON2ID_ALGORITHM = 2 as Algorithm.Argon2id;

// OWASP's minimum for argon2id: 19 MiB, two passes. At most two hashes run at once, so that a burst of sign-ins cannot
// take the machine's memory.
const ARGON2ID = { algorithm: ARGON2ID_ALGORITHM, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const MAX_AT_ONCE = 2;

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MAX_AT_ONCE) await new Promise<void>(resolve => waiting.push(resolve));
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}

/** argon2id in PHC string form. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, ARGON2ID));

// Checked when the account does not exist, so that the time of the answer does not tell who has an account.
let decoy: Promise<string> | undefined;

export async function passwordMatches(passwordHash: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'));
  const stored = passwordHash ?? (await decoy);
  const matches = await inTurn(() => verify(stored, password));
  return matches && passwordHash !== undefined;
}

/** 256 random bits; `prefix` says what it opens when it turns up in a log or a paste. */
export const newSecret = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`;

/** What is stored of a session or token: its SHA-256. The secret has 256 bits, so no salt is needed. */
export const secretHash = (secret: string): Buffer => createHash('sha256').update(secret).digest();
