import { migrations } from '../migrations/index.ts';
import { createContainer, openFoundations, type Container } from './container.ts';
import type { Config } from './platform/config.ts';
import { migrate } from './platform/db/migrate.ts';
import { createLog } from './platform/log.ts';

/** Database open and migrated, queues made, the administrator there if a password was set. */
export async function prepare(
  config: Config,
  say: (text: string) => void,
  onLost: (error: Error) => void,
): Promise<Container> {
  const onProgress = (text: string): void => say(`  ${text} …`);
  const foundations = await openFoundations(config, createLog(config.logLevel), { onProgress, onLost });
  const openedAtMs = Date.now();
  try {
    const container = createContainer(foundations);
    await migrate(container.database, migrations, onProgress);
    await container.jobs.prepare();
    await clearUnfinished(container, openedAtMs);
    await container.imagery.catchUp();
    if (config.adminPassword !== undefined)
      await container.accounts.ensureAccount({
        username: 'admin',
        password: config.adminPassword,
        role: 'admin',
        organisationId: null,
      });
    return container;
  } catch (error) {
    await foundations.jobs.stop(0);
    await foundations.database.close();
    throw error;
  }
}

/** Longer than any upload and what is made of it last: other processes may be at theirs. */
const UNFINISHED_LASTS_MS = 24 * 60 * 60 * 1000;

/** Removes the files that killed processes left behind. Beside the embedded database no other is at work: whatever is older than this one is theirs. */
async function clearUnfinished(container: Container, openedAtMs: number): Promise<void> {
  const { config, database, storage, imports, exports, imagery } = container;
  const isAlone = database.kind === 'embedded' && config.storageUrl === undefined;
  const beforeMs = isAlone ? openedAtMs : openedAtMs - UNFINISHED_LASTS_MS;
  await storage.removeDrafts(beforeMs);
  for (const room of [imports, exports, imagery]) await room.clearUnfinished(beforeMs);
}

/** Loads the samples and demo accounts where they are missing. They are read only then: most starts need none of them. */
export async function seed(container: Container, say: (text: string) => void): Promise<void> {
  const { seedSamples } = await import('./seed.ts');
  await seedSamples(container, text => say(`  ${text} …`));
}
