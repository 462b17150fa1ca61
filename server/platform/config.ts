import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';

/** The settings of one process, read once at its start. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** undefined = the embedded database below `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  /** undefined = files below `dataDir`. */
  readonly storageUrl: string | undefined;
  readonly isDemo: boolean;
  readonly adminPassword: string | undefined;
  /** Raster threads in this process; 0 = it answers requests and runs no jobs. */
  readonly workers: number;
  readonly basemap: Basemap;
  readonly trustedProxies: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

export type Basemap =
  | { readonly kind: 'builtin' }
  | { readonly kind: 'style'; readonly url: string }
  | { readonly kind: 'xyz'; readonly url: string; readonly attribution: string };

/** Every fault of the environment at once, each naming its variable. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`Unusable settings:\n${faults.map(fault => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

const hasProtocol = (...protocols: string[]) =>
  z.string().refine(text => protocols.includes(protocolOf(text)), {
    error: `must be a URL that begins with ${protocols.map(name => `${name}//`).join(' or ')}`,
  });
const flag = z.enum(['0', '1'], { error: 'must be 0 or 1' }).transform(text => text === '1');
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, { error: `must be a whole number from ${least} to ${most}` })
    .transform(Number)
    .refine(value => value >= least && value <= most, { error: `must be a whole number from ${least} to ${most}` });

/** Of networks, as express knows them. */
const PROXY_NAMES = ['loopback', 'linklocal', 'uniquelocal'];
function isProxy(text: string): boolean {
  const [address = '', bits = '1', ...more] = text.split('/');
  const mostBits = { 4: 32, 6: 128 }[isIP(address)] ?? 0;
  const isNetwork = more.length === 0 && /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= mostBits;
  return isNetwork || PROXY_NAMES.includes(text);
}

const environment = z.object({
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, { error: 'must be an address or a host name' })
    .default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  DATABASE_URL: hasProtocol('postgres:', 'postgresql:').optional(),
  REGREEN_DATA_DIR: z.string().default('./data'),
  REGREEN_STORAGE: hasProtocol('file:', 's3:').optional(),
  REGREEN_DEMO: flag.optional(),
  REGREEN_ADMIN_PASSWORD: z.string().min(8, { error: 'must have at least 8 characters' }).optional(),
  REGREEN_WORKERS: wholeNumber(0, 256).optional(),
  REGREEN_BASEMAP: z
    .union([z.literal('builtin'), hasProtocol('http:', 'https:')], {
      error: 'must be "builtin", the URL of a MapLibre style, or an XYZ template with {z}, {x} and {y}',
    })
    .default('builtin'),
  REGREEN_BASEMAP_ATTRIBUTION: z.string().max(500).default(''),
  REGREEN_TRUST_PROXY: z
    .string()
    .refine(text => text.split(',').every(one => isProxy(one.trim())), {
      error: `must be addresses, networks such as 10.0.0.0/8, or ${PROXY_NAMES.join(', ')}, separated by commas`,
    })
    .default('loopback'),
  REGREEN_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** Reads and judges the environment; an empty value counts as absent. Throws ConfigError with every fault. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const known = new Set(Object.keys(environment.shape));
  const faults = Object.keys(given)
    .filter(name => name.startsWith('REGREEN_') && !known.has(name))
    .map(name => `${name}: no such setting${nearest(name, known)}`);
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    faults.push(...parsed.error.issues.map(issue => `${String(issue.path[0])}: ${issue.message}`));
    throw new ConfigError(faults);
  }
  const { data } = parsed;
  const isLocal = isLoopback(data.HOST);
  if (data.REGREEN_DEMO === true && !isLocal)
    faults.push(`REGREEN_DEMO: the demo accounts have a public password, so HOST must be loopback, not ${data.HOST}`);
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    host: data.HOST,
    port: data.PORT,
    databaseUrl: data.DATABASE_URL,
    dataDir: resolve(data.REGREEN_DATA_DIR),
    storageUrl: data.REGREEN_STORAGE,
    isDemo: data.REGREEN_DEMO ?? (data.DATABASE_URL === undefined && isLocal),
    adminPassword: data.REGREEN_ADMIN_PASSWORD,
    workers: data.REGREEN_WORKERS ?? availableParallelism(),
    basemap: toBasemap(data.REGREEN_BASEMAP, data.REGREEN_BASEMAP_ATTRIBUTION),
    trustedProxies: data.REGREEN_TRUST_PROXY,
    logLevel: data.REGREEN_LOG,
  };
}

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);

function toBasemap(setting: string, attribution: string): Basemap {
  if (setting === 'builtin') return { kind: 'builtin' };
  return setting.includes('{z}') ? { kind: 'xyz', url: setting, attribution } : { kind: 'style', url: setting };
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}

/** A known name that differs by little, for who mistyped one. */
function nearest(name: string, known: ReadonlySet<string>): string {
  const hit = [...known].find(other => other.startsWith('REGREEN_') && editDistance(name, other) <= 3);
  return hit === undefined ? '' : `; did you mean ${hit}?`;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_unused, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
