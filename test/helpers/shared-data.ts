import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), '..', 'shared', 'data');

/**
 * Path of a real data set that lies beside the project, or undefined (said once on stderr) where there is none. On CI a missing
 * one is a failure, so that a green run means that the real data was read.
 */
export function findSharedData(path: string): string | undefined {
  const full = join(root, path);
  if (existsSync(full)) return full;
  if (process.env['CI'] === 'true') throw new Error(`real data is missing on CI: shared data ${path}`);
  process.stderr.write(`skipped: the shared data ${path} is not here\n`);
  return undefined;
}
